"""The kinds of thing that can be searched, each with a module that says what it is to a search."""

from __future__ import annotations

from search.kinds import discussions, initiatives, organisations
from search.kinds.base import Kind
from search.query import What

_KINDS: dict[str, Kind] = {
    What.INITIATIVES.value: initiatives,
    What.ORGANISATIONS.value: organisations,
    What.DISCUSSIONS.value: discussions,
}


def kind_of(what: str) -> Kind:
    """Raises KeyError for what is none."""
    return _KINDS[str(what)]
