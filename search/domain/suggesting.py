"""What somebody is perhaps typing: places, organisations, tags and initiatives, only what everyone may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.queries.counting import tags_beginning
from organisations.models import Organisation
from search.domain.besides import address_of, spots_named
from search.models import SearchDocument
from search.query import What
from search.words import stem, tokens

MOST = 8
_LONGEST = 100
_FEWEST = 2  # letters
_LOOKED_AT = 500  # titles with such a word inside them; beginnings are found whatever their number


@dataclass(frozen=True)
class Suggestion:
    """One of them: the heading it stands under, its name, and its page."""

    group: str
    name: str
    url: str


def suggest(text: str) -> list[Suggestion]:
    """At most eight, grouped; each group that has any is there. The last word typed may be unfinished."""
    words = tokens(text[:_LONGEST])
    if not words or sum(map(len, words)) < _FEWEST:
        return []
    typed = " ".join(words)
    return _shared_out(
        [
            _places(words),
            _organisations(_titled(What.ORGANISATIONS, words)),
            [Suggestion(_("Tags"), tag, f"{reverse('search')}?{urlencode({'tag': tag})}") for tag in _tags(typed)],
            _initiatives(_titled(What.INITIATIVES, words)),
        ]
    )


def _shared_out(groups: Sequence[list[Suggestion]]) -> list[Suggestion]:
    """A place for each group in turn until eight are taken."""
    taken = [0] * len(groups)
    left = MOST
    while left and any(taken[at] < len(group) for at, group in enumerate(groups)):
        for at, group in enumerate(groups):
            if left and taken[at] < len(group):
                taken[at] += 1
                left -= 1
    return [one for at, group in enumerate(groups) for one in group[: taken[at]]]


def _places(words: Sequence[str]) -> list[Suggestion]:
    spots = spots_named(words, most=MOST, unfinished=True)
    return [Suggestion(_("Places"), spot.label, address_of(spot)) for spot in spots]


def _tags(typed: str) -> list[str]:
    return tags_beginning(typed, most=MOST)


def _organisations(ids: Sequence[int]) -> list[Suggestion]:
    rows = Organisation.objects.filter(is_public=True).in_bulk(ids)
    return [Suggestion(_("Organisations"), rows[pk].name, rows[pk].get_absolute_url()) for pk in ids if pk in rows]


def _initiatives(ids: Sequence[int]) -> list[Suggestion]:
    rows = Initiative.objects.filter(live=True).only("title", "slug").in_bulk(ids)
    return [Suggestion(_("Initiatives"), rows[pk].title, rows[pk].get_absolute_url()) for pk in ids if pk in rows]


def _titled(what: What, words: Sequence[str]) -> list[int]:
    """Titles that begin with what is typed, then those that have its words anywhere."""
    typed = " ".join(words)
    documents = SearchDocument.objects.filter(kind=what)
    if connection.vendor == "sqlite":
        # GLOB takes the index, as LIKE does not; folded words hold no signs of its own.
        begins = documents.extra(where=["title_words GLOB %s"], params=[f"{typed}*"])
    else:
        begins = documents.filter(title_words__startswith=typed)
    found = list(begins.order_by("title_words").values_list("object_id", flat=True)[:MOST])
    if len(found) < MOST:
        found += [pk for pk in _having(what, words) if pk not in found]
    return found[:MOST]


def _having(what: What, words: Sequence[str]) -> list[int]:
    """Titles that have every word; the last one, or its stem, may be a beginning."""
    last = sorted({words[-1], stem(words[-1])})
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            unfinished = " OR ".join(f'"{word}"*' for word in last)
            wanted = " AND ".join([*(f'"{word}"' for word in words[:-1]), f"({unfinished})"])
            cursor.execute(
                "SELECT d.object_id FROM (SELECT rowid FROM search_words WHERE search_words MATCH %s LIMIT %s) w "
                "CROSS JOIN search_searchdocument d ON d.id = w.rowid WHERE d.kind = %s LIMIT %s",
                [f"title_words : ({wanted})", _LOOKED_AT, what.value, MOST],
            )
        else:
            unfinished = " | ".join(f"'{word}':*A" for word in last)
            wanted = " & ".join([*(f"'{stem(word)}':A" for word in words[:-1]), f"({unfinished})"])
            cursor.execute(
                "SELECT d.object_id FROM search_searchdocument d "
                "WHERE d.vector @@ %s::tsquery AND d.kind = %s LIMIT %s",
                [wanted, what.value, MOST],
            )
        return [pk for (pk,) in cursor.fetchall()]
