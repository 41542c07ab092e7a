"""The page itself on a bad line: whatever is lost, doubled, late or cut, it ends as a fresh load shows it."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from discussions.domain.errors import DiscussionError
from discussions.domain.posting import edit_post, react, remove_post
from discussions.domain.tending import rename_thread
from discussions.models import Post, ReactionKind
from tests.factories.discussions import member, post_in, thread_by

STEPS, PATIENCE = 35, 15  # things that happen; seconds until the page agrees
SHOWN = """() => ({
  title: document.getElementById("thread-title").textContent.trim(),
  waiting: document.getElementById("thread-waiting").hidden,
  posts: [...document.querySelectorAll("#posts > .post")].map((post) => [
    post.id, post.className, post.querySelector(".post__text, .post__removed").innerText,
    [...post.querySelectorAll(".post__reaction .count")].map((count) => count.parentElement.textContent.trim()),
    post.querySelector(".post__edited") !== null, post.querySelector(".post__answers")?.innerText.trim(),
  ]),
})"""


@pytest.fixture
def thread(site):
    return thread_by(title="Who meets the Year 7s?")


class BadLine:
    """Between a page and the server: what is said is lost, doubled and late, and now and then the line is cut."""

    def __init__(self, page: Page, chance: random.Random) -> None:
        self._chance = chance
        self._late: list[tuple[WebSocketRoute, str | bytes]] = []
        self._socket: WebSocketRoute | None = None
        self.is_bad = True
        page.route_web_socket("**/live/**", self._carry)

    def _carry(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        server = socket.connect_to_server()
        server.on_message(lambda said: self._pass_on(socket, said))

    def _pass_on(self, socket: WebSocketRoute, said: str | bytes) -> None:
        dice = self._chance.random() if self.is_bad and json.loads(said)["t"] in ("post", "thread") else 0.5
        if dice < 0.15:
            return
        if dice < 0.35:
            self._late.append((socket, said))
            return
        socket.send(said)
        if dice > 0.85:
            socket.send(said)

    def step(self) -> None:
        self._chance.shuffle(self._late)
        while self._late and self._chance.random() < 0.5:
            socket, said = self._late.pop()
            if socket is self._socket:
                socket.send(said)
        if self._socket is not None and self._chance.random() < 0.08:
            self._socket.close(code=4000)
            self._socket = None


def something(thread: Any, people: list[Any], chance: random.Random) -> None:
    """One of the people does something."""
    person = chance.choice(people)
    posts = list(Post.objects.filter(thread=thread, removed_at=None).select_related("author", "thread"))
    post = chance.choice(posts)
    what = chance.choice(("post", "post", "post", "answer", "edit", "remove", "react", "react", "rename"))
    try:
        if what in ("post", "answer"):
            post_in(thread, person, text=f"Words {time.monotonic_ns()}.", answers=post if what == "answer" else None)
        elif what == "edit":
            edit_post(post, user=post.author, text=f"Other words {time.monotonic_ns()}.")
        elif what == "remove" and post.number != 1:
            remove_post(post, user=post.author)
        elif what == "react":
            react(post, user=person, kind=chance.choice(ReactionKind.values), wanted=chance.random() < 0.8)
        elif what == "rename":
            rename_thread(thread, user=thread.opened_by, title=f"Title {time.monotonic_ns()}")
    except DiscussionError:
        return


@pytest.mark.parametrize("seed", [1, 2])
def test_on_a_bad_line_a_page_ends_as_a_fresh_load_shows_it(visit, thread, seed):
    chance, people = random.Random(seed), [member(), member(), thread.opened_by]
    pages = [visit("/healthz", user=people[0]), visit("/healthz")]
    lines = [BadLine(page, chance) for page in pages]
    for page in pages:
        page.goto(thread.get_absolute_url())
    for _step in range(STEPS):
        something(thread, people, chance)
        for page, line in zip(pages, lines, strict=True):
            page.wait_for_timeout(chance.choice((5, 20, 60)))
            line.step()
    for page, line in zip(pages, lines, strict=True):
        line.is_bad = False
        page.evaluate("window.dispatchEvent(new Event('online'))")
    for page in pages:
        fresh = page.context.new_page()
        fresh.goto(thread.get_absolute_url() + "?from=1")
        expected, until = fresh.evaluate(SHOWN), time.monotonic() + PATIENCE
        while page.evaluate(SHOWN) != expected and time.monotonic() < until:
            page.wait_for_timeout(100)
        assert page.evaluate(SHOWN) == expected
        fresh.close()


def test_what_was_missed_stands_in_its_order_though_a_post_of_it_was_thanked(visit, thread):
    page = visit(thread.get_absolute_url())
    expect(page.locator("#thread-line")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator("#thread-line")).to_be_visible()
    missed = [post_in(thread, text=f"Missed {number}") for number in range(3)]
    react(missed[0], user=member(), kind="thanks", wanted=True)
    page.context.set_offline(False)
    expect(page.locator("#posts .post")).to_have_count(4)
    assert page.locator("#posts .post").evaluate_all("posts => posts.map((post) => post.id)") == [
        "p1",
        "p2",
        "p3",
        "p4",
    ]
    expect(page.locator("#thread-waiting")).to_be_hidden()


def test_a_page_in_a_busy_room_says_now_and_then_that_it_is_there(visit, thread):
    page, said, open_sockets = visit("/healthz"), [], []

    def busy(socket: WebSocketRoute) -> None:
        socket.on_message(lambda text: said.append(text))
        open_sockets.append(socket)
        socket.send('{"t":"hello","s":1}')

    page.route_web_socket("**/live/**", busy)
    page.clock.install()
    page.goto(thread.get_absolute_url())
    page.wait_for_function("document.getElementById('thread-line').hidden")
    for _second in range(80):  # the server lets go who is not heard for ninety
        open_sockets[-1].send('{"t":"beat","s":1}')
        page.clock.run_for(1_000)
    assert said.count('{"t":"ping"}') >= 2 and len(open_sockets) == 1


def test_who_signs_out_in_another_tab_goes_on_reading_as_a_visitor(visit, thread):
    page = visit(thread.get_absolute_url(), user=member(name="Ana Ruiz"))
    other = visit(thread.get_absolute_url(), user=member(name="Ben Ode"))
    expect(other.locator("#thread-here")).to_contain_text("Ana Ruiz")
    tab = page.context.new_page()
    tab.goto("/accounts/logout/")
    tab.locator("main").get_by_role("button").first.click()
    expect(other.locator("#thread-here")).not_to_contain_text("Ana Ruiz")
    post_in(thread, text="For everyone.")
    expect(page.locator("#posts .post")).to_have_count(2)
    expect(page.locator("#thread-line")).to_be_hidden()
