"""Everything a search finds, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.domain.searching import search
from search.domain.showing import show
from search.query import DEEPEST_PAGE, SearchQuery

COLUMNS = ("title", "by", "place", "stages", "extract", "miles", "url")
_STEP = 500
MOST = DEEPEST_PAGE * 20  # ten thousand rows: as deep as the pages go


def exported_rows(query: SearchQuery, site: str) -> Iterator[dict[str, object]]:
    """The rows of an export; `site` is the address before every path. At most ten thousand."""
    answer = search(replace(query, page=1), facets=False, size=_STEP)
    page = 1
    while True:
        for one in show(answer):
            yield {
                "title": one.plain_title,
                "by": one.byline,
                "place": one.place,
                "stages": ", ".join(one.labels),
                "extract": "".join(text for text, _marked in one.extract),
                "miles": None if one.hit.miles is None else round(one.hit.miles, 1),
                "url": site.rstrip("/") + one.url,
            }
        page += 1
        if page > answer.results.pages or (page - 1) * _STEP >= MOST:
            return
        answer = search(replace(answer.query, page=page), facets=False, size=_STEP)
