"""Elasticsearch behind the protocol: its answers as hits and counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from search.engines import feedback
from search.engines.counting import miles_between
from search.engines.elasticsearch.asking import WEIGHTS, everywhere, means_the_like, request
from search.engines.elasticsearch.client import ask, guarded
from search.engines.elasticsearch.index import key
from search.engines.ranking import relevance
from search.meaning.blending import CANDIDATES, blend
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.query import DEEPEST_PAGE, PAGE_SIZE, Facet, Match, Scope, SearchQuery, Sort, What
from search.results import Hit, SearchResults
from search.traits import values_of
from search.words import Words, tokens

_DEEPEST = 10_000  # index.max_result_window
_LIKE_WORDS = 12


class ElasticsearchEngine:
    """The engine of a site with a search server."""

    name = "elasticsearch"

    @guarded
    def search(
        self,
        query: SearchQuery,
        words: Words,
        *,
        meaning: Vector | None = None,
        facets: bool = True,
        size: int = PAGE_SIZE,
    ) -> SearchResults:
        near: tuple[int, ...] = ()
        if meaning is not None and query.match == Match.ANY:
            near = _means_the_like(query, words, meaning)
        asked = _Asked(query, words, meaning, near)
        page = min(query.page, max(1, _DEEPEST // size))
        found = self._page(asked, page, facets, size)
        if not found.hits and found.total and page > found.pages:
            found = self._page(asked, found.pages, facets, size)
        return found

    def _page(self, asked: _Asked, page: int, facets: bool, size: int) -> SearchResults:
        window = ((page - 1) * size, page * size)
        if asked.is_ordered_twice:
            answer, hits = self._ordered_twice(asked, window, facets)
        else:
            answer = ask("_search", **asked.request(window=window, facets=facets))
            hits = _hits(asked.query, answer["hits"]["hits"])
        hits = [replace(hit, by_meaning=hit.pk in asked.near) for hit in hits] if asked.near else hits
        total = int(answer["hits"]["total"]["value"])
        pages = max(1, min(-(-total // size), DEEPEST_PAGE, _DEEPEST // size))
        counts = _counts(answer["aggregations"]) if facets else {}
        return SearchResults(
            hits=hits, total=total, page=min(page, pages), pages=pages, facets=counts, engine=self.name
        )

    def _ordered_twice(self, asked: _Asked, window: tuple[int, int], facets: bool) -> tuple[Any, list[Hit]]:
        """The best documents by words are ordered anew, above all the others: a long question by what its best answers
        share, any by what it means."""
        query = asked.query
        answer = ask("_search", **asked.request(window=(0, feedback.DEPTH), facets=facets, by_text=True))
        rows = [row for row in answer["hits"]["hits"] if row["_score"] > 0]
        best = sorted(_texts(asked, rows), key=lambda pair: -pair[1])
        likeness: Mapping[int, float] = {}
        if asked.meaning is not None:
            best += [(row, 0.0) for row in self._rows_near(asked)]
            best, likeness = _with_meaning(query.what, best, asked.meaning)
        hits = _hits(query, [row for row, _text in best], [text for _row, text in best])
        hits = [replace(hit, likeness=likeness.get(hit.pk)) for hit in hits]
        hits.sort(key=lambda hit: (-hit.score, -hit.pk))
        found = hits[window[0] : window[1]]
        if window[1] > len(hits) and len(rows) == feedback.DEPTH:
            besides = tuple(key(query.what, hit.pk) for hit in hits)
            rest = (max(0, window[0] - len(hits)), window[1] - len(hits))
            more = ask("_search", **request(query, asked.words, window=rest, facets=False, besides=besides))
            found += _hits(query, more["hits"]["hits"])
        return answer, found

    def _rows_near(self, asked: _Asked) -> Sequence[Any]:
        """Rows of what only its meaning brings, that has what else is chosen."""
        if not asked.near:
            return ()
        keys = tuple(key(asked.query.what, pk) for pk in asked.near)
        body = request(asked.query, Words(), window=(0, len(keys)), facets=False, by_text=True, only=keys)
        rows: Sequence[Any] = ask("_search", **body)["hits"]["hits"]
        return rows

    @guarded
    def more_like(
        self, text: str, *, what: str, besides: int, limit: int, meaning: Vector | None = None
    ) -> Sequence[int]:
        """Lucene's own choice of the most telling words and, by half, the meaning."""
        like = {
            "fields": ["all_words"],
            "like": " ".join(tokens(text)),
            "max_query_terms": _LIKE_WORDS,
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "minimum_should_match": 1,
        }
        answer = ask(
            "_search",
            query={
                "bool": {
                    "must": [{"more_like_this": like}],
                    "filter": [{"term": {"what": what}}],
                    "must_not": [{"ids": {"values": [key(what, besides)]}}],
                }
            },
            size=limit if meaning is None else CANDIDATES,
            sort=[{"_score": "desc"}, {"object_id": "desc"}],
            docvalue_fields=["object_id"],
            _source=False,
        )
        best = [(row, float(row["_score"])) for row in answer["hits"]["hits"]]
        if meaning is not None:
            asked = SearchQuery(what=What(what))
            there = {_pk(row) for row, _score in best} | {besides}
            nearest = ask("_search", **means_the_like(asked, meaning))["hits"]["hits"]
            best += [(row, 0.0) for row in nearest if _pk(row) not in there]
            best, _likeness = _with_meaning(asked.what, best, meaning)
        return [_pk(row) for row, _score in sorted(best, key=lambda pair: (-pair[1], -_pk(pair[0])))][:limit]


