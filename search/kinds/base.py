"""What every kind of thing that can be searched says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.domain.marking import Pieces
from search.models import SearchDocument
from search.results import Hit


@dataclass(frozen=True)
class Shown:
    """One result on a page."""

    hit: Hit
    title: Pieces
    extract: Pieces
    url: str
    byline: str
    byline_url: str
    place: str
    labels: tuple[str, ...]
    badges: tuple[str, ...]
    miles: str  # "1.3 miles away", "" where it is not known

    @property
    def plain_title(self) -> str:
        return "".join(text for text, _marked in self.title)


class Kind(Protocol):
    """A kind of thing. Nothing it gives is anything that not everyone may read."""

    def public(self) -> QuerySet[Any]:
        """The rows that everyone may read at this moment."""
        ...

    def listed(self) -> QuerySet[Any]:
        """Those of them that a search may find."""
        ...

    def describe(self, ids: Sequence[int]) -> list[SearchDocument]:
        """Documents of those among them that a search may find."""
        ...

    def texts(self, ids: Sequence[int]) -> Mapping[int, str]:
        """What is encoded of each: its own words, the most telling first. Few queries however many."""
        ...

    def show(self, hits: Sequence[Hit], stems: frozenset[str]) -> Mapping[int, Shown]:
        """Results as people read them, by id; what is gone meanwhile is left out. Few queries however many."""
        ...

    def named(self, pks: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Title and address of those that everyone may read."""
        ...

    def places(self, ids: Sequence[int]) -> set[str]:
        """The codes of the places where they are."""
        ...


def away(hit: Hit) -> str:
    """How far it is, in words."""
    if hit.miles is None:
        return ""
    if hit.miles < 0.95:
        return _("less than a mile away")
    return ngettext("%(miles)s mile away", "%(miles)s miles away", round(hit.miles)) % {"miles": round(hit.miles)}
