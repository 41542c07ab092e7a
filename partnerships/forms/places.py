"""A box for places, as people type them: towns, council areas, regions, with commas between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from partnerships.domain.terms import MOST_PLACES
from places.domain.locating import county_areas
from places.forms import read_where, which_of_them
from places.queries import gazetteer
from texts.fields import LineField

_COMMA = re.compile(r",(?![^(]*\))")  # but not within brackets: "Newry (Newry, Mourne and Down)"


class PlacesField(LineField):
    """Gives the codes of the places that were typed; each name that is none is said."""

    widget = forms.TextInput(attrs={"data-suggest": "places", "data-many": True, "autocomplete": "off"})

    def clean(self, value: Any) -> tuple[str, ...]:
        typed = super().clean(value)
        codes: list[str] = []
        wrong: list[str] = []
        for name in filter(None, (part.strip() for part in _COMMA.split(typed))):
            found, fault = _read(name)
            codes += found
            if fault:
                wrong.append(fault)
        if wrong:
            raise forms.ValidationError(wrong)
        return tuple(dict.fromkeys(codes))[:MOST_PLACES]


def _read(name: str) -> tuple[tuple[str, ...], str]:
    """The codes, or what is wrong with it."""
    if county := county_areas(name):
        return tuple(area.code for area in county), ""
    where = read_where(name)
    if question := which_of_them(where):
        return (), question
    if where.faults:
        return (), where.faults[0]
    if where.notes or not where.typed:
        return (), _("We know no place called “%(name)s”. Check it, or type a postcode.") % {"name": name}
    return (where.code,), ""


def as_typed(codes: Iterable[str]) -> str:
    """What the box holds for these places."""
    return ", ".join(gazetteer()[code].label for code in codes if code in gazetteer())
