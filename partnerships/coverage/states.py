"""What is known of a cell, and the rule of it."""

from __future__ import annotations

from enum import StrEnum

ENOUGH = 2  # initiatives, one of which is near: it names the place, a part of it or its region


class State(StrEnum):
    """What is known of a cell."""

    COVERED = "covered"
    THIN = "thin"
    NONE = "none"
    UNKNOWN = "unknown"


def state_of(count: int, near: int, *, is_confirmed: bool) -> State:
    """The rule that the page says: enough, and not all from afar, is covered; anything else that reaches it is thin."""
    if count >= ENOUGH and near:
        return State.COVERED
    if count:
        return State.THIN
    return State.NONE if is_confirmed else State.UNKNOWN
