"""Elasticsearch behind the protocol: its answers as hits and counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from search.engines import feedback
from search.engines.counting import miles_between
from search.engines.elasticsearch.asking import WEIGHTS, everywhere, request
from search.engines.elasticsearch.client import ask, guarded
from search.engines.elasticsearch.index import key
from search.engines.ranking import relevance
from search.query import DEEPEST_PAGE, PAGE_SIZE, Facet, Scope, SearchQuery, Sort, What
from search.results import Hit, SearchResults
from search.traits import values_of
from search.words import Words, tokens

_DEEPEST = 10_000  # index.max_result_window
_LIKE_WORDS = 12


class ElasticsearchEngine:
    """The engine of a site with a search server."""

    name = "elasticsearch"

    @guarded
    def search(self, query: SearchQuery, words: Words, *, facets: bool = True, size: int = PAGE_SIZE) -> SearchResults:
        page = min(query.page, max(1, _DEEPEST // size))
        found = self._page(query, words, page, facets, size)
        if not found.hits and found.total and page > found.pages:
            found = self._page(query, words, found.pages, facets, size)
        return found

    def _page(self, query: SearchQuery, words: Words, page: int, facets: bool, size: int) -> SearchResults:
        window = ((page - 1) * size, page * size)
        twice = len(words.groups) >= feedback.LONG and query.order == Sort.RELEVANCE
        if twice:
            answer, hits = self._ordered_twice(query, words, window, facets)
        else:
            answer = ask("_search", **request(query, words, window=window, facets=facets))
            hits = _hits(query, answer["hits"]["hits"])
        total = int(answer["hits"]["total"]["value"])
        pages = max(1, min(-(-total // size), DEEPEST_PAGE, _DEEPEST // size))
        counts = _counts(answer["aggregations"]) if facets else {}
        return SearchResults(
            hits=hits, total=total, page=min(page, pages), pages=pages, facets=counts, engine=self.name
        )

    def _ordered_twice(
        self, query: SearchQuery, words: Words, window: tuple[int, int], facets: bool
    ) -> tuple[Any, list[Hit]]:
        """A long question: its best documents by words are ordered anew, above all the others."""
        body = request(query, words, window=(0, feedback.DEPTH), facets=facets, by_text=True)
        answer = ask("_search", **body)
        rows = answer["hits"]["hits"]
        weights = list(WEIGHTS.values())
        documents = [feedback.frequencies([row["_source"][name] for name in WEIGHTS], weights) for row in rows]
        scores = feedback.order_anew(words, documents, _rarity)
        floor = max((row["sort"][0] for row in rows), default=0.0)
        best = _hits(query, rows, [floor * (1 + score) for score in scores])
        best.sort(key=lambda hit: (-hit.score, -hit.pk))
        hits = best[window[0] : window[1]]
        if window[1] > len(best) == feedback.DEPTH:
            besides = tuple(key(query.what, hit.pk) for hit in best)
            rest = (max(0, window[0] - len(best)), window[1] - len(best))
            more = ask("_search", **request(query, words, window=rest, facets=False, besides=besides))
            hits += _hits(query, more["hits"]["hits"])
        return answer, hits

    @guarded
    def more_like(self, text: str, *, what: str, besides: int, limit: int) -> Sequence[int]:
        """Lucene's own choice of the most telling words."""
        like = {
            "fields": ["all_words"],
            "like": " ".join(tokens(text)),
            "max_query_terms": _LIKE_WORDS,
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "minimum_should_match": 1,
        }
        matched = {
            "must": [{"more_like_this": like}],
            "filter": [{"term": {"what": What(what).value}}],
            "must_not": [{"ids": {"values": [key(what, besides)]}}],
        }
        answer = ask(
            "_search",
            query={"bool": matched},
            size=limit,
            sort=[{"_score": "desc"}, {"object_id": "desc"}],
            docvalue_fields=["object_id"],
            _source=False,
        )
        return [int(row["fields"]["object_id"][0]) for row in answer["hits"]["hits"]]


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
