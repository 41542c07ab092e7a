"""P5 and growth: pages over a constant view, in one process and one run.

The constant view goes through the same middleware and answers two bytes. "Uncached" asks each time for an address
nobody asked for before, so the page is made anew; "cached" asks for the same one again as visitors do.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from initiatives.models import Initiative
from tests.benchmarks.generating import generate

RUNS = 120
SIZES = (1_000, 10_000, 100_000)
HUB = "/places/middlesbrough/"
_fresh = itertools.count()


def figures() -> Iterator[dict[str, Any]]:
    """P5 at 10,000 initiatives, then the growth of list and hubs from 1,000 to 100,000."""
    medians: dict[int, dict[str, float]] = {}
    with override_settings(ROOT_URLCONF="tests.benchmarks.urls", ALLOWED_HOSTS=["testserver"]):
        client = Client(raise_request_exception=True)
        for size in SIZES:
            started = time.perf_counter()
            generate(size)
            _settle()
            made = time.perf_counter() - started
            medians[size] = _growth(client)
            yield {
                "figure": f"generator seconds to {size}",
                "value": round(made, 1),
                "goal": None,
                "unit": "seconds",
            }
            if size == 10_000:
                yield from _p5(client)
    for name in medians[SIZES[0]]:
        values = [round(medians[size][name] * 1000, 2) for size in SIZES]
        yield {
            "figure": f"Growth {name}",
            "value": round(medians[SIZES[-1]][name] / medians[SIZES[0]][name], 2),
            "goal": 2,
            "unit": "p50 at 100,000 over p50 at 1,000",
            "milliseconds": dict(zip(map(str, SIZES), values, strict=True)),
            "runs": RUNS,
        }


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _p5(client: Client) -> Iterator[dict[str, Any]]:
    page = Initiative.objects.order_by("-handovers", "pk")[0].get_absolute_url()
    for name, address in (("initiative", page), ("hub", HUB)):
        yield from _over_constant(client, name, address)


def _over_constant(client: Client, name: str, address: str) -> Iterator[dict[str, Any]]:
    for label, asked, goal in (
        ("", lambda: f"{address}?fresh={next(_fresh)}", 20),
        (" cached", lambda: address, 3),
    ):
        client.get(asked())
        with CaptureQueriesContext(connection) as captured:
            client.get(asked())
            queries = len(captured)
        constant, page = _pairs(lambda: client.get("/constant/"), lambda asked=asked: client.get(asked()))  # type: ignore[misc]  # bound now
        yield {
            "figure": f"P5 {name}{label}",
            "value": round(page / constant, 2),
            "goal": goal,
            "unit": "p50 over the p50 of a constant view",
            "page_ms": round(page * 1000, 3),
            "constant_ms": round(constant * 1000, 3),
            "queries": queries,
            "initiatives": Initiative.objects.count(),
            "runs": RUNS,
        }


def _pairs(one: Callable[[], Any], other: Callable[[], Any]) -> tuple[float, float]:
    """Medians of two calls made in turn, so that the machine's moods fall on both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _run in range(RUNS):
        for call, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            call()
            kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def _growth(client: Client) -> dict[str, float]:
    """p50 in seconds of each address, made anew each time."""
    addresses = {
        "list": "/initiatives/?",
        "list of a place": "/initiatives/?where=middlesbrough&",
        "list of a place and a stage": "/initiatives/?where=middlesbrough&stage=primary&",
        "hub of an authority": f"{HUB}?",
        "hub of a region": "/places/north-east/?",
        "hub of the UK": "/places/united-kingdom/?",
    }
    medians = {}
    for name, address in addresses.items():
        client.get(address)
        times = []
        for _run in range(RUNS // 2):
            started = time.perf_counter()
            response = client.get(f"{address}fresh={next(_fresh)}")
            times.append(time.perf_counter() - started)
            assert response.status_code == 200, address
        medians[name] = statistics.median(times)
    return medians
