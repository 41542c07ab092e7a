"""What else has the words: places, tags and pages. They are few, so no engine keeps them: memory, the registry's kept
counts and the CMS's own search answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from wagtail.models import Page
from wagtail.search.index import SearchField
from wagtail.search.query import PlainText

from initiatives.queries.counting import tags_beginning, totals_of_places
from places.domain.locating import Spot, locate
from places.towns import Town
from search.domain.marking import Pieces, extract, marked
from search.words import Words, stem, tokens

MOST = 8  # of each


@dataclass(frozen=True)
class Also:
    """One of them: its title and a stretch of its text with the words marked, and its address."""

    title: Pieces
    url: str
    extract: Pieces = ()
    number: int | None = None  # of initiatives, where that is known


@dataclass(frozen=True)
class Besides:
    places: Sequence[Also] = ()
    tags: Sequence[Also] = ()
    pages: Sequence[Also] = ()

    @property
    def total(self) -> int:
        return len(self.places) + len(self.tags) + len(self.pages)


def besides(words: Words) -> Besides:
    """At most `MOST` of each, for words as they were put right; nothing for no words."""
    asked = [word for group in words.groups for word in group[0]]
    if not asked:
        return Besides()
    stems = words.stems()
    spots = spots_named(asked, most=MOST)
    codes = [spot.code for spot in spots if not isinstance(spot, Town)]
    totals = totals_of_places(codes) if codes else {}
    return Besides(
        [
            Also(
                marked(spot.label, stems),
                address_of(spot),
                number=None if isinstance(spot, Town) else totals[spot.code],
            )
            for spot in spots
        ],
        [
            Also(marked(tag, stems), f"{reverse('search')}?{urlencode({'tag': tag})}")
            for tag in tags_beginning(" ".join(asked), most=MOST)
        ],
        [_page(page, stems) for page in _pages(asked)],
    )


def spots_named(words: Sequence[str], *, most: int, unfinished: bool = False) -> list[Spot]:
    """Places and towns whose name, in any of its languages, has every word; the last may be unfinished."""
    return [spot for spot in locate(" ".join(words)).all if _is_named(spot, words, unfinished=unfinished)][:most]


def _is_named(spot: Spot, words: Sequence[str], *, unfinished: bool) -> bool:
    others = () if isinstance(spot, Town) else spot.other_names
    names = tokens(" ".join((spot.name, spot.name_cy, *others)))
    begun = unfinished and any(name.startswith(words[-1]) for name in names)
    return all(word in names for word in words[:-1]) and (words[-1] in names or begun)


def address_of(spot: Spot) -> str:
    """A place's page; of a town, which has none, the search near it."""
    if isinstance(spot, Town):
        return f"{reverse('search')}?{urlencode({'where': spot.where})}"
    return reverse("place", args=[spot.slug])


def _pages(words: Sequence[str]) -> Sequence[Page]:
    """Pages of the CMS that have all the words, as typed or their stems, and that everyone may read."""
    everyone: Any = Page.objects.live().public().filter(depth__gt=2)
    wanted = reduce(and_, (PlainText(word) | PlainText(stem(word)) for word in words))
    found: list[Page] = list(everyone.search(wanted)[:MOST])
    return list(Page.objects.filter(pk__in=[page.pk for page in found]).specific()) if found else []


def _page(page: Page, stems: frozenset[str]) -> Also:
    return Also(marked(page.title, stems), page.url or "", extract(getattr(page, "summary", ""), _text(page), stems))


def _text(page: Page) -> str:
    """What the CMS searches in a page, beside its title."""
    parts = []
    for one in page.get_search_fields():
        if isinstance(one, SearchField) and one.field_name not in ("title", "summary"):
            value = one.get_value(page)
            parts += [str(part) for part in value] if isinstance(value, list) else [str(value or "")]
    return " ".join(strip_tags(" ".join(parts)).split())
