"""What was looked for and not found: a number for each month, place, step and support, and nothing that tells who."""

from __future__ import annotations

import datetime
import sqlite3
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from initiatives.events import NothingFound
from notifications.announcing import announce
from search.domain import missing
from search.domain.missing import count_missed, follow_nothing_found, forget_missed
from search.models import MissedSearch
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.places import place
from tests.factories.together import at_once

BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
Counted = Callable[..., dict[tuple[str, str, str], int]]


@pytest.fixture
def ask(db: None, client: Client, django_capture_on_commit_callbacks: Any) -> Counted:
    """Ask an address as a browser does, past the page that visitors get for a minute; what is counted after it."""
    times = count()

    def asked(address: str, *, by: Client | None = None, method: str = "get", **headers: str) -> dict[Any, int]:
        with django_capture_on_commit_callbacks(execute=True):
            answer = getattr(by or client, method)(
                f"{address}&fresh={next(times)}", headers={**BROWSER, **headers}, follow=True
            )
        assert answer.status_code == 200
        rows = MissedSearch.objects.values_list("place_code", "step", "support", "count")
        return {(place, step, support): count for place, step, support, count in rows}

    return asked


def test_a_search_without_result_is_counted_by_what_it_asked_and_by_nothing_else(ask: Counted):
    InitiativeFactory(title="Chess")
    assert ask("/search/?q=chess&where=middlesbrough") == {}
    assert ask("/search/?q=chess&where=cardiff") == {(CARDIFF, "", ""): 1}
    found = ask("/search/?q=robots&where=TS1+3BA&stage=primary&transition=primary-to-secondary&support=digital")
    assert found == {
        (CARDIFF, "", ""): 1,
        (MIDDLESBROUGH, "primary", "digital"): 1,
        (MIDDLESBROUGH, "primary-to-secondary", "digital"): 1,
    }
    assert ask("/initiatives/?where=Hartlepool&support=money")[HARTLEPOOL, "", "money"] == 1  # the list, too
    assert ask("/search/?stage=primary&support=money&where=Hartlepool")[HARTLEPOOL, "primary", "money"] == 1
    assert ask("/search/?q=robots&support=money")["", "", "money"] == 1  # of the whole UK
    names = {field.name for field in MissedSearch._meta.get_fields()}
    assert names == {"id", "month", "place_code", "step", "support", "count"}
    assert "robots" not in repr(MissedSearch.objects.values_list())


def test_what_is_no_question_of_a_person_or_says_too_little_is_not_counted(ask: Counted, client: Client):
    empty = "/search/?q=robots&where=cardiff&support=money"
    every = "&".join(f"support={kind}" for kind in ("guidance", "mentoring", "coaching", "skills", "employers"))
    steps = "&".join(f"stage={stage}" for stage in ("primary", "secondary", "early-years"))
    assert ask("/search/?q=robots") == {}
    assert ask(f"/search/?q=robots&{every}&{steps}") == {}  # everything at once
    assert ask("/search/?q=robots&where=Qwxzville&support=money") == {}  # nobody knows where
    assert ask("/search/?q=robots&what=organisations&where=cardiff") == {}
    assert ask(f"{empty}&page=2") == {}
    assert ask(empty, method="head") == {}
    assert ask(empty, **{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}) == {}
    assert ask(empty, **{"user-agent": ""}) == {}
    assert ask(empty, **{"sec-purpose": "prefetch;prerender"}) == {}
    assert ask(empty, **{"hx-request": "true"}) == {}
    assert ask("/search/suggest/?q=robots", **{"hx-request": "true"}) == {}
    assert ask(empty, **{"hx-request": "true", "hx-boosted": "true"}) == {(CARDIFF, "", "money"): 1}


def test_the_same_asker_counts_once_an_hour_and_another_counts_too(ask: Counted):
    empty, cell = "/search/?q=robots&where=cardiff&support=money", (CARDIFF, "", "money")
    one, other = sign_in(Client(), UserFactory()), sign_in(Client(), UserFactory())
    assert ask(empty, by=one) == ask(empty, by=one) == {cell: 1}
    assert ask(empty, by=other) == {cell: 2}
    assert ask("/search/?q=other&where=cardiff&support=money", by=one) == {cell: 3}
    cache.clear()  # an hour later
    assert ask(empty, by=one) == {cell: 4}
    for number in range(3):  # what a client makes up of itself makes nobody else of it
        visitor = Client()
        visitor.cookies["sessionid"] = f"made-up-{number}"
        assert ask(empty, by=visitor, **{"user-agent": f"Mozilla/5.0 (number {number})"}) == {cell: 5}


def test_who_may_read_the_numbers_of_a_place_adds_nothing_to_them(ask: Counted):
    empty, cell = "/search/?q=robots&where=cardiff&support=money", (CARDIFF, "", "money")
    assert ask(empty, by=sign_in(Client(), CoordinatorFactory(place=place("cardiff")))) == {}
    assert ask(empty, by=sign_in(Client(), CoordinatorFactory(place=place("wales")))) == {}
    assert ask(empty, by=sign_in(Client(), ModeratorFactory())) == {}
    assert ask(empty, by=sign_in(Client(), CoordinatorFactory(place=place()))) == {cell: 1}


def test_a_count_that_fails_leaves_the_answer_whole(ask: Counted, monkeypatch: pytest.MonkeyPatch, caplog: Any):
    def broken(*_args: Any, **_more: Any) -> None:
        raise DatabaseError("no room")

    monkeypatch.setattr(missing, "count_missed", broken)
    assert ask("/search/?q=robots&where=cardiff&support=money") == {}
    assert "follow_nothing_found failed on NothingFound" in caplog.text
    monkeypatch.setattr("initiatives.views.missing.first_asking", broken)
    assert ask("/search/?q=robots&where=cardiff&support=money") == {}
    assert "A search that found nothing could not be told" in caplog.text


def test_numbers_of_two_years_ago_are_forgotten(db: None):
    for month in (202410, 202411, 202412, 202611):
        count_missed(CARDIFF, ["primary"], [], month=month)
    assert forget_missed(datetime.date(2026, 11, 28)) == 1
    assert forget_missed(datetime.date(2026, 11, 28)) == 0
    assert sorted(MissedSearch.objects.values_list("month", flat=True)) == [202411, 202412, 202611]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_two(caplog: pytest.LogCaptureFixture):
    event = NothingFound(CARDIFF, ("primary",), ("money", "digital"))
    outcome = at_once(*[lambda: follow_nothing_found(event)] * 4, lambda: announce(event))
    assert outcome == [None] * 5
    assert sorted(MissedSearch.objects.values_list("support", "count")) == [("digital", 5), ("money", 5)]
    if connection.vendor == "sqlite":  # where an import that writes would keep everybody waiting
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with caplog.at_level("INFO"):
            follow_nothing_found(event)
        assert "was not counted: database is locked" in caplog.text
        assert all(line.levelname == "INFO" for line in caplog.records if "not counted" in line.message)
        assert time.monotonic() - began < 5
        other.execute("ROLLBACK")
        other.close()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (20_000,)
        assert count_missed(CARDIFF, ["primary"], ["money"]) == 1
