"""P3, P4, suggestions and growth of search: eight mixes of questions, by the engine at hand.

P3: the page's JSON with every facet, over HTTP from the product as it is served (one process, no page kept), over the
engine's own answer to the same question with its facets, p95 of each; both go through the mixes in turn, a second or
less each. With Elasticsearch the engine's own is its server's answer to the same body, sent by the plain client: their
ratio. Embedded (P3e) it is the engine's answer in this process, which has settled as a served one has: the milliseconds
beyond it.
P4: a question with every facet over the same without, p50. Growth: p95 by size.

Other work on the machine falls on both halves alike, and on the largest times most: each figure is the median of
`REPEATS` measurements.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from elasticsearch import Elasticsearch

from config.serving import settle
from search.domain.maintaining import refresh_statistics
from search.domain.rebuilding import rebuild_index
from search.domain.searching import search
from search.domain.suggesting import suggest
from search.engines import current_engine
from search.engines.elasticsearch.asking import request
from search.forms import read_search
from search.models import IndexChange
from search.query import PAGE_SIZE
from tests.benchmarks.filling import fill_to
from tests.benchmarks.generating import generate
from tests.benchmarks.serving import served

RUNS, REPEATS = 12, 7
SIZES = (1_000, 10_000, 100_000)
MOST = 1_000_000  # of a search server
MIXES = (
    "q=mentors",
    "q=mentors&where=TS1&miles=20",
    "q=bright+readers&stage=primary",
    "q=tutors&where=north-east&support=mentoring&stage=secondary",
    "q=futurs&exact=0",
    "q=%22next+routes%22&kind=charity",
    "q=rising+OR+harbour+-makers&focus=fsm",
    "where=middlesbrough&focus=fsm",
)
# Beginnings that very many titles have, few, one and none.
TYPED = (
    "me",
    "ri",
    "mentors a",
    "bright read",
    "har",
    "middlesb",
    "organisation 12",
    "tees",
    "xyzzy",
    "st",
    "open fut",
)
Call = Callable[[], object]
Times = list[float]


def figures() -> Iterator[dict[str, Any]]:
    name = current_engine().name
    growth: dict[int, float] = {}
    for size in SIZES:
        generate(size)
        _settle(name)
        growth[size] = _median_p95(_searches())
    yield _p3(name)
    yield _suggestions()
    yield from _p4(name)
    if name == "elasticsearch":
        fill_to(MOST)
        growth[MOST] = _median_p95(_searches())
    yield {
        "figure": f"Growth search {name}",
        "value": round(growth[max(growth)] / growth[SIZES[0]], 1),
        "goal": None,
        "unit": f"p95 of questions with every facet at {max(growth):,} over p95 at {SIZES[0]:,}",
        "milliseconds": {str(size): round(value * 1000, 1) for size, value in growth.items()},
    }


def _settle(name: str) -> None:
    refresh_statistics()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        cursor.execute("ANALYZE")
    if name == "elasticsearch":
        rebuild_index()
        IndexChange.objects.all().delete()
    settle()


def _p3(name: str) -> dict[str, Any]:
    with served() as ask:
        pages = [lambda mix=mix: ask(f"/search/results.json?{mix}") for mix in MIXES]  # type: ignore[misc]  # bound now
        repeats = _in_turn(_bare(name), pages)
    bare, http = ([_p95(times) for times in half] for half in zip(*repeats, strict=True))
    is_ratio = name == "elasticsearch"
    values = [one / other if is_ratio else (one - other) * 1000 for one, other in zip(http, bare, strict=True)]
    return {
        "figure": "P3" if is_ratio else f"P3e {name}",
        "value": round(statistics.median(values), 2),
        "goal": 1.5 if is_ratio else 5,
        "unit": "p95 of the page's JSON over HTTP over p95 of the server's own answer with its facets"
        if is_ratio
        else "ms of the page's JSON over HTTP beyond the engine's own answer with its facets, p95 of each",
        "http_ms": _ms(http),
        "engine_ms": _ms(bare),
        "repeats": [round(value, 2) for value in values],
        "p50_http_ms": _ms([statistics.median(times) for _bare_times, times in repeats]),
        "p50_engine_ms": _ms([statistics.median(times) for times, _http in repeats]),
        "initiatives": SIZES[-1],
        "runs": f"{REPEATS} times {RUNS * len(MIXES)}",
    }


def _bare(name: str) -> list[Call]:
    """The engine's own answer to each mix with its facets, its words parsed and put right beforehand."""
    asked = [search(read_search(QueryDict(mix)).query) for mix in MIXES]
    if name != "elasticsearch":
        engine = current_engine()
        return [lambda one=one: engine.search(one.query, one.words) for one in asked]  # type: ignore[misc]
    plain = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=30)
    bodies = [request(one.query, one.words, window=(0, PAGE_SIZE), facets=True) for one in asked]
    headers = {"accept": "application/json", "content-type": "application/json"}
    path = f"/{settings.ELASTICSEARCH_INDEX}/_search"
    return [lambda body=body: plain.perform_request("POST", path, body=body, headers=headers) for body in bodies]  # type: ignore[misc]


