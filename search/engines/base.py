"""What every engine can do; nothing else of it is known outside this folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from search.query import PAGE_SIZE, SearchQuery
from search.results import SearchResults
from search.words import Words


class EngineFailed(Exception):
    """The engine did not answer, or not sensibly."""


class SearchEngine(Protocol):
    """One question in, one page of results out. What is not public is not in any index, so nothing can leak."""

    name: str

    def search(self, query: SearchQuery, words: Words, *, facets: bool = True, size: int = PAGE_SIZE) -> SearchResults:
        """Answer a question whose words are parsed, put right and widened: one page. Raises EngineFailed."""
        ...

    def more_like(self, text: str, *, what: str, besides: int, limit: int) -> Sequence[int]:
        """The ids of what reads most like a text, the likest first. Raises EngineFailed."""
        ...
