from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Limits count in the cache; each test starts with none used."""
    cache.clear()
