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
from search.engines.meaning import labelled, order_by_meaning, with_meaning
from search.meaning.blending import CANDIDATES, LEAST
from search.meaning.encoder import Vector
from search.meaning.shelf import current_shelf
from search.models import SearchDocument
from search.query import PAGE_SIZE, Facet, Match, SearchQuery, Sort, What
from search.results import SearchResults
from search.words import Words, stem, tokens

TAGS_SHOWN = 15
_WORD_COLUMNS = ("title_words", "summary_words", "name_words", "body_words")
_MILES_A_DEGREE = 69.0
_LONGEST_WORD = 60  # letters of what may be a word; PostgreSQL refuses to look for one of two thousand
_LIKE_WORDS = 12
Part = tuple[str, list[Any]]  # SQL and its parameters


class DatabaseEngine:
    """What both databases share. A subclass says how words match and how they score."""

    name = "database"
    scores_well = True  # by itself, as BM25 does
    depth = feedback.DEPTH  # of a long question's second order
    weights = (4.0, 2.0, 1.5, 1.0)  # of title, summary, names and body

    def search(
        self,
        query: SearchQuery,
        words: Words,
        *,
        meaning: Vector | None = None,
        facets: bool = True,
        size: int = PAGE_SIZE,
    ) -> SearchResults:
        names = columns_for(query, words)
        rows = self._matches(query, words, names)
        near: set[int] = set()
        if meaning is not None and query.match == Match.ANY:
            means = self._means_the_like(query, meaning, names, set(rows["object_id"].tolist()))
            near = set(means["object_id"].tolist())
            rows = np.concatenate([rows, means])
        found = Found.from_rows(rows, query)
        is_long = len(words.groups) >= feedback.LONG
        # The second order counts single words: a phrase it would take apart.
        of_words = all(len(term) == 1 for group in words.groups for term in group)
        if words.groups and query.order == Sort.RELEVANCE and (is_long or (of_words and not self.scores_well)):
            self._order_anew(found, query.what, words, self.depth if is_long else feedback.DEPTH)
        likeness: Mapping[int, float] = {}
        if meaning is not None and query.order == Sort.RELEVANCE:
            likeness = order_by_meaning(found, query.what, meaning, near)
        tagged = self._tagged(found, query.values(Facet.TAG))
        every, others = narrow(found, query)
        results = page_of_hits(found, query, every & tagged, size)
        results = replace(results, hits=labelled(results.hits, likeness, near), engine=self.name)
        if not facets:
            return results
        counts = count_all(found, query, every & tagged, {facet: flags & tagged for facet, flags in others.items()})
        return replace(results, facets={**counts, Facet.TAG: self._tags(found, query, every)})

    def more_like(
        self, text: str, *, what: str, besides: int, limit: int, meaning: Vector | None = None
    ) -> Sequence[int]:
        """The twelve most telling words decide and, by half, the meaning."""
        counted = Counter(word for word in tokens(text) if len(word) <= _LONGEST_WORD)
        stems = {word: stem(word) for word in counted}
        idf = self.rarity(set(stems.values()))
        telling = sorted(counted, key=lambda word: (-counted[word] * idf.get(stems[word], 0.0), word))[:_LIKE_WORDS]
        words = Words(tuple(((word,),) for word in telling))
        asked = SearchQuery(what=What(what), words=text, match=Match.ANY)
        if not telling and meaning is None:
            return []
        scores: dict[int, float] = {}
        if telling:
            rows = self._matches(asked, words, ("text", "object_id"))
            best = np.lexsort((-rows["object_id"], -rows["text"]))[: max(limit, CANDIDATES) + 1]
            scores = dict(zip(rows["object_id"][best].tolist(), rows["text"][best].tolist(), strict=True))
            scores.pop(besides, None)
        if meaning is not None:
            scores = with_meaning(scores, asked.what, meaning, besides)
            public = set(self._matches(asked, Words(), ("object_id",), list(scores))["object_id"].tolist())
            scores = {pk: score for pk, score in scores.items() if pk in public}
        return sorted(scores, key=lambda pk: (scores[pk], pk), reverse=True)[:limit]

    def _means_the_like(
        self, query: SearchQuery, meaning: Vector, names: Sequence[str], besides: set[int]
    ) -> NDArray[np.void]:
        """Rows of what is nearest in meaning, of the place where one is asked for, and has none of the words."""
        shelf = current_shelf()
        nearest: list[int] = []
        if shelf is not None:
            among = None
            if query.where:
                among = self._matches(query, Words(), ("object_id",))["object_id"].tolist()
            nearest = shelf.nearest(query.what, meaning, limit=CANDIDATES, least=LEAST, among=among)
        return self._matches(query, Words(), names, [pk for pk in nearest if pk not in besides])

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

    def _matches(
        self, query: SearchQuery, words: Words, names: Sequence[str], among: Sequence[int] | None = None
    ) -> NDArray[np.void]:
        """The named columns of every document that has the words and reaches the place; of some alone, where they are
        named: these have no score of words."""
        (score, score_values), (condition, condition_values) = self._words(words, query.match)
        if among is not None:
            score, (condition, condition_values) = "0.0", self._one_of("d.object_id", among)
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
        if query.what != What.INITIATIVES:
            inside, codes = self._one_of("d.place_id", gazetteer().within(query.place))
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
