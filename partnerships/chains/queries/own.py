"""What is missing before and after one initiative, in the places it is for: for its own page."""

from __future__ import annotations

from dataclasses import dataclass

from initiatives.models import Initiative, ReachedPlace
from partnerships.chains.asking import ENDS, ENDS_IN_PART, STARTS, STARTS_IN_PART, ChainsQuery
from partnerships.chains.queries.broken import break_of
from partnerships.chains.queries.showing import sentence
from partnerships.chains.rule import Found
from places.queries import gazetteer

PLACES = 3  # the first by name


@dataclass(frozen=True)
class Missing:
    """`url`: the list with who could."""

    sentence: str
    url: str


def missing_of(initiative: Initiative) -> list[Missing]:
    """Four queries for each of its first places, and one."""
    gaz = gazetteer()
    codes = ReachedPlace.objects.filter(initiative=initiative, declared=True).values_list("place_id", flat=True)
    places = sorted((gaz[code] for code in codes if code in gaz), key=lambda place: place.name)[:PLACES]
    found = []
    for place in places:
        for none, in_part in ((ENDS, ENDS_IN_PART), (STARTS, STARTS_IN_PART)):
            query = ChainsQuery(place, show=none)
            lives, row = break_of(query, initiative.pk)
            if row is None or row.found >= Found.FULLY:
                continue
            shown = query.but(show=in_part if row.found else none, at=row.transition)
            found.append(Missing(sentence(query, lives, row, initiative.title), shown.url))
    return found
