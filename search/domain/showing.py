"""Results as people read them: cards with a marked extract, the distance and why each is there."""

from __future__ import annotations

from collections.abc import Sequence

from search.domain.searching import Answer
from search.kinds import kind_of
from search.kinds.base import Shown

_IN_ONE_QUESTION = 1000


def show(answer: Answer) -> list[Shown]:
    """The page's results in their order; what is gone meanwhile is left out."""
    hits = answer.results.hits
    found = kind_of(answer.query.what).show(hits, answer.words.stems())
    return [found[hit.pk] for hit in hits if hit.pk in found]


def still_public(what: str, pks: Sequence[int]) -> set[int]:
    """Those of them that everyone may read at this moment, whatever an index still says."""
    rows = kind_of(what).public()
    steps = range(0, len(pks), _IN_ONE_QUESTION)
    return {
        pk for at in steps for pk in rows.filter(pk__in=pks[at : at + _IN_ONE_QUESTION]).values_list("pk", flat=True)
    }


def named(what: str, pks: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Title and address of those that everyone may read."""
    return kind_of(what).named(pks)