@dataclass(frozen=True)
class _Asked:
    """A question as it goes through the engine, with the ids that only its meaning brings."""

    query: SearchQuery
    words: Words
    meaning: Vector | None
    near: tuple[int, ...]

    @property
    def is_ordered_twice(self) -> bool:
        is_long = len(self.words.groups) >= feedback.LONG
        return self.query.order == Sort.RELEVANCE and (is_long or self.meaning is not None)

    def request(self, *, window: tuple[int, int], facets: bool, by_text: bool = False) -> dict[str, Any]:
        near = tuple(key(self.query.what, pk) for pk in self.near)
        return request(self.query, self.words, window=window, facets=facets, by_text=by_text, near=near)


def _pk(row: Mapping[str, Any]) -> int:
    return int(row["fields"]["object_id"][0])


def _means_the_like(query: SearchQuery, words: Words, meaning: Vector) -> tuple[int, ...]:
    """What is nearest in meaning and has none of the words."""
    nearest = [_pk(row) for row in ask("_search", **means_the_like(query, meaning))["hits"]["hits"]]
    keys = tuple(key(query.what, pk) for pk in nearest)
    if not keys:
        return ()
    plain = replace(query, chosen=(), sort=Sort.NEWEST)
    found = ask("_search", **request(plain, words, window=(0, len(keys)), facets=False, only=keys))["hits"]["hits"]
    worded = {_pk(row) for row in found}
    return tuple(pk for pk in nearest if pk not in worded)


def _texts(asked: _Asked, rows: Sequence[Any]) -> list[tuple[Any, float]]:
    """Each row with its words' score; of a long question with the second one."""
    if len(asked.words.groups) < feedback.LONG:
        return [(row, float(row["_score"])) for row in rows]
    weights = list(WEIGHTS.values())
    documents = [feedback.frequencies([row["_source"][name] for name in WEIGHTS], weights) for row in rows]
    scores = feedback.order_anew(asked.words, documents, _rarity)
    floor = max((row["sort"][0] for row in rows), default=0.0)
    return [(row, floor * (1 + score)) for row, score in zip(rows, scores, strict=True)]


