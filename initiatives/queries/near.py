"""Initiatives whose titles look close to a draft's and that share a place with it: shown before submitting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from initiatives.domain.listing import declared_places
from initiatives.models import Initiative, ReachedPlace
from initiatives.queries.cards import Card, cards
from places.queries import UK_CODE, gazetteer
from texts.cleaning import fold

SHOWN = 3
CANDIDATES = 400
LIKELY = 0.3
# Words that half the registry carries say nothing about two titles.
_COMMON = {"the", "and", "for", "of", "a", "in", "to", "with", "project", "programme", "scheme", "club", "grant", "at"}


@dataclass(frozen=True)
class Close:
    """A neighbour and how much of the two titles is shared, 0 to 1."""

    pk: int
    card: Card
    likeness: float
    same_organisation: bool


def title_likeness(one: str, other: str) -> float:
    """Dice's coefficient of the titles' letter triples, common words left out: 1 the same, 0 nothing shared."""
    first, second = _triples(one), _triples(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _triples(title: str) -> set[str]:
    words = [word for word in fold(title).split() if word not in _COMMON]
    return {f" {word} "[i : i + 3] for word in words for i in range(len(word))}


def close_to(draft: Initiative) -> list[Close]:
    """At most three listed initiatives near by with close titles, the closest first."""
    words = sorted({word for word in fold(draft.title).split() if word not in _COMMON and len(word) > 2}, key=len)
    if not words:
        return []
    stems = Q()
    for word in words[-6:]:
        stems |= Q(title_key__contains=word[:5])
    found = Initiative.objects.filter(stems, live=True).exclude(pk=draft.pk)
    if codes := _near(draft):
        reached = ReachedPlace.objects.filter(place_id__in=codes).values("initiative_id")
        found = found.filter(Q(pk__in=reached) | Q(lead_organisation=draft.lead_organisation_id))
    rows = found.order_by("-first_published_at").values_list("pk", "title", "lead_organisation_id")[:CANDIDATES]
    ranked = sorted(((title_likeness(draft.title, title), pk, lead) for pk, title, lead in rows), reverse=True)
    likely = [row for row in ranked if row[0] >= LIKELY][:SHOWN]
    shown = cards([pk for _likeness, pk, _lead in likely])
    return [
        Close(pk, card, round(likeness, 2), lead == draft.lead_organisation_id)
        for card, (likeness, pk, lead) in zip(shown, likely, strict=True)
    ]


def _near(draft: Initiative) -> set[str]:
    """The draft's places and what lies around them short of the nation; empty (everywhere) where it has none."""
    gaz = gazetteer()
    declared = declared_places(draft.reach, [place.code for place in draft.places.all()], gaz)
    return {around for code in declared for around in gaz.closure_up(code)[:2]} - {UK_CODE}
