"""A loop of its own for a scene: a browser that another test opened may have one in this thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def run(scene: Coroutine[Any, Any, Given]) -> Given:
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, scene).result()
