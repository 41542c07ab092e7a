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
from places.domain.finding import find_places
from places.queries import PlaceFacts
from search.domain.showing import Pieces, extract, marked
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
    places = places_named(asked, most=MOST)
    totals = totals_of_places(place.code for place in places) if places else {}
    return Besides(
        [
            Also(marked(place.label, stems), reverse("place", args=[place.slug]), number=totals[place.code])
            for place in places
        ],
        [
            Also(marked(tag, stems), f"{reverse('search')}?{urlencode({'tag': tag})}")
            for tag in tags_beginning(" ".join(asked), most=MOST)
        ],
        [_page(page, stems) for page in _pages(asked)],
    )


def places_named(words: Sequence[str], *, most: int, unfinished: bool = False) -> list[PlaceFacts]:
    """Places whose name, in any of its languages, has every word; or a word that begins so, where one is typed yet."""
    found = []
    for place in find_places(" ".join(words), limit=most):
        names = tokens(" ".join((place.name, place.name_cy, *place.other_names)))
        if all(word in names or (unfinished and any(name.startswith(word) for name in names)) for word in words):
            found.append(place)
    return found


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
