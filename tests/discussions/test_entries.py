"""What a page that comes back is told: all that changed, however much it was and whatever happens while it asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from discussions.domain.posting import react
from discussions.domain.tending import close_thread, rename_thread
from discussions.events import ThreadChanged
from discussions.live import announcing
from discussions.queries import reading
from discussions.views import entries
from tests.factories.discussions import member, post_in, thread_by

pytestmark = pytest.mark.django_db


def ask(thread: Any, after: int) -> dict[str, Any]:
    return dict(json.loads(Client().get(f"/discussions/{thread.pk}/entries/?after={after}").content))


def test_a_new_title_is_told_though_more_was_said_since_than_one_answer_holds(monkeypatch):
    for room in (reading, entries):
        monkeypatch.setattr(room, "MOST_CHANGES", 3)
    thread = thread_by()
    rename_thread(thread, user=thread.opened_by, title="Another title")
    for _number in range(8):
        post_in(thread)
    titles, reached, more = [], 1, True
    while more:
        answer = ask(thread, reached)
        titles += [frame["title"] for frame in answer["frames"] if frame["t"] == "thread"]
        assert all(reached < frame["s"] <= answer["s"] for frame in answer["frames"])
        reached, more = answer["s"], answer["more"]
    assert set(titles) == {"Another title"} and reached == 10


def test_what_happens_to_the_thread_while_a_page_asks_is_not_passed_over():
    """Between reading the thread and reading its posts somebody closes it and opens it again, renamed, and posts."""
    thread = thread_by()
    opener = thread.opened_by
    post_in(thread, opener)

    def meanwhile() -> None:
        rename_thread(thread, user=opener, title="Another title")
        close_thread(thread, user=opener, closed=True)
        close_thread(thread, user=opener, closed=False)
        post_in(thread, opener, text="Meanwhile.")

    with connection.execute_wrapper(once("discussions_post", meanwhile)):
        answer = ask(thread, 1)
    assert [frame["n"] for frame in answer["frames"] if frame["t"] == "post"] == [2, 3]
    assert [frame["title"] for frame in answer["frames"] if frame["t"] == "thread"] == ["Another title"]
    assert answer["s"] == 6


def once(table: str, act: Callable[[], None]) -> Callable[..., Any]:
    """Do it just before the first reading of a table."""
    waiting = [act]

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if waiting and sql.startswith("SELECT") and f'FROM "{table}"' in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    return wrapper


def test_a_change_of_the_thread_is_told_by_its_own_number_though_others_came_after_it(monkeypatch):
    thread = thread_by()
    rename_thread(thread, user=thread.opened_by, title="Another title")
    post_in(thread)
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(announcing, "send", lambda _group, **message: told.append(message))
    announcing.tell_pages_of_thread(ThreadChanged(thread.pk, 2))
    assert [json.loads(message["frames"]["cy"])["s"] for message in told] == [2]


def test_a_post_that_somebody_thanked_comes_after_the_one_below_it():
    """In the order of last changes: a page puts them by their numbers (tests/browser/test_pages_agree.py)."""
    thread = thread_by()
    first, _second = post_in(thread), post_in(thread)
    react(first, user=member(), kind="thanks", wanted=True)
    assert [frame["n"] for frame in ask(thread, 1)["frames"]] == [3, 2]