def _suggestions() -> dict[str, Any]:
    calls = [lambda text=text: suggest(text) for text in TYPED]  # type: ignore[misc]
    return {
        "figure": f"Suggestions {connection.vendor}",
        "value": round(_median_p95(calls) * 1000, 1),
        "goal": 30,
        "unit": f"ms, p95 of suggestions for words half typed, at {SIZES[-1]:,}",
    }


def _p4(name: str) -> Iterator[dict[str, Any]]:
    repeats = _in_turn(_searches(facets=False), _searches())
    halves = [(statistics.median(bare), statistics.median(whole)) for bare, whole in repeats]
    yield {
        "figure": f"P4 {name}",
        "value": round(statistics.median(whole / bare for bare, whole in halves), 2),
        "goal": 2.0,
        "unit": "p50 of a question with every facet over the same without",
        "facets_ms": _ms([whole for _bare_half, whole in halves]),
        "bare_ms": _ms([bare for bare, _whole in halves]),
    }
    whole = [times for _bare_times, times in repeats]
    yield {
        "figure": f"Facets {name}",
        "value": _ms([_p95(times) for times in whole]),
        "goal": 150,
        "unit": f"ms, p95 of questions with every facet at {SIZES[-1]:,}",
        "mixes_p50_ms": {
            mix: _ms([time for times in whole for time in times[at :: len(MIXES)]]) for at, mix in enumerate(MIXES)
        },
    }


def _searches(*, facets: bool = True) -> list[Call]:
    """The product's own search for each mix: spelling, synonyms and engine."""
    queries = [read_search(QueryDict(mix)).query for mix in MIXES]

    def one(query: Any) -> None:
        assert not search(query, facets=facets).results.fallback

    return [lambda query=query: one(query) for query in queries]  # type: ignore[misc]


def _in_turn(one: Sequence[Call], other: Sequence[Call]) -> list[tuple[Times, Times]]:
    """Seconds of two halves, each going through its calls in turn: of each a list for each repeat."""
    for call in (*one, *other):
        call()
    repeats = []
    for _repeat in range(REPEATS):
        times: tuple[Times, Times] = ([], [])
        for _run in range(RUNS):
            for calls, kept in zip((one, other), times, strict=True):
                kept += [_timed(call) for call in calls]
        repeats.append(times)
    return repeats


def _median_p95(calls: Sequence[Call]) -> float:
    for call in calls:
        call()
    return statistics.median(
        _p95([_timed(call) for _run in range(RUNS) for call in calls]) for _repeat in range(REPEATS)
    )


def _p95(times: Times) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _ms(seconds: Sequence[float]) -> float:
    return round(statistics.median(seconds) * 1000, 1)


def _timed(call: Call) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
