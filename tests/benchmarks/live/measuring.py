"""P1, P2: how soon a post arrives, over what it would take at the least. Real processes, real sockets, loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.live.arriving import receipt


def figures() -> Iterator[dict[str, Any]]:
    # yield fan_out()
    yield receipt()
