"""The database as an engine: SQL gives the matches of words and place, arrays do the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from places.queries import UK_CODE, gazetteer
from search.engines import feedback
from search.engines.counting import Found, columns_for, count_all, narrow, page_of_hits, rows_from
from search.models import SearchDocument
from search.query import PAGE_SIZE, Facet, Match, SearchQuery, Sort, What
from search.results import SearchResults
from search.words import Words, stem, tokens

TAGS_SHOWN = 15
_WORD_COLUMNS = ("title_words", "summary_words", "name_words", "body_words")
_MILES_A_DEGREE = 69.0
_LIKE_WORDS = 12
Part = tuple[str, list[Any]]  # SQL and its parameters


class DatabaseEngine:
    """What both databases share. A subclass says how words match and how they score."""

    name = "database"
    scores_well = True  # by itself, as BM25 does
    depth = feedback.DEPTH  # of a long question's second order
    weights = (4.0, 2.0, 1.5, 1.0)  # of title, summary, names and body

    def search(self, query: SearchQuery, words: Words, *, facets: bool = True, size: int = PAGE_SIZE) -> SearchResults:
        names = columns_for(query, words)
        found = Found.from_rows(self._matches(query, words, names), query)
        is_long = len(words.groups) >= feedback.LONG
        # The second order counts single words: a phrase it would take apart.
        of_words = all(len(term) == 1 for group in words.groups for term in group)
        if words.groups and query.order == Sort.RELEVANCE and (is_long or (of_words and not self.scores_well)):
            self._order_anew(found, query.what, words, self.depth if is_long else feedback.DEPTH)
        tagged = self._tagged(found, query.values(Facet.TAG))
        every, others = narrow(found, query)
        results = page_of_hits(found, query, every & tagged, size)
        results = replace(results, engine=self.name)
        if not facets:
            return results
        counts = count_all(found, query, every & tagged, {facet: flags & tagged for facet, flags in others.items()})
        return replace(results, facets={**counts, Facet.TAG: self._tags(found, query, every)})

    def more_like(self, text: str, *, what: str, besides: int, limit: int) -> Sequence[int]:
        """The twelve most telling words decide; the engine's own score orders."""
        counted = Counter(tokens(text))
        stems = {word: stem(word) for word in counted}
        idf = self.rarity(set(stems.values()))
        telling = sorted(counted, key=lambda word: (-counted[word] * idf.get(stems[word], 0.0), word))[:_LIKE_WORDS]
        if not telling:
            return []
        words = Words(tuple(((word,),) for word in telling))
        asked = SearchQuery(what=What(what), words=text, match=Match.ANY)
        rows = self._matches(asked, words, ("text", "object_id"))
        best = np.lexsort((-rows["object_id"], -rows["text"]))[: limit + 1]
        return [pk for pk in rows["object_id"][best].tolist() if pk != besides][:limit]

    def _order_anew(self, found: Found, what: What, words: Words, depth: int) -> None:
        """Give the best matches their second scores, all above those of the rest."""
        best = np.lexsort((-found.ids, -found.text))[:depth]
        rows = SearchDocument.objects.filter(kind=what, object_id__in=found.ids[best].tolist())
        texts = {
            pk: feedback.frequencies(columns, self.weights)
            for pk, *columns in rows.values_list("object_id", *_WORD_COLUMNS)
        }
        kept = [at for at in best if int(found.ids[at]) in texts]
        scores = feedback.order_anew(words, [texts[int(found.ids[at])] for at in kept], self.rarity)
        floor = float(found.text.max(initial=0.0))
        for at, score in zip(kept, scores, strict=True):
            found.text[at] = floor * (1 + score)

    # What a database says in its own way.

    def _words(self, words: Words, match: Match) -> tuple[Part, Part]:
        """The text's score and the condition that the words match; the condition may be "" for none."""
        raise NotImplementedError

    def rarity(self, stems: set[str]) -> Mapping[str, float]:
        """How telling each stem is (inverse document frequency); unknown ones are left out."""
        raise NotImplementedError

    def _source(self, words: Words) -> str:
        return "search_searchdocument d"

    def _one_of(self, column: str, values: Sequence[Any]) -> Part:
        """A condition that holds for any number of values."""
        raise NotImplementedError

    # What is the same for both.

    def _matches(self, query: SearchQuery, words: Words, names: Sequence[str]) -> NDArray[np.void]:
        """The named columns of every document that has the words and reaches the place."""
        (score, score_values), (condition, condition_values) = self._words(words, query.match)
        scope, join, where = self._place(query)
        computed = {"text": (score, score_values), "scope": scope}
        columns = [computed.get(name, (f"d.{name}", [])) for name in names]
        conditions = [part for part in ("d.kind = %s", where[0], condition) if part]
        values = [value for _sql, values in columns for value in values]
        values += [*join[1], query.what.value, *where[1], *condition_values]
        statement = (
            f"SELECT {', '.join(sql for sql, _values in columns)} FROM {self._source(words)} {join[0]} "  # noqa: S608  our own pieces; what people typed is in the parameters
            f"WHERE {' AND '.join(conditions)}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return rows_from(cursor, names)

    def _place(self, query: SearchQuery) -> tuple[Part, Part, Part]:
        """How a match belongs to the place (1 in it, 2 reaching it, 0 not), the join for it, and the condition."""
        near: str = ""
        box: list[Any] = []
        if query.miles and query.point:
            near, box = self._box(query.point, query.miles)
        if query.place == UK_CODE and not near:
            return ("1", []), ("", []), ("", [])
        if query.what == What.ORGANISATIONS:
            inside, codes = self._one_of("d.place_id", gazetteer().authorities_in(query.place))
            if near:
                return ("0", []), ("", []), (near, box)
            return ("1", []), ("", []), (inside, codes)
        around = gazetteer().ancestors(query.place)
        declared, codes = self._one_of("r.place_id", around)
        join = (
            f"{'LEFT ' if near else ''}JOIN initiatives_reachedplace r ON r.initiative_id = d.object_id "
            f"AND (r.place_id = %s OR (r.declared AND {declared}))"
        )
        scope = "CASE WHEN r.place_id IS NULL THEN 0 WHEN r.place_id = %s THEN 1 ELSE 2 END"
        condition = (f"(r.place_id IS NOT NULL OR {near})", box) if near else ("", [])
        return (scope, [query.place]), (join, [query.place, *codes]), condition

    def _box(self, point: tuple[float, float], miles: int) -> Part:
        """A box of degrees around a circle; the circle itself is measured afterwards."""
        north = miles / _MILES_A_DEGREE
        east = north / 0.48  # the cosine of 61 degrees north: no place of the country is nearer the pole
        latitude, longitude = point
        edges = [latitude - north, latitude + north, longitude - east, longitude + east]
        return "(d.latitude BETWEEN %s AND %s AND d.longitude BETWEEN %s AND %s)", edges

    def _tagged(self, found: Found, tags: Sequence[str]) -> Any:
        """Which matches carry one of the chosen tags; all where none is chosen."""
        if not tags:
            return np.ones(len(found.ids), dtype=bool)
        condition, values = self._one_of("t.name", list(tags))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT i.content_object_id FROM initiatives_initiativetag i JOIN taggit_tag t ON t.id = i.tag_id "  # noqa: S608  likewise
                f"WHERE {condition}",
                values,
            )
            return np.isin(found.ids, [pk for (pk,) in cursor.fetchall()])

    def _tags(self, found: Found, query: SearchQuery, every: Any) -> dict[str, int]:
        """The tags most carried by what passes every other choice."""
        if query.what != What.INITIATIVES or not every.any():
            return {}
        return self._most_carried(found.ids[every].tolist())

    def _most_carried(self, ids: Sequence[int]) -> dict[str, int]:
        """The tags that most of these initiatives carry, and how many do."""
        condition, values = self._one_of("i.content_object_id", ids)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t.name, n.number FROM (SELECT i.tag_id, count(*) AS number FROM initiatives_initiativetag i "  # noqa: S608  likewise
                f"WHERE {condition} GROUP BY i.tag_id) n JOIN taggit_tag t ON t.id = n.tag_id "
                "ORDER BY n.number DESC, t.name LIMIT %s",
                [*values, TAGS_SHOWN],
            )
            return dict(cursor.fetchall())
