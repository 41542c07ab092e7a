"""Every form, filled with rubbish by whoever may post it: never an error, nothing obeyed, nothing typed lost."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.house.conftest import World, client_of

pytestmark = pytest.mark.django_db

MARKUP = '<script>alert("ÄÖ")</script>'
RUBBISH = {
    "markup": MARKUP,
    "null bytes": "a\0b\0",
    "a hundred kilobytes": "x" * 100_000,
    "right to left and emoji": "\u202eevil\u202c 🪨👩‍👩‍👧 \ud83e".encode("utf-8", "replace").decode(),
    "a negative number": "-1",
    "an enormous number": "9" * 60,
    "no number at all": "nan",
    "infinity": "1e400",
    "no day": "0000-00-00",
    "an unknown choice": "no-such-thing",
    "nothing": "",
}
# Address → who posts to it.
FORMS = [
    *(("organisation-new", "", "newcomer"), ("organisation-edit", "organisation", "owner")),
    *(("organisation-people", "organisation", "owner"), ("organisation-people-change", "organisation", "owner")),
    *(("organisation-join", "organisation", "newcomer"), ("organisation-leave", "organisation", "member")),
    *(("organisation-claim", "organisation", "newcomer"), ("organisation-claim-review", "claim", "moderator")),
    *(("invitation-accept", "token", "newcomer"), ("profile", "", "newcomer")),
    *(("initiative-register", "", "editor"), ("initiative-check", "draft", "editor")),
    *(("initiative-step", step, "editor") for step in ("what", "whom", "where", "when", "with")),
    *(("initiative-status", "pk", "owner"), ("initiative-claim", "pk", "owner")),
    *(("initiative-merge", "pair", "moderator"), ("initiative-merges", "", "moderator")),
    *(("moderation-review", "waiting", "moderator"), ("import-start", "", "moderator")),
    *(("import-run", "run", "moderator"), ("account_login", "", "visitor"), ("account_signup", "", "visitor")),
    *(("discussion-new", "", "member"), ("post-new", "discussion", "member"), ("post-do", "post", "owner")),
    *(("pair-judge", "pair", "member"), ("overlap-weights", "", "moderator")),
    *(("partnership-new", "", "editor"), ("partnership-amend", "partnership", "editor")),
    *(("partnership-do", "partnership", "owner"), ("partnership-action", "action", "owner")),
    *(("report", "", "visitor"), ("report-decide", "page_report", "moderator")),
    *(("safeguarding-contacts", "", "administrator"), ("post-report", "post", "visitor")),
    *(("partnerships-calendar", "", "owner"), ("place-changes-do", "place", "newcomer")),
    *(("tags-for-text", "", "newcomer"), ("tag-tend", "tended", "moderator"), ("tag-change", "changed", "moderator")),
    *(("account_request_login_code", "", "visitor"), ("account_reset_password", "", "visitor")),
]
BESIDE = {"tags-for-text"}  # they answer with a part for the page whose form still holds what was typed
GUESSES = (
    "do",
    "answer",
    "status",
    "role",
    "user",
    "person",
    "seen",
    "then",
    "email",
    "text",
    "client_id",
    "mentioned",
    "alt",
    "without",
    "verdict",
    "note",
)
TEXTUAL = {"text", "email", "url", "search", "tel", "textarea"}


class Fields(HTMLParser):
    """The fields of a page's forms that post: name → (kind, value)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}
        self.posts = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.posts = given.get("method", "").lower() == "post"
        elif self.posts and tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.found.setdefault(given["name"], (given.get("type", tag), given.get("value", "")))


def fields_of(page: Any) -> dict[str, tuple[str, str]]:
    parser = Fields()
    if page.status_code == 200:
        parser.feed(page.content.decode())
    return parser.found or dict.fromkeys(GUESSES, ("text", ""))


def fillings(fields: dict[str, tuple[str, str]], rubbish: str) -> Iterator[dict[str, Any]]:
    """What people type is rubbish; then what the page itself keeps is too; then every answer comes twice."""
    kept = {name: value for name, (kind, value) in fields.items() if kind == "hidden"}
    typed = {name: rubbish for name, (kind, _value) in fields.items() if kind not in ("hidden", "button", "submit")}
    yield {**kept, **typed}
    yield dict.fromkeys(fields, rubbish)
    yield {name: [rubbish, rubbish] for name in fields}


@pytest.mark.parametrize("role", sorted({role for _name, _about, role in FORMS}))
def test_rubbish_is_refused_and_never_an_error(role: str, world: World):
    for name, about, who in FORMS:
        if who != role:
            continue
        arguments = [*world.arguments["draft"], about] if name == "initiative-step" else world.arguments[about]
        refuses(reverse(name, args=arguments), world.users[role], beside=name in BESIDE)


def refuses(address: str, user: User | None, *, beside: bool) -> None:
    client = client_of(user)
    fields = fields_of(client.get(address))
    for what, rubbish in RUBBISH.items():
        for number, filling in enumerate(fillings(fields, rubbish)):
            cache.clear()  # the limits of sign-in would refuse the tenth without reading it
            with transaction.atomic():
                answer = client.post(address, filling)
                transaction.set_rollback(True)
            assert answer.status_code < 500, (address, what, number)
            if answer.status_code not in (200, 422) or rubbish != MARKUP:
                continue
            html = answer.content.decode()
            assert MARKUP not in html, (address, number)
            if number == 0 and not beside and any(kind in TEXTUAL for kind, _value in fields.values()):
                assert escape(MARKUP) in html, f"{address}: what was typed is gone"


def test_questions_in_an_address_are_never_an_error(client: Client, world: World):
    names = ("q", "where", "place", "kind", "stage", "transition", "support", "tag", "page", "unknown")
    for name in ("initiatives", "organisations", "places", "place-suggest", "search-suggest", "organisation-suggest"):
        for what, rubbish in RUBBISH.items():
            if len(rubbish) > 10_000:
                rubbish = rubbish[:8_000]  # no server takes a longer address
            for asked in (*({one: rubbish} for one in names), dict.fromkeys(names, rubbish)):
                answer = client.get(reverse(name), asked)
                assert answer.status_code < 500, (name, what, asked)
                assert MARKUP not in answer.content.decode()
