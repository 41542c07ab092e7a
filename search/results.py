"""What answers a search; no engine's own type among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.query import Facet


@dataclass(frozen=True)
class Hit:
    """One thing found: the id of an initiative or organisation, and why it stands where it stands."""

    pk: int
    score: float
    text: float = 0.0  # the words' part of the score
    miles: float | None = None
    published: int = 0  # seconds since 1970
    is_local: bool = True  # in the place asked for, or within its radius; else it reaches it from outside
    likeness: float | None = None  # in meaning, from -1 to 1; none where meaning was not asked or is not known
    by_meaning: bool = False  # found by that alone: it has none of the words


@dataclass(frozen=True)
class SearchResults:
    """One page of hits, the total, and every facet's counts: of what else is chosen, without its own choice."""

    hits: Sequence[Hit]
    total: int
    page: int
    pages: int
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    engine: str = ""
    fallback: bool = False
