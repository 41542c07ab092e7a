"""Pages of one discussion on a bad line, and the people who write in it: what every page shows in the end must be what
a fresh load shows. Used by the suite (test_pages_agree.py) and by the benchmark `live` (R4, ten thousand steps).

A page keeps the numbers as static/discussions/changes.js does, which tests/browser/test_changes.py runs by itself. What
is announced comes after the commit, and so sometimes after the next commit: announcements wait here and come mixed up.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import Any

from django.test import Client, TestCase

from accounts.models import User
from discussions.domain.errors import DiscussionError
from discussions.domain.moderating import lift, mute
from discussions.domain.posting import edit_post, post_message, react, remove_post, restore_post
from discussions.domain.tending import close_thread, move_thread, rename_thread
from discussions.live import announcing
from discussions.models import Muting, Post, ReactionKind, Thread
from discussions.subjects import find
from tests.factories.accounts import ModeratorFactory
from tests.factories.discussions import client_id, member, thread_by
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH

LOST, DOUBLED, LATE = 0.1, 0.1, 0.15
PROMPT = 0.7  # of what is announced, before anything else happens


class Page:
    """What one page shows, and up to which change."""

    def __init__(self, thread: Thread) -> None:
        self._thread = thread
        self.posts: dict[int, str] = {}
        self.title, self.closed = "", False
        self.reached = 0
        self.put: list[int] = []  # the changes of posts in the order in which they were put in
        self.is_open = True
        self.ask()

    def take(self, frame: Mapping[str, Any]) -> None:
        if not self.is_open or frame["s"] <= self.reached:
            return
        if frame["s"] > self.reached + 1:
            self.ask()
            return
        self._put(frame)
        self.reached = frame["s"]

    def ask(self) -> None:
        more = True
        while more:
            address = f"/discussions/{self._thread.pk}/entries/?after={self.reached}"
            answer = json.loads(Client(SERVER_NAME="localhost").get(address).content)
            for frame in answer["frames"]:
                if frame["s"] > self.reached:
                    self._put(frame)
            self.reached = max(self.reached, answer["s"])
            more = answer["more"]

    def reach(self, number: int) -> None:
        """A heartbeat, or a greeting."""
        if self.is_open and number > self.reached:
            self.ask()

    def come_back(self, number: int) -> None:
        self.is_open = True
        self.reach(number)

    def _put(self, frame: Mapping[str, Any]) -> None:
        if frame["t"] == "thread":
            self.title, self.closed = frame["title"], frame["closed"]
        else:
            self.posts[frame["n"]] = frame["html"]
            self.put.append(frame["s"])

    @property
    def is_in_order(self) -> bool:
        """Every change of a post once, and none after a later one."""
        return all(one < after for one, after in itertools.pairwise(self.put))

    def shows(self) -> tuple[dict[int, str], bool]:
        return dict(sorted(self.posts.items())), self.closed


class World:
    """A discussion, who writes in it, a moderator, and pages on a line that loses, doubles and delays."""

    def __init__(self, chance: random.Random, *, pages: int = 4) -> None:
        self.chance = chance
        self.writers = [member() for _number in range(3)]
        self.moderator = ModeratorFactory()
        self.thread = thread_by(self.writers[0], title="A thread")
        self.pages = [Page(self.thread) for _number in range(pages)]
        self.titles = itertools.count(1)
        self.late: list[tuple[Page, Mapping[str, Any]]] = []
        self.untold: list[Callable[[], Any]] = []  # what is to be announced: the server was busy after the commit
        self.steps: tuple[Callable[[], None], ...] = (
            *(
                self.post,
                self.post,
                self.post,
                self.edit,
                self.remove,
                self.restore,
                self.react,
                self.rename,
                self.move,
            ),
            *(
                self.close,
                self.mute,
                self.disconnect,
                self.disconnect,
                self.come_back,
                self.come_back,
                self.arrive_late,
            ),
        )

    @contextmanager
    def listening(self) -> Any:
        """Frames come to the pages instead of the layer."""
        send = announcing.send
        announcing.send = self._carry
        try:
            yield
        finally:
            announcing.send = send

    def _carry(self, _group: str, **message: Any) -> None:
        if "frames" not in message or "s" not in message:
            return
        frame = json.loads(message["frames"]["en-gb"])
        for page in self.pages:
            dice = self.chance.random()
            if dice < LOST:
                continue
            if dice < LOST + LATE:
                self.late.append((page, frame))
                continue
            page.take(frame)
            if dice > 1 - DOUBLED:
                page.take(frame)

    def step(self) -> str:
        """One thing that happens; gives its name."""
        return self.do(self.chance.choice(self.steps))

    def do(self, one: Callable[[], None], *, is_prompt: bool | None = None) -> str:
        with TestCase.captureOnCommitCallbacks() as told:
            try:
                one()
                refused = ""
            except DiscussionError:
                refused = ", refused"
        self.untold += told
        if self.chance.random() < PROMPT if is_prompt is None else is_prompt:
            self.announce()
        return one.__name__ + refused

    def announce(self) -> None:
        """Each process announces in its own time: what two of them committed may be told the other way round."""
        self.chance.shuffle(self.untold)
        while self.untold:
            with TestCase.captureOnCommitCallbacks() as more:
                self.untold.pop()()
            self.untold += more

    def quiet(self) -> None:
        """Everything that is late arrives, everyone comes back, and one heartbeat is heard."""
        self.announce()
        for page, frame in self.late:
            page.take(frame)
        self.late.clear()
        for page in self.pages:
            page.is_open = True
        self.beat()

    def beat(self) -> None:
        """Open pages hear the last number."""
        number = Thread.objects.values_list("sequence", flat=True).get(pk=self.thread.pk)
        for page in self.pages:
            page.reach(number)

    def differences(self) -> int:
        """Pages that do not show what a fresh one shows, or were given a change twice or too late."""
        fresh = Page(self.thread)
        number = Thread.objects.values_list("posts", flat=True).get(pk=self.thread.pk)
        assert sorted(fresh.posts) == list(range(1, number + 1)), "numbers without gaps"
        told = fresh.title or "A thread"
        return sum(
            page.shows() != fresh.shows() or (page.title or "A thread") != told or not page.is_in_order
            for page in self.pages
        )

    def _writer(self) -> User:
        return User.objects.get(pk=self.chance.choice(self.writers).pk)

    def _some_post(self, **which: Any) -> Post:
        posts = list(Post.objects.filter(thread=self.thread, **which).order_by("pk"))
        if not posts:
            raise DiscussionError
        return self.chance.choice(posts[-40:])

    def _thread(self) -> Thread:
        return Thread.objects.get(pk=self.thread.pk)

    def post(self) -> None:
        answers = self._some_post() if self.chance.random() < 0.3 else None
        said = f"Words {next(self.titles)}."
        sent = client_id()
        for _retry in range(self.chance.choice((1, 1, 2))):
            post_message(self._thread(), author=self._writer_kept(), text=said, client_id=sent, answers=answers)

    def _writer_kept(self) -> User:
        self._last = getattr(self, "_last", None) or self._writer()
        kept = User.objects.get(pk=self._last.pk)
        if self.chance.random() < 0.5:
            self._last = None
        return kept

    def edit(self) -> None:
        post = self._some_post(removed_at=None)
        edit_post(post, user=post.author, text=f"Other words {next(self.titles)}.")

    def remove(self) -> None:
        post = self._some_post(removed_at=None)
        remove_post(post, user=self.chance.choice((post.author, self.moderator)), reason="A reason.")

    def restore(self) -> None:
        restore_post(self._some_post(removed_at__isnull=False), user=self.moderator)

    def react(self) -> None:
        kind = self.chance.choice(ReactionKind.values)
        react(self._some_post(), user=self._writer(), kind=kind, wanted=self.chance.random() < 0.7)

    def rename(self) -> None:
        rename_thread(self._thread(), user=self.moderator, title=f"Title {next(self.titles)}")

    def move(self) -> None:
        place = find("place", self.chance.choice((MIDDLESBROUGH, CARDIFF)))
        move_thread(self._thread(), user=self.moderator, subject=place)

    def close(self) -> None:
        close_thread(self._thread(), user=self.moderator, closed=self.chance.random() < 0.3)

    def mute(self) -> None:
        standing = Muting.objects.filter(lifted_at=None).first()
        if standing is not None:
            lift(standing, user=self.moderator)
        else:
            mute(self._writer(), by=self.moderator, reason="A reason.")

    def disconnect(self) -> None:
        self.chance.choice(self.pages).is_open = False

    def come_back(self) -> None:
        self.chance.choice(self.pages).come_back(self._thread().sequence)

    def arrive_late(self) -> None:
        self.chance.shuffle(self.late)
        for page, frame in self.late[:5]:
            page.take(frame)
        del self.late[:5]
