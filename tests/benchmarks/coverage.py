"""C1: the journey of a place over a constant view, how it grows, what an edit writes, the national table of cold spots,
and whether counting is right.

Addresses are asked as in `pages`: never the same twice, so that each answer is made anew.
"""

from __future__ import annotations

import datetime
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Initiative
from partnerships.coverage.domain.tallying import count_all, tally
from partnerships.coverage.models import Counted, Ending, Tally
from partnerships.coverage.queries.sets import numbers_of_set
from partnerships.need.models import Value
from places.models import PlaceKind
from places.queries import gazetteer
from tests.benchmarks import pages
from tests.benchmarks.generating import generate
from tests.factories.need import IndexFactory, ValueFactory

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 100_000)
RUNS = 60
JOURNEYS = {
    "an authority": "/places/middlesbrough/journey/?",
    "a region": "/places/north-east/journey/?",
    "a combined authority": "/places/tees-valley-combined-authority/journey/?",
    "the UK": "/places/united-kingdom/journey/?",
    "a set of five": "/journey/?place=middlesbrough&place=hartlepool&place=leeds&place=cardiff&place=fife&",
}


def figures() -> Iterator[dict[str, Any]]:
    """C1 at three sizes, the growth of each kind of journey, an edit's rows, the way not taken, and counting."""
    medians: dict[int, dict[str, float]] = {}
    with override_settings(ROOT_URLCONF="tests.benchmarks.urls", ALLOWED_HOSTS=["testserver"]):
        client = Client(raise_request_exception=True)
        for size in SIZES:
            generate(size)
            _end_and_fill()
            pages._settle()
            yield from _c1(client, size)
            medians[size] = {name: _median(client, address) for name, address in JOURNEYS.items()}
            yield from _edits(size)
            yield _cold_spots(client, size)
    for name in JOURNEYS:
        values = [round(medians[size][name] * 1000, 2) for size in SIZES]
        yield {
            "figure": f"C1 growth, journey of {name}",
            "value": round(values[-1] / values[0], 2),
            "goal": None if "set" in name else 2,
            "unit": "p50 at 100,000 over p50 at 1,000",
            "milliseconds": dict(zip(map(str, SIZES), values, strict=True)),
            "runs": RUNS,
        }
    yield from _ways_compared()
    yield _counting()


def _end_and_fill() -> None:
    """Two thirds say how many places they have, half when they end, as people do; counted as every change is."""
    dice = random.Random(Initiative.objects.count())
    today = timezone.localdate()
    rows = list(Initiative.objects.filter(ends_on=None, capacity=None).only("pk", "ends_on", "capacity"))
    for one in rows:
        one.capacity = dice.randint(5, 400) if dice.random() < 0.66 else None
        one.ends_on = today + datetime.timedelta(days=dice.randint(1, 900)) if dice.random() < 0.5 else None
    Initiative.objects.bulk_update(rows, ["capacity", "ends_on"], batch_size=500)
    tally([one.pk for one in rows])


def _c1(client: Client, size: int) -> Iterator[dict[str, Any]]:
    for figure in pages._over_constant(client, "journey", JOURNEYS["an authority"].removesuffix("?")):
        name = figure["figure"].replace("P5 journey", "C1 journey of an authority")
        yield {**figure, "figure": name, "initiatives": size}


def _cold_spots(client: Client, size: int) -> dict[str, Any]:
    """The national table of every stage, transition and kind of support: nothing of it is kept but the places' rows, so
    each answer has the last edit (whose rows are counted above)."""
    if not Value.objects.exists():
        index = IndexFactory(is_illustrative=True)
        areas = gazetteer().of_kind(PlaceKind.AUTHORITY)
        shares = {place.code: number / (len(areas) - 1) for number, place in enumerate(areas)}
        Value.objects.bulk_create(
            ValueFactory.build(index=index, place_id=code, share=share) for code, share in shares.items()
        )
    gazetteer.cache_clear()
    address = "/cold-spots/?step=each&support=each&"
    started = time.perf_counter()
    answer = client.get(f"{address}fresh={next(pages._fresh)}")
    first = time.perf_counter() - started
    assert answer.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{address}fresh={next(pages._fresh)}")
    queries = len(captured)  # the next request forgets them
    return {
        "figure": f"C1 national table of cold spots at {size}, first answer",
        "value": round(first, 3),
        "goal": 2,
        "unit": "seconds, places read anew",
        "p50_milliseconds": round(_median(client, address) * 1000, 1),
        "queries": queries,
    }


def _median(client: Client, address: str) -> float:
    client.get(f"{address}fresh={next(pages._fresh)}")
    times = []
    for _run in range(RUNS):
        started = time.perf_counter()
        answer = client.get(f"{address}fresh={next(pages._fresh)}")
        times.append(time.perf_counter() - started)
        assert answer.status_code == 200, address
    return statistics.median(times)


def _edits(size: int) -> Iterator[dict[str, Any]]:
    """What a change of one initiative writes, and how long that takes within its transaction."""
    ids = list(Initiative.objects.filter(reach="authorities").order_by("pk").values_list("pk", flat=True)[:40])
    written, times, queries = [], [], 0
    for pk in ids:
        one = Initiative.objects.get(pk=pk)
        one.capacity = (one.capacity or 0) + 1
        one.save(update_fields=["capacity"])
        started = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            written.append(tally([pk]))
        times.append(time.perf_counter() - started)
        queries = len(captured)
    yield {
        "figure": f"C1 rows of places written by an edit at {size}",
        "value": max(written),
        "goal": None,
        "unit": "rows at most; a place's and, where it ends, its month's",
        "median_rows": statistics.median(written),
        "milliseconds": round(statistics.median(times) * 1000, 2),
        "queries": queries,
        "rows_kept": Tally.objects.count() + Ending.objects.count(),
    }


def _ways_compared() -> Iterator[dict[str, Any]]:
    """The way not taken: one pass over an authority's initiatives, counted anew for each view."""
    today = timezone.localdate()
    for name, codes in (
        ("one authority", ["E06000002"]),
        ("60 authorities", [place.code for place in gazetteer().of_kind(PlaceKind.AUTHORITY)[:60]]),
    ):
        times = []
        for _run in range(9):
            started = time.perf_counter()
            numbers_of_set(codes, today)
            times.append(time.perf_counter() - started)
        yield {
            "figure": f"One pass over the initiatives of {name}, instead of kept numbers",
            "value": round(statistics.median(times) * 1000, 1),
            "goal": None,
            "unit": "milliseconds at 100,000",
        }
    started = time.perf_counter()
    counted = count_all()
    yield {
        "figure": "Count every place anew",
        "value": round(time.perf_counter() - started, 1),
        "goal": None,
        "unit": "seconds",
        "initiatives": counted,
        "same": Counted.objects.count() == counted,
    }


def _counting() -> dict[str, Any]:
    """1,000 random registries counted by the product and by hand: in a run of the test, on its own database."""
    environment = {**os.environ, "COVERAGE_CASES": "1000", "PYTHONPATH": str(ROOT)}
    environment.pop("BENCHMARK_DATA", None)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/partnerships/coverage/test_counting.py",
    ]
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return {
        "figure": "Counting is right: cases with a difference",
        "value": 0 if done.returncode == 0 else 1,
        "goal": 0,
        "unit": "of 1,000 random registries, each counted by hand too",
        "seconds": round(time.perf_counter() - started),
        "said": done.stdout.strip().splitlines()[-1:],
    }
