"""What was said, post by post, in the discussions a person may read; those not for everyone are in no index.

Posts are read from the newest on, and words are matched as an engine matches them: folded, by stems, with synonyms.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from discussions.models import Post, Thread
from discussions.permissions import readable_threads
from discussions.queries.showing import author_name
from discussions.subjects import can_read as can_read_subject
from discussions.subjects import find_many
from search.domain.marking import Pieces, extract
from search.queries import synonyms
from search.words import Term, Words, parse_words, stem, stems_found, tokens
from texts.markdown import plain_text

PAGE_SIZE = 20
MOST_READ = 20_000  # posts that one question looks through
_AT_ONCE = 500


@dataclass(frozen=True)
class FoundPost:
    pk: int
    thread: str
    url: str  # the post's own address
    author: str
    posted_at: datetime.datetime
    extract: Pieces


@dataclass(frozen=True)
class Within:
    posts: Sequence[FoundPost]
    before: int | None  # where to go on: the id of the last post that was looked at


def find_posts(user: Any, text: str, *, thread: Thread | None = None, before: int | None = None) -> Within:
    """Posts that have all the words, the newest first; of one discussion, or of all this person may read.

    One query for each five hundred posts looked at, and four more.
    """
    words = synonyms().widen(parse_words(text))
    if not words.groups:
        return Within((), None)
    found: list[Post] = []
    at, ended = before, False
    for looked_at, post in enumerate(_newest(user, thread, before), 1):
        at = post.pk
        if has_all(words, plain_text(post.text)):
            found.append(post)
        if len(found) == PAGE_SIZE or looked_at == MOST_READ:
            break
    else:
        ended = True
    return Within(_shown(user, found, words.stems()), None if ended else at)


def _newest(user: Any, thread: Thread | None, before: int | None) -> Iterator[Post]:
    rows = Post.objects.filter(removed_at=None).exclude(number=None)
    rows = rows.filter(thread=thread) if thread else rows.filter(thread__in=readable_threads(user))
    while True:
        batch = list((rows.filter(pk__lt=before) if before else rows).only("pk", "text").order_by("-pk")[:_AT_ONCE])
        yield from batch
        if len(batch) < _AT_ONCE:
            return
        before = batch[-1].pk


def has_all(words: Words, text: str) -> bool:
    """Each group by one of its terms, and nothing that is excluded."""
    if not all(stems_found(text, {stem(word) for term in group for word in term}) for group in words.groups):
        return False
    stems = [stem(word) for word in tokens(text)]
    if any(_stands(term, stems) for term in words.excluded):
        return False
    return all(any(_stands(term, stems) for term in group) for group in words.groups)


def _stands(term: Term, stems: Sequence[str]) -> bool:
    wanted = [stem(word) for word in term]
    return any(list(stems[at : at + len(wanted)]) == wanted for at, one in enumerate(stems) if one == wanted[0])


def _shown(user: Any, posts: Sequence[Post], stems: frozenset[str]) -> list[FoundPost]:
    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).select_related("thread", "author").order_by("-pk")
    told = list(rows)
    subjects = find_many({(one.thread.subject_kind, one.thread.subject_key) for one in told if one.thread.subject_kind})
    shown = []
    for post in told:
        subject = subjects.get((post.thread.subject_kind, post.thread.subject_key))
        if subject is not None and not can_read_subject(user, subject):
            continue
        shown.append(
            FoundPost(
                pk=post.pk,
                thread=post.thread.title,
                url=f"{post.thread.get_absolute_url()}{post.number}/",
                author=author_name(post),
                posted_at=post.posted_at,
                extract=extract("", plain_text(post.text), stems),
            )
        )
    return shown
