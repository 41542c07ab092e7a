"""Live discussions: how soon, how surely, at what cost. Real processes, real sockets, loopback.

`FIGURES="R2 P1"` measures these alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.live.agreeing import agreeing
from tests.benchmarks.live.arriving import fan_out, receipt
from tests.benchmarks.live.crowding import burst, flooded, idle
from tests.benchmarks.live.enduring import cut, killed, losing
from tests.benchmarks.live.parting import redis_gone

ALL = {
    **{"P1": fan_out, "P2": receipt, "R1": killed, "R2": burst, "R3": cut, "R4": agreeing, "R5": losing},
    **{"R10": flooded, "Idle": idle, "Gone": redis_gone},
}


def figures() -> Iterator[dict[str, Any]]:
    for name in os.environ.get("FIGURES", "").split() or ALL:
        yield ALL[name]()
