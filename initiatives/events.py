"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InitiativesChanged:
    """What everyone may read of these initiatives changed, or they are no longer public. Told within the change."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class InitiativesMerged:
    """`gone_id` goes into `kept_id`. Told within the change, before anything moves: rooms move what names it
    (`organisations.domain.carrying.carry`, with the `InitiativeMerge`), or raise an InitiativeError to refuse."""

    kept_id: int
    gone_id: int
    merge_id: int


@dataclass(frozen=True)
class InitiativesParted:
    """A merge was undone, and every traced row is back. Told within the change."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True)
class NothingFound:
    """Somebody looked for initiatives and there were none. `place` is "" for the whole UK; nothing tells who asked, or
    with which words. `steps`: stages and transitions."""

    place: str
    steps: tuple[str, ...]
    support: tuple[str, ...]
