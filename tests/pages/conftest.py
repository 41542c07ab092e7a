from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from pages.queries import forget_menus
from tests.factories.laid import lay_pages


@pytest.fixture(autouse=True)
def menus_are_read_anew() -> Iterator[None]:
    """The process keeps the menus; a test's own must neither be missed nor outlive it."""
    forget_menus()
    cache.clear()
    yield
    forget_menus()
    cache.clear()


@pytest.fixture
def seeded(db: None) -> None:
    lay_pages()
