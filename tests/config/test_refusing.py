"""Who is too fast hears the same for a second, and nobody else does."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from config import refusing
from config.refusing import Refusals

SCRIPT = (b"accept", b"application/json")
POST = {
    "type": "http",
    "method": "POST",
    "path": "/discussions/1/post/",
    "headers": [(b"cookie", b"session=ana"), SCRIPT],
}
OTHERS = [
    {**POST, "headers": [(b"cookie", b"session=ben"), SCRIPT]},
    {**POST, "path": "/discussions/2/post/"},
    {**POST, "headers": [(b"cookie", b"session=ana"), SCRIPT, (b"accept-language", b"cy")]},
    {**POST, "method": "GET"},
    {**POST, "headers": [SCRIPT]},
]


def answers(*asked: dict[str, Any], status: int = 429, pause: float = 0.0) -> tuple[list[list[Any]], int]:
    """What each was told, and how often the product itself was asked."""
    thought = []

    async def product(scope: Any, _receive: Any, send: Any) -> None:
        thought.append(scope)
        await send({"type": "http.response.start", "status": status, "headers": [(b"retry-after", b"9")]})
        await send({"type": "http.response.body", "body": f"{len(thought)}".encode()})

    async def scene() -> list[list[Any]]:
        application, told = Refusals(product), []
        for scope in asked:
            heard: list[Any] = []

            async def send(message: Any, heard: list[Any] = heard) -> None:
                heard.append(message)

            await application(scope, None, send)
            told.append(heard)
            await asyncio.sleep(pause)
        return told

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, scene()).result(), len(thought)


def test_the_same_again_within_the_second_is_answered_alike_and_not_thought_about():
    told, thought = answers(*[POST] * 50)
    assert thought == 1 and all(one == told[0] for one in told)


def test_after_that_it_is_thought_about_anew(monkeypatch):
    monkeypatch.setattr(refusing, "KEPT_FOR", 0.01)
    assert answers(POST, POST, pause=0.03)[1] == 2


@pytest.mark.parametrize("other", OTHERS)
def test_nobody_else_hears_it_and_nothing_else_is_answered_by_it(other):
    assert answers(POST, other)[1] == 2
    assert answers(POST, other, POST)[1] == 2


def test_a_form_sent_without_a_script_is_always_thought_about_since_it_gets_back_what_was_typed():
    form = {**POST, "headers": [(b"cookie", b"session=ana"), (b"accept", b"text/html,*/*")]}
    assert answers(form, form, form)[1] == 3


@pytest.mark.parametrize("status", [201, 302, 403, 422, 500])
def test_no_other_answer_is_repeated(status):
    assert answers(POST, POST, POST, status=status)[1] == 3


def test_so_many_are_kept_and_no_more(monkeypatch):
    monkeypatch.setattr(refusing, "MOST", 2)
    people = [{**POST, "headers": [(b"cookie", f"session={number}".encode()), SCRIPT]} for number in range(5)]
    assert answers(*people, *people)[1] == 8
