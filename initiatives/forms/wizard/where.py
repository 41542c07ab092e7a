"""Page three: where, by names of places as people type them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.forms.wizard.base import StepForm
from initiatives.models import Initiative
from places.domain.locating import county_areas, locate
from places.forms import read_where, which_of_them
from places.models import Place, PlaceKind
from places.postcodes import PostcodeError, looks_like_postcode, parse_postcode
from places.queries import PlaceFacts, gazetteer
from texts.fields import LineField
from texts.vocabulary import Reach

MOST_PLACES = 400
_ADDED = (PlaceKind.AUTHORITY, PlaceKind.COMBINED_AUTHORITY, PlaceKind.PRIORITY_AREA)
_COMMA = re.compile(r",(?![^(]*\))")  # but not within brackets: "Newry (Newry, Mourne and Down)"


def _choices(kind: PlaceKind) -> list[tuple[str, str]]:
    return [(place.code, place.name) for place in gazetteer().of_kind(kind)]


class WhereForm(StepForm):
    columns = ("reach", "venue_name")

    reach = forms.ChoiceField(
        label=gettext_lazy("How far does it reach?"),
        choices=Reach.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    authorities = forms.MultipleChoiceField(
        label=gettext_lazy("Council areas chosen so far"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Untick one to take it away."),
    )
    more = LineField(
        label=gettext_lazy("Add council areas"),
        max_length=1_000,
        required=False,
        help_text=gettext_lazy(
            "Type towns, council areas or postcodes with commas between them. "
            "A county or a combined authority adds all its councils."
        ),
        widget=forms.TextInput(attrs={"list": "authority-names", "data-suggest": "places", "autocomplete": "off"}),
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Regions of England"), required=False, widget=forms.CheckboxSelectMultiple
    )
    nations = forms.MultipleChoiceField(
        label=gettext_lazy("Nations"), required=False, widget=forms.CheckboxSelectMultiple
    )
    venue_name = LineField(
        label=gettext_lazy("Where do people meet?"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("A building or a street, if there is one place."),
    )
    venue_postcode = LineField(
        label=gettext_lazy("Its postcode"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--short", "autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = self.data.getlist("authorities") if isinstance(self.data, QueryDict) else []
        kept = posted if self.is_bound else self.initial.get("authorities", [])
        gaz = gazetteer()
        known = [gaz[code] for code in dict.fromkeys(kept) if code in gaz]
        authorities = sorted((place for place in known if place.is_authority), key=lambda place: place.name)
        self._field("authorities").choices = [(place.code, place.name) for place in authorities]
        self._field("regions").choices = _choices(PlaceKind.REGION)
        self._field("nations").choices = _choices(PlaceKind.NATION)

    def _field(self, name: str) -> forms.MultipleChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  for the type checker
        return field

    @property
    def names(self) -> tuple[PlaceFacts, ...]:
        """What the box suggests: every council area and combined authority."""
        return (*gazetteer().of_kind(PlaceKind.AUTHORITY), *gazetteer().of_kind(PlaceKind.COMBINED_AUTHORITY))

    @classmethod
    def initial_from(cls, draft: Initiative) -> dict[str, Any]:
        by_kind: dict[str, list[str]] = {}
        for place in draft.places.all():
            by_kind.setdefault(place.kind, []).append(place.code)
        return {
            **super().initial_from(draft),
            "venue_postcode": draft.venue_postcode,
            "authorities": by_kind.get(PlaceKind.AUTHORITY, []),
            "regions": by_kind.get(PlaceKind.REGION, []),
            "nations": by_kind.get(PlaceKind.NATION, []),
        }

    def clean_more(self) -> list[str]:
        """Codes of the council areas that were typed; each name that is none is said."""
        codes: list[str] = []
        for typed in filter(None, (part.strip() for part in _COMMA.split(self.cleaned_data["more"]))):
            codes += self._authorities_named(typed)
        return codes

    def _authorities_named(self, typed: str) -> tuple[str, ...]:
        """Those of a postcode, a town, a council area, or an area of several; what is none is said."""
        where = read_where(typed)
        if county := county_areas(typed):
            return tuple(area.code for area in county)
        if question := which_of_them(where):
            self.add_error(None, question)
        elif where.faults and looks_like_postcode(typed):
            self.add_error(None, where.faults[0])
        else:
            same = [where.place, *locate(typed).sure]  # the North East is a region, and a combined authority
            found = next((place for place in same if isinstance(place, PlaceFacts) and place.kind in _ADDED), None)
            if found and not where.faults and not where.notes:
                return gazetteer().authorities_in(found.code)
            unknown = _("We know no council area called “%(name)s”. Check it, or type a postcode.")
            self.add_error(None, unknown % {"name": typed})
        return ()

    def clean_venue_postcode(self) -> str:
        typed: str = self.cleaned_data["venue_postcode"]
        self.position: tuple[float | None, float | None] = (None, None)
        if not typed:
            return ""
        try:
            facts = parse_postcode(typed)
        except PostcodeError as error:
            raise forms.ValidationError(str(error)) from None
        self.position = (facts.latitude, facts.longitude)
        return facts.postcode

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        reach = answers.get("reach", "")
        if answers.get("more") and not reach:
            answers["reach"] = reach = Reach.AUTHORITIES.value
        chosen = {
            Reach.AUTHORITIES.value: [*answers.get("authorities", ()), *answers.get("more", ())],
            Reach.REGION.value: answers.get("regions", []),
            Reach.NATION.value: answers.get("nations", []),
        }.get(reach, [])
        answers["places"] = list(dict.fromkeys(chosen))[:MOST_PLACES]
        return answers

    def apply(self, draft: Initiative) -> None:
        super().apply(draft)
        draft.venue_postcode = self.cleaned_data["venue_postcode"]
        draft.latitude, draft.longitude = self.position
        draft.places.set(Place.objects.filter(code__in=self.cleaned_data["places"]))
