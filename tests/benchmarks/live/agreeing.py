"""R4: ten thousand steps of people and lines, after which every page shows what a fresh load shows."""

from __future__ import annotations

import random
from typing import Any

from django.db import connection, transaction

from discussions.live.frames import forget_frames
from tests.discussions.pages_agree import World

STEPS, A_WORLD = 10_000, 200


def agreeing() -> dict[str, Any]:
    """Fifty worlds of two hundred steps, each in a transaction that is rolled back."""
    different, done = 0, 0
    for seed in range(STEPS // A_WORLD):
        forget_frames()  # those of posts that were rolled back
        with transaction.atomic():
            world = World(random.Random(seed))
            with world.listening():
                for _step in range(A_WORLD):
                    world.step()
                    done += 1
                world.quiet()
                different += world.differences()
            transaction.set_rollback(True)
    return {
        "figure": "R4",
        "value": different,
        "goal": 0,
        "unit": f"pages that differ from a fresh load, {done:,} steps",
        "database": connection.vendor,
    }
