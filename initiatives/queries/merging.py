"""What the moderators' pages of merged initiatives show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from initiatives.domain.uniting import ALWAYS, CHOSEN
from initiatives.models import Initiative
from initiatives.queries.differing import Answer, answers_of


@dataclass(frozen=True)
class Choice:
    """One answer of both: whether it can be taken from the other, whether it is ticked, whether both are kept."""

    answer: Answer
    can_take: bool
    is_taken: bool
    keeps_both: bool


def choices(kept: Initiative, gone: Initiative, taken: Collection[str] | None = None) -> Sequence[Choice]:
    """Every answer side by side. Without `taken` those are ticked to which the kept one says nothing."""
    theirs = gone if gone.live else gone.get_latest_revision_as_object()

    def choice(answer: Answer) -> Choice:
        can_take = answer.differs and bool(answer.gone) and answer.name in CHOSEN
        ticked = not answer.kept if taken is None else answer.name in taken
        return Choice(answer, can_take, can_take and ticked, answer.name in ALWAYS and answer.differs)

    return [choice(answer) for answer in answers_of(kept, theirs)]


def merged_into(one: Initiative) -> Initiative | None:
    """The initiative that this one is now part of, at the end of the line; None for one that stands by itself."""
    found = None
    while (into := (found or one).merged_into) is not None:
        found = into
    return found
