"""What every engine can do; nothing else of it is known outside this folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from search.meaning.encoder import Vector
from search.query import PAGE_SIZE, SearchQuery
from search.results import SearchResults
from search.words import Words


class EngineFailed(Exception):
    """The engine did not answer, or not sensibly."""


class SearchEngine(Protocol):
    """One question in, one page of results out. What is not public is not in any index, so nothing can leak."""

    name: str

    def search(
        self,
        query: SearchQuery,
        words: Words,
        *,
        meaning: Vector | None = None,
        facets: bool = True,
        size: int = PAGE_SIZE,
    ) -> SearchResults:
        """Answer a question whose words are parsed, put right and widened: one page. Raises EngineFailed.

        What the question means orders the best matches anew, by half; where any of the words will do, what is near in
        meaning is found too.
        """
        ...

    def more_like(
        self, text: str, *, what: str, besides: int, limit: int, meaning: Vector | None = None
    ) -> Sequence[int]:
        """The ids of what reads most like a text, or means the like, the likest first. Raises EngineFailed."""
        ...
