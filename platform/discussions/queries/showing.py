"""A post as people see it: the same for everyone who may read the thread."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from discussions.models import Post, ReactionKind
from texts.markdown import plain_text
from texts.vocabulary import label_of

_EXTRACT = 120


@dataclass(frozen=True)
class Answered:
    """The post that another one answers, in short."""

    number: int
    author: str
    extract: str


@dataclass(frozen=True)
class Reacted:
    kind: str
    label: str
    count: int
    users: str  # their ids, for the page to know its own


@dataclass(frozen=True)
class ShownPost:
    pk: int
    thread_id: int
    number: int
    client_id: str
    author: str
    author_id: int | None
    initials: str
    organisation: str
    organisation_url: str
    posted_at: datetime.datetime
    edited: bool
    removed: str  # the sentence that stands in its place
    html: SafeString
    answers: Answered | None
    reactions: tuple[Reacted, ...]


def shown(post: Post) -> ShownPost:
    """No query where author, organisation and what it answers were read with it."""
    reactions: tuple[Reacted, ...] = ()
    removed = ""
    if post.is_removed:
        own = post.removed_by_id == post.author_id
        removed = _("This post was taken back.") if own else _("This post was removed by a moderator.")
    else:
        reactions = _reactions(post)
    return ShownPost(
        pk=post.pk,
        thread_id=post.thread_id,
        number=post.number or 0,
        client_id=post.client_id,
        author=_name(post),
        author_id=post.author_id,
        initials=_initials(post),
        organisation=post.organisation.name if post.organisation else "",
        organisation_url=post.organisation.get_absolute_url() if post.organisation else "",
        posted_at=post.posted_at,
        edited=post.edited_at is not None and not removed,
        removed=removed,
        html=mark_safe("" if removed else post.html),  # noqa: S308  made safe when it was written
        answers=_answered(post.answers),
        reactions=reactions,
    )


def _name(post: Post) -> str:
    return (post.author.name or _("A member")) if post.author else _("Someone who has left")


def _initials(post: Post) -> str:
    """Two letters at the most, for the stone beside a post."""
    words = post.author.name.split() if post.author else []
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _answered(post: Post | None) -> Answered | None:
    if post is None or post.number is None:
        return None
    words = "" if post.is_removed else plain_text(post.text)
    extract = words if len(words) <= _EXTRACT else words[:_EXTRACT].rsplit(" ", 1)[0] + " …"
    return Answered(post.number, _name(post), extract)


def _reactions(post: Post) -> tuple[Reacted, ...]:
    return tuple(
        Reacted(kind, label_of(ReactionKind, kind), len(users), " ".join(map(str, users)))
        for kind in ReactionKind.values
        if (users := post.reactions.get(kind))
    )
