"""Which entries read most like a text: said by a room above, for only search has every text in an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Nearest:
    """A text's stems, those of the initiatives nearest to it by id, and how telling each stem is (0 where unknown)."""

    asked: Sequence[str] = ()
    neighbours: Mapping[int, Sequence[str]] = field(default_factory=dict)
    rarity: Mapping[str, float] = field(default_factory=dict)


class Finder(Protocol):
    def __call__(self, text: str, *, besides: int, limit: int) -> Nearest: ...


_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """The last one registered is asked."""
    _finders[:] = [finder]


def nearest(text: str, *, besides: int = 0, limit: int) -> Nearest:
    """At most `limit` listed initiatives, without the one that is asked for; nothing where nobody registered."""
    return _finders[0](text, besides=besides, limit=limit) if _finders else Nearest()
