"""Initiatives as lists show them: two queries however many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.models import Initiative, Status
from places.queries import gazetteer
from texts.vocabulary import Reach, Stage, label_of


@dataclass(frozen=True)
class Card:
    """One initiative in a list."""

    title: str
    url: str
    summary: str
    lead_name: str
    lead_url: str
    place_label: str
    stage_labels: tuple[str, ...]
    badges: tuple[str, ...]


# The columns that a card is made of.
SHOWN = (
    *("title", "slug", "summary", "reach", "stages", "status", "source", "claimed_at"),
    *("lead_organisation__name", "lead_organisation__slug"),
)


def cards(ids: Sequence[int]) -> list[Card]:
    """Cards in the order of the ids; ids that are gone are left out."""
    rows = Initiative.objects.select_related("lead_organisation").only(*SHOWN)
    found = rows.in_bulk(list(ids))
    places: dict[int, list[str]] = {}
    through = Initiative.places.through.objects.filter(initiative_id__in=found)
    for pk, code in through.order_by("place_id").values_list("initiative_id", "place_id"):
        places.setdefault(pk, []).append(code)
    return [card(found[pk], places.get(pk, ())) for pk in ids if pk in found]


def card(initiative: Initiative, codes: Sequence[str]) -> Card:
    lead = initiative.lead_organisation
    badges = []
    if initiative.status != Status.RUNNING:
        badges.append(label_of(Status, initiative.status))
    if initiative.is_imported:
        badges.append(_("Imported"))
    return Card(
        title=initiative.title,
        url=initiative.get_absolute_url(),
        summary=initiative.summary,
        lead_name=lead.name,
        lead_url=lead.get_absolute_url(),
        place_label=place_label(initiative.reach, codes),
        stage_labels=tuple(label_of(Stage, value) for value in initiative.stages),
        badges=tuple(badges),
    )


def place_label(reach: str, codes: Sequence[str]) -> str:
    """Where it reaches, in a few words: at most three names and how many more."""
    if reach in (Reach.UK, Reach.ONLINE):
        return label_of(Reach, reach)
    gaz = gazetteer()
    names = [gaz[code].name for code in codes if code in gaz]
    if not names:
        return _("Place not known")
    if len(names) <= 3:
        return ", ".join(names)
    return _("%(names)s and %(more)d more") % {"names": ", ".join(names[:3]), "more": len(names) - 3}
