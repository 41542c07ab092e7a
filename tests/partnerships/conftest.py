"""Days to come."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine


@pytest.fixture
def time_machine_to() -> Callable[[datetime.date], AbstractContextManager[Any]]:
    """`with time_machine_to(day):` it is noon of that day."""

    def travel(day: datetime.date) -> AbstractContextManager[Any]:
        noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
        return time_machine.travel(noon, tick=True)

    return travel
