"""What travels over a socket: small JSON texts, one for each language, the same for every reader."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from discussions.live.presence import Here
from discussions.models import Post, Thread
from discussions.queries.showing import author_name, shown_posts
from notifications.queries import shown_number

Frames = Mapping[str, str]  # language → text
_KEPT = 5_000
Key = tuple[int, int, str, str, str]
_kept: dict[Key, str] = {}


def post_frames(post: Post) -> Frames:
    """A post as it is now, for every language."""
    return {code: post_frame(post, code) for code, _name in settings.LANGUAGES}


def post_frame(post: Post, language: str) -> str:
    """The same for one."""
    return post_frames_in([post], language)[0]


def post_frames_in(posts: Sequence[Post], language: str) -> list[str]:
    """The same for many in one language. What a change left behind is never changed again, so it is made once, while
    people are called as they were; but a card shows what a page says now, so a post with one is made each time."""
    keys = [_key(post, language) for post in posts]
    made = {key: _kept[key] for key in keys if key in _kept}
    missing = [post for post, key in zip(posts, keys, strict=True) if key not in made]
    for post, html in zip(missing, _html_of(missing, language), strict=True):
        key = _key(post, language)
        made[key] = _dump(t="post", s=post.changed, n=post.number, id=post.pk, c=post.client_id, html=html)
        if not post.links or post.is_removed:
            _keep(key, made[key])
    return [made[key] for key in keys]


def forget_frames() -> None:
    """What was made is made again: for tests, where another post may have the number of one that is gone."""
    _kept.clear()


def _key(post: Post, language: str) -> Key:
    """Names are in it: somebody may be called otherwise, or have left, without a change of the thread."""
    answered = author_name(post.answers) if post.answers else ""
    return post.pk, post.changed, language, author_name(post), answered


def _keep(key: Key, frame: str) -> None:
    if len(_kept) >= _KEPT:
        for old in list(_kept)[: _KEPT // 2]:
            _kept.pop(old, None)
    _kept[key] = frame


def _html_of(posts: Sequence[Post], language: str) -> list[str]:
    with translation.override(language):
        template = get_template("discussions/parts/post.html")
        return [str(template.render({"post": post})).strip() for post in shown_posts(posts)]


def thread_frame(thread: Thread, sequence: int) -> str:
    """The thread itself: its title and whether one may post. It has no words, so no language.

    `sequence` is the change that is told, not the thread's last: whoever took the last for told would miss what it was.
    """
    return _dump(t="thread", s=sequence, title=thread.title, closed=thread.is_closed)


def same_for_all(frame: str) -> Frames:
    """A frame without words, for every language."""
    return dict.fromkeys((code for code, _name in settings.LANGUAGES), frame)


def read(thread_id: int, number: int) -> str:
    """For somebody's own pages: how far they have read."""
    return _dump(t="read", thread=thread_id, n=number)


def may_write() -> str:
    """For somebody's own pages: what they may write has changed."""
    return _dump(t="write")


def inbox(number: int) -> str:
    """For somebody's own pages: how much is new in their inbox."""
    return _dump(t="inbox", n=shown_number(number))


def hello(sequence: int) -> str:
    return _dump(t="hello", s=sequence)


def beat(sequence: int) -> str:
    """Still there, and this is the last change."""
    return _dump(t="beat", s=sequence)


def here(told: Here) -> tuple[str, str]:
    """Who is here: for people who are signed in, and for visitors, who are told numbers alone."""
    numbers = {"t": "here", "people": told.people, "visitors": told.visitors}
    names = [{"id": person, "name": name} for person, name in told.names]
    typing = [{"id": person, "name": name} for person, name in told.typing]
    return _dump(**numbers, names=names, typing=typing), _dump(**numbers, names=[], typing=[])


def refusal(why: str) -> str:
    return _dump(t="refused", why=why)


def _dump(**parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
