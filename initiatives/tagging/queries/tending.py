"""The tags as moderators tend them: all of them, and what a change would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from taggit.models import Tag

from initiatives.models import Initiative, InitiativeTag
from initiatives.queries.cards import Card, cards
from initiatives.queries.listed import listed
from initiatives.tagging.affected import affected
from initiatives.tagging.models import Laid

SAMPLE = 5


@dataclass(frozen=True)
class Effect:
    """Whose tags change: all of them, those that lists show, those that carry the other tag already, and a few."""

    total: int
    listed: int
    both: int
    sample: Sequence[Card]
    besides: Sequence[str]


def carried_by(tag: Tag) -> tuple[int, int]:
    """How many initiatives carry a tag, and how many of them lists show. Two queries."""
    return InitiativeTag.objects.filter(tag=tag).count(), listed().filter(tagged_items__tag=tag).count()


def tended(text: str) -> QuerySet[Any]:
    """Tags that initiatives carry or carried, with `number` and since when one is `retired`; the most carried first."""
    rows: QuerySet[Any] = Tag.objects.annotate(
        number=Count("initiatives_initiativetag_items", distinct=True), retired=F("note__retired_at")
    )
    rows = rows.filter(Q(number__gt=0) | Q(note__isnull=False), merged_into=None)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(synonyms__word__icontains=text)).distinct()
    return rows.order_by("-number", "name")


def effect_of(tag: Tag, *, into: Tag | None = None) -> Effect:
    """What changes where a tag is merged, renamed or retired. Five queries and what other rooms ask."""
    carrying = InitiativeTag.objects.filter(tag=tag)
    both = carrying.filter(content_object__tagged_items__tag=into).count() if into else 0
    return _effect(tag, carrying.count(), both, listed().filter(tagged_items__tag=tag))


def effect_of_taking_up(tag: Tag) -> Effect:
    """Those that carried it when it was retired."""
    laid = Laid.objects.filter(tag=tag)
    return _effect(tag, laid.count(), 0, listed().filter(pk__in=laid.values("initiative_id")))


def _effect(tag: Tag, total: int, both: int, shown: QuerySet[Initiative]) -> Effect:
    ids = list(shown.order_by("-first_published_at", "-pk").values_list("pk", flat=True)[:SAMPLE])
    return Effect(total, shown.count(), both, cards(ids), affected(tag.name.lower()))
