"""Overlap: how well it finds, and whether it finds what people would.

`FIGURES="O1"` measures these alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.overlap.finding import freshness, recall
from tests.benchmarks.overlap.labelled import precision
from tests.benchmarks.overlap.purpose import purpose

ALL = {"O1": purpose, "O2": precision, "P7": recall, "fresh": freshness}


def figures() -> Iterator[dict[str, Any]]:
    for name in os.environ.get("FIGURES", "").split() or ALL:
        yield from ALL[name]()
