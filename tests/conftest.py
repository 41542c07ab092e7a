"""What every test may count on: a database with the places of the country in it."""

from __future__ import annotations

import asyncio
import math
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.cache import cache
from django.core.management.commands import flush as flushing
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

_REFERENCE = {
    *("places_place", "places_placename", "places_formercode"),
    *("django_content_type", "auth_permission", "django_migrations"),
}


def pytest_configure() -> None:
    """Passwords of tests guard nothing: a slow hash would only cost minutes. The search server is for tests that ask
    for it, and so is the encoder (tests/search/conftest.py)."""
    settings.EMBEDDING_MODEL = None
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as in earnest: servers under test and their threads have connections of their own.
        path = Path(tempfile.gettempdir()) / f"steppingstones-tests-{os.getpid()}.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ELASTICSEARCH_URL = ""
    settings.POSTS_A_MINUTE = 0  # people of tests are quick; tests/discussions/test_limits.py has its own
    settings.STORAGES["attachments"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="steppingstones-tests-")


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.STORAGES["attachments"]["OPTIONS"]["location"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The places are reference data: loaded once, there in every test, and in memory before queries are counted."""
    with django_db_blocker.unblock():
        _load_places()
        _flush_little()


@pytest.fixture(scope="session", autouse=True)
def _cache_of_ones_own() -> Iterator[None]:
    """Workers share one Redis, and a test empties its whole database: each worker takes another of its sixteen."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    default = settings.CACHES["default"]
    if not worker or "redis" not in default["BACKEND"]:
        yield
        return
    location = f"{default['LOCATION'].rsplit('/', 1)[0]}/{int(worker.removeprefix('gw')) + 1}"
    with override_settings(CACHES={"default": {**default, "LOCATION": location}}):
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_the_test_before(_cache_of_ones_own: None) -> None:
    """Neither the pages that a visitor was shown, which are kept for a minute, nor the words that were met."""
    from discussions.live.frames import forget_frames
    from pages import queries as menus
    from partnerships.overlaps import reading
    from partnerships.overlaps import shelf as profiles
    from partnerships.overlaps import texts as purposes
    from search.domain.indexing import forget_known_words
    from search.meaning.shelf import forget

    cache.clear()
    forget()
    forget_frames()
    forget_known_words()
    menus._kept.shown = {settings.LANGUAGE_CODE: (math.inf, menus.own_menus())}  # none lapses while queries are counted
    profiles.forget()
    purposes.forget()
    reading.forget()


@pytest.fixture(autouse=True)
def _pages_are_told_beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps an event loop in the tests' own thread; whoever posts in earnest has none there."""
    from discussions.live import announcing

    def beside(function: Callable[..., Any]) -> Callable[..., Any]:
        tell = async_to_sync(function)

        def told(*args: Any) -> Any:
            with ThreadPoolExecutor(1) as aside:
                return aside.submit(tell, *args).result()

        return told if asyncio._get_running_loop() else tell

    monkeypatch.setattr(announcing, "async_to_sync", beside)


@pytest.fixture(autouse=True)
def _places_are_there(request: pytest.FixtureRequest) -> None:
    """A transactional test leaves nothing but the places: the next one gets Wagtail's roots back."""
    wants = {"db", "transactional_db", "served"}.intersection(request.fixturenames)
    if wants or request.node.get_closest_marker("django_db"):
        from wagtail.models import Locale

        request.getfixturevalue("db")
        if not Locale.objects.exists():
            _lay_reference()
            _lay_roots()


def _flush_little() -> None:
    """What a flush between tests takes away: not what is reference data and would be laid anew. On PostgreSQL it
    deletes, for TRUNCATE waits for, and may deadlock with, what a page still asks whose browser is gone. Keys are
    checked when it commits: what such a page wrote meanwhile goes the next time."""
    operations = type(connection.ops)  # the class: every thread and context has a connection of its own
    statements_of, flush = operations.sql_flush, operations.execute_sql_flush

    def statements(self: Any, style: Any, tables: Iterable[str], **options: Any) -> list[str]:
        wanted = [table for table in tables if table not in _REFERENCE]
        if connection.vendor == "postgresql":
            return [f"DELETE FROM {self.quote_name(table)}" for table in wanted]  # noqa: S608  our own tables
        return statements_of(self, style, wanted, **options)

    def patiently(self: Any, sql: Iterable[str]) -> None:
        for _try in range(3):
            try:
                return flush(self, sql)
            except DatabaseError:
                time.sleep(0.5)
        return flush(self, sql)

    operations.sql_flush = statements
    operations.execute_sql_flush = patiently
    flushing.emit_post_migrate_signal = lambda *_args, **_options: None  # all it would lay is still there


def _lay_reference() -> None:
    """Should something else than our flush have taken it away."""
    from django.contrib.contenttypes.models import ContentType

    from places.models import Place

    if not ContentType.objects.exists():
        ContentType.objects.clear_cache()
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    if not Place.objects.exists():
        _load_places()


def _load_places() -> None:
    from places.domain.loading import load_places
    from places.queries import gazetteer

    load_places()
    gazetteer()


def _lay_roots() -> None:
    """What Wagtail's migrations lay, and a flush takes away: a language and the roots of pages and files."""
    from wagtail.models import Collection, Locale, Page

    Locale.objects.get_or_create(language_code="en-gb")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(instance=Collection(name="Root"))
