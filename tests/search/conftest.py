"""The engines that tests are held to: the database's own, and Elasticsearch where a real one is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from search.domain.rebuilding import rebuild_index
from search.engines import breaker
from search.engines.elasticsearch import index
from search.engines.elasticsearch.client import client
from search.meaning.encoder import Encoder, Vector

SERVER = os.environ.get("ELASTICSEARCH_URL", "")
MODEL = os.environ.get("EMBEDDING_MODEL", "")


_encoded: dict[tuple[str, str], Vector] = {}


@pytest.fixture
def encoder(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real sentence encoder; before the index is laid, for it has a field for vectors then.

    Thousands of texts are the same for each engine: a worker encodes each once.
    """
    settings.EMBEDDING_MODEL = Path(MODEL)
    encode = Encoder._one

    def once(self: Encoder, text: str) -> Vector:
        key = (self.name, text)
        if key not in _encoded:
            _encoded[key] = encode(self, text)
        return _encoded[key]

    monkeypatch.setattr(Encoder, "_one", once)


@pytest.fixture
def elasticsearch(settings: Any, db: None) -> Iterator[None]:
    """A real server with an index of the test's own."""
    settings.ELASTICSEARCH_URL = SERVER
    settings.ELASTICSEARCH_INDEX = f"test-{uuid4().hex}"
    settings.SEARCH_TIMEOUT = 20  # two cores share everything here
    breaker.answered()
    rebuild_index()
    yield
    settings.ELASTICSEARCH_URL = SERVER
    for alias in (index.living(), index.building()):
        for name in index.names_of(alias):
            client().indices.delete(index=name)
    breaker.answered()


@pytest.fixture(params=["database", *(["elasticsearch"] if SERVER else [])])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
    return str(request.param)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the real server or a real encoder alone is left to the run that has them."""
    absent = {name for name, there in (("elasticsearch", SERVER), ("encoder", MODEL)) if not there}
    without = [item for item in items if absent.intersection(getattr(item, "fixturenames", ()))]
    if without:
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in without]
