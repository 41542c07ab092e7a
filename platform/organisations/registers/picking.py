"""From what somebody types to an entry, and from an entry to a filled form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from organisations.models import Organisation, RegisterEntry
from organisations.registers.queries import FoundEntry, find_entries, organisations_of, where_of
from organisations.registers.readers import REGISTERS
from organisations.registers.spelling import mixed_case
from places.queries import gazetteer


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry that may be meant: its name, what tells it apart from its namesakes, and where picking it leads."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Picked:
    """An entry that was picked: what it fills in, and the organisation that carries its number here already."""

    entry: RegisterEntry
    where: str
    organisation: Organisation | None
    initial: dict[str, Any]
    identifiers: list[dict[str, str]]

    def for_one(self, organisation: Organisation) -> Picked:
        """The same for an organisation that is here: without a number that another one carries."""
        is_taken = self.organisation is not None and self.organisation != organisation
        return replace(self, identifiers=[]) if is_taken else self


def offers(typed: str, following: str = "", *, editing: Organisation | None = None) -> list[Offer]:
    """What the registers have for a name or number, at most eight; one that is here leads to asking to join it.

    For one whose details are being changed (`editing`), what it carries itself leads to its own form.
    """
    return [_offer(found, following, editing) for found in find_entries(typed)]


def _offer(found: FoundEntry, following: str, editing: Organisation | None) -> Offer:
    entry = found.entry
    parts = [found.where, f"{entry.get_register_display()} {entry.number}"]
    if editing is not None:
        if found.organisation is not None and found.organisation != editing:
            parts.append(_("is here as “%(name)s”") % {"name": found.organisation.name})
        elif found.organisation is not None:
            parts.append(_("carries this number already"))
        url = f"{reverse('organisation-edit', args=[editing.slug])}?{urlencode({'entry': entry.pk})}"
    elif found.organisation is not None:
        parts.append(_("is here already: ask to join"))
        url = reverse("organisation-join", args=[found.organisation.slug])
    else:
        asked = {"entry": str(entry.pk), **({"next": following} if following else {})}
        url = f"{reverse('organisation-new')}?{urlencode(asked)}"
    if entry.closed_on:
        parts.append(_("closed on %(day)s") % {"day": date_format(entry.closed_on)})
    return Offer(mixed_case(entry.name), " · ".join(part for part in parts if part), url)


def picked_entry(text: str) -> Picked | None:
    """The entry of an address or a form and what it fills in; None for none and for what names no entry."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    entry = RegisterEntry.objects.select_related("load").filter(pk=int(text)).first()
    if entry is None:
        return None
    place = gazetteer().get(entry.place_id) if entry.place_id else None
    initial = {
        "name": mixed_case(entry.name),
        "kind": REGISTERS[entry.register].organisation_kind,
        "postcode": entry.postcode if place else "",  # one that is in use no longer would be refused
        "website": entry.website,
    }
    here = organisations_of([entry]).get((entry.scheme, entry.number))
    return Picked(entry, where_of(entry), here, initial, [{"scheme": entry.scheme, "value": entry.number}])
