"""P3, P4 and growth of search: eight mixes of questions, by the engine at hand.

P3e: how many milliseconds the faceted page's JSON over HTTP takes beyond the engine's own answer (p95 of each; a real
server, one process, no page kept). P4: a question with every facet over the same without. Growth: p95 by size.
"""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import QueryDict

from search.domain.maintaining import refresh_statistics
from search.domain.searching import search
from search.domain.suggesting import suggest
from search.engines import current_engine
from search.forms import read_search
from tests.benchmarks.generating import generate

RUNS = 15
SIZES = (1_000, 10_000, 100_000)
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
_fresh = itertools.count()


def figures() -> Iterator[dict[str, Any]]:
    name = current_engine().name
    growth: dict[int, float] = {}
    for size in SIZES:
        generate(size)
        _settle()
        whole, bare = _engine(facets=True), _engine(facets=False)
        growth[size] = _p95(whole)
    over_http = _over_http()
    yield {
        "figure": "P3e" if name != "elasticsearch" else "P3",
        "value": round((_p95(over_http) - _p95(whole)) * 1000, 1),
        "goal": 5,
        "unit": "ms of the page's JSON over HTTP beyond the engine's own answer, p95 of each",
        "http_ms": round(_p95(over_http) * 1000, 1),
        "engine_ms": round(_p95(whole) * 1000, 1),
        "engine": name,
        "initiatives": SIZES[-1],
        "runs": RUNS * len(MIXES),
    }
    suggesting = [_timed(lambda text=text: suggest(text)) for _run in range(RUNS) for text in TYPED]  # type: ignore[misc]
    yield {
        "figure": f"Suggestions {connection.vendor}",
        "value": round(_p95(suggesting) * 1000, 1),
        "goal": 30,
        "unit": "ms, p95 of suggestions for words half typed, at 100,000",
    }
    yield {
        "figure": f"P4 {name}",
        "value": round(statistics.median(whole) / statistics.median(bare), 2),
        "goal": 2.0,
        "unit": "p50 of a question with every facet over the same without",
        "facets_ms": round(statistics.median(whole) * 1000, 1),
        "bare_ms": round(statistics.median(bare) * 1000, 1),
        "mixes_p95_ms": dict(zip(MIXES, _each(), strict=True)),
    }
    yield {
        "figure": f"Facets {name}",
        "value": round(_p95(whole) * 1000, 1),
        "goal": 150,
        "unit": "ms, p95 of questions with every facet at 100,000",
        "milliseconds": {str(size): round(value * 1000, 1) for size, value in growth.items()},
    }


def _settle() -> None:
    refresh_statistics()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        cursor.execute("ANALYZE")


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _engine(*, facets: bool) -> list[float]:
    """Seconds of each answer, the mixes in turn."""
    times = []
    queries = [read_search(QueryDict(mix)).query for mix in MIXES]
    for query in queries:
        search(query, facets=facets)
    for _run in range(RUNS):
        times += [_timed(lambda query=query: search(query, facets=facets)) for query in queries]  # type: ignore[misc]
    return times


def _each() -> list[float]:
    """p95 of each mix with its facets, in milliseconds."""
    found = []
    for mix in MIXES:
        query = read_search(QueryDict(mix)).query
        found.append(round(_p95([_timed(lambda query=query: search(query)) for _run in range(RUNS)]) * 1000, 1))  # type: ignore[misc]
    return found


def _over_http() -> list[float]:
    with _served() as port:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

        def ask(mix: str) -> None:
            line.request("GET", f"/search/results.json?{mix}&fresh={next(_fresh)}", headers={"Host": "localhost"})
            answer = line.getresponse()
            body = answer.read()
            assert answer.status == 200, body[:200]

        for mix in MIXES:
            ask(mix)
        return [_timed(lambda mix=mix: ask(mix)) for _run in range(RUNS) for mix in MIXES]  # type: ignore[misc]


@contextmanager
def _served() -> Iterator[int]:
    """The product on a port of its own, as it is served in earnest."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(command, env={**os.environ, "LOG_LEVEL": "ERROR"})
    try:
        for _wait in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