def _with_meaning(
    what: What, rows: Sequence[tuple[Any, float]], meaning: Vector
) -> tuple[list[tuple[Any, float]], Mapping[int, float]]:
    """Rows with the scores of both, and the likeness of each: as the database keeps it, for the index rounds."""
    encoder = current_encoder()
    if encoder is None:
        return list(rows), {}
    kept = vectors_of(what, [_pk(row) for row, _score in rows], encoder.name)
    likeness = {pk: float(vector @ meaning) for pk, vector in kept.items()}
    alike = np.array([likeness.get(_pk(row), np.nan) for row, _score in rows], dtype=float)
    scores = blend(np.array([score for _row, score in rows], dtype=float), alike)
    return [(row, float(score)) for (row, _score), score in zip(rows, scores, strict=True)], likeness


def _hits(query: SearchQuery, rows: Sequence[Mapping[str, Any]], texts: Sequence[float] | None = None) -> list[Hit]:
    """Rows of the answer; their scores are the formula's, of `texts` where those are given."""
    fields = [row["fields"] for row in rows]
    positions = [_position(query, given) for given in fields]
    columns = [[given[name][0] for given in fields] for name in ("confirmed", "completeness")]
    columns.append([miles for miles, _inside, _local in positions])
    confirmed, completeness, away = (np.array(column, dtype=float) for column in columns)
    inside = np.array([inside for _miles, inside, _local in positions], dtype=bool)
    factors = relevance(np.ones(len(rows)), confirmed, completeness, away, inside).tolist()
    hits = []
    for at, (row, factor, (miles, _inside, local)) in enumerate(zip(rows, factors, positions, strict=True)):
        if texts is not None:
            score = texts[at] * factor
        else:
            named = row.get("_score")
            score = float(named) if named is not None else factor
        hits.append(
            Hit(
                pk=int(row["fields"]["object_id"][0]),
                score=score,
                text=score / factor if texts is None else texts[at],
                published=int(row["fields"]["published"][0]),
                miles=None if math.isnan(miles) else miles,
                is_local=local,
            )
        )
    return hits


def _position(query: SearchQuery, given: Mapping[str, Any]) -> tuple[float, bool, bool]:
    """Miles from the point asked for (not a number where one is not known), whether it is inside the place, and
    whether it is of it."""
    miles = math.nan
    if query.point and given.get("location"):
        latitude, longitude = map(float, given["location"][0].split(","))
        miles = miles_between(query.point, (latitude, longitude))
    inside = everywhere(query) or query.place in given.get("reached", ())
    local = inside
    if query.miles:
        local = inside and query.what == What.INITIATIVES if math.isnan(miles) else miles <= query.miles
    return miles, inside, local


def _counts(answer: Mapping[str, Any]) -> dict[Facet, dict[str, int]]:
    """Every facet's counts in the vocabulary's order; tags by number."""
    rest = answer["rest"]
    counts: dict[Facet, dict[str, int]] = {}
    for facet in Facet:
        among = answer.get(facet.value, rest)
        told = among.get(facet.value)
        if told is None:
            continue
        if facet == Facet.SCOPE:
            local = told["doc_count"]
            numbers = {Scope.LOCAL.value: local, Scope.WIDER.value: among["doc_count"] - local}
        else:
            numbers = {one["key"]: one["doc_count"] for one in told["buckets"]}
        order = numbers if facet in (Facet.TAG, Facet.SCOPE) else values_of(facet)
        counts[facet] = {value: int(numbers[value]) for value in order if numbers.get(value)}
    return counts


def _rarity(stems: set[str]) -> dict[str, float]:
    """How telling each stem is; the index counts them by itself. Stems are taken as they are."""
    if not stems:
        return {}
    answer = ask(
        "_termvectors",
        doc={"all_words": " ".join(sorted(stems))},
        per_field_analyzer={"all_words": "whitespace"},
        fields=["all_words"],
        term_statistics=True,
        field_statistics=True,
        positions=False,
        offsets=False,
    )
    told = answer["term_vectors"].get("all_words")
    if told is None:
        return {}
    total = int(told["field_statistics"]["doc_count"])
    numbers = {term: int(one["doc_freq"]) for term, one in told["terms"].items() if "doc_freq" in one}
    return {term: math.log(1 + (max(total, n) - n + 0.5) / (n + 0.5)) for term, n in numbers.items()}
