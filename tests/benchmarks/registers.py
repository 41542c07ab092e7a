"""Registers: seconds and memory to read the real files, read again, and how long suggestions take afterwards."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from organisations.models import RegisterEntry
from organisations.registers.domain.loading import load_register
from organisations.registers.queries import find_entries
from places.postcodes import letters

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = {
    "schools": "organisations/schools_england.csv",
    "colleges": "organisations/fe_colleges.csv",
    "universities": "organisations/universities.csv",
    "companies": "organisations/employers.csv",
    "charities": "charities/ukcat_sample.csv",
}
TYPED = 300  # names, each with two letters swapped, as people type them


def figures() -> Iterator[dict[str, Any]]:
    """The figures, each as `python -m tests.benchmarks` prints it."""
    list(letters())  # the postcode directory is kept once by every process
    before = _megabytes()
    rows, seconds, worked = _read_all()
    grown = _megabytes() - before
    yield {
        "figure": "registers: seconds to read all", "value": round(seconds, 1), "goal": 60, "rows": rows,
        "of_the_processor": round(worked, 1),
    }  # fmt: skip
    yield {"figure": "registers: MB more at the peak", "value": round(grown), "rows": rows}
    yield {"figure": "registers: seconds to read all again", "value": round(_read_all()[1], 1), "rows": rows}
    yield from _suggesting()


def _read_all() -> tuple[int, float, float]:
    """Rows, seconds, and seconds of the processor: what is left of the first without other work on the machine."""
    started, began, rows = time.perf_counter(), time.process_time(), 0
    for kind, name in FILES.items():
        rows += load_register(kind, DATA / name).load.rows
    return rows, time.perf_counter() - started, time.process_time() - began


def _suggesting() -> Iterator[dict[str, Any]]:
    entries = list(RegisterEntry.objects.filter(closed_on=None).order_by("number")[:: 29_000 // TYPED])
    times, worked, found, first = [], [], 0, 0
    for entry in entries:
        started, began = time.perf_counter(), time.process_time()
        offered = [one.entry.folded for one in find_entries(_slipped(entry.name))]
        times.append((time.perf_counter() - started) * 1000)
        worked.append((time.process_time() - began) * 1000)
        found += entry.folded in offered
        first += entry.folded in offered[:1]
    for share in (50, 95):
        yield {
            "figure": f"registers: suggestions, ms p{share}", "value": _percentile(times, share), "goal": 50,
            "of_the_processor": _percentile(worked, share),
        }  # fmt: skip
    yield {
        "figure": "registers: names with a slip found among eight", "value": round(found / len(times), 3),
        "first": round(first / len(times), 3), "typed": len(times),
    }  # fmt: skip


def _percentile(values: list[float], share: int) -> float:
    return round(sorted(values)[len(values) * share // 100], 1)


def _slipped(name: str) -> str:
    """Two letters within the longest word swapped."""
    word = max(name.split(), key=len)
    if len(word) < 4:
        return name
    middle = len(word) // 2
    return name.replace(word, word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :])


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
