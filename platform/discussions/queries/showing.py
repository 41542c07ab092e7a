"""A post as people see it: the same for everyone who may read the thread."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import left
from discussions.domain.quoting import extract_of
from discussions.models import Post, ReactionKind
from discussions.queries.enclosed import LinkCard, ShownFile, cards_of, shown_files
from texts.vocabulary import label_of


@dataclass(frozen=True)
class Answered:
    """The post that another one answers, in short. One that stands elsewhere by now has no author and no words here,
    for not everybody may read it there."""

    thread_id: int
    number: int
    author: str
    extract: str
    removed: bool


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
    cards: tuple[LinkCard, ...]
    files: tuple[ShownFile, ...]


def shown(post: Post) -> ShownPost:
    return shown_posts([post])[0]


def shown_posts(posts: Sequence[Post]) -> list[ShownPost]:
    """No query where author, organisation and what they answer were read with them; where some lead to pages of ours
    one for each kind of page, however many they are."""
    cards = cards_of(path for post in posts if not post.is_removed for path in post.links)
    return [_shown(post, cards) for post in posts]


def _shown(post: Post, cards: Mapping[str, LinkCard]) -> ShownPost:
    reactions: tuple[Reacted, ...] = ()
    removed = ""
    if post.is_removed:
        removed = _said_of_removal(post)
    else:
        reactions = _reactions(post)
    return ShownPost(
        pk=post.pk,
        thread_id=post.thread_id,
        number=post.number or 0,
        client_id=post.client_id,
        author=author_name(post),
        author_id=post.author_id,
        initials=_initials(post),
        organisation=post.organisation.name if post.organisation else "",
        organisation_url=post.organisation.get_absolute_url() if post.organisation else "",
        posted_at=post.posted_at,
        edited=post.edited_at is not None and not removed,
        removed=removed,
        html=mark_safe("" if removed else post.html),  # noqa: S308  made safe when it was written
        answers=_answered(post),
        reactions=reactions,
        cards=() if removed else tuple(cards[path] for path in post.links if path in cards),
        files=() if removed else shown_files(post.files),
    )


def _said_of_removal(post: Post) -> str:
    """Who removed it: the author, who stands above it, or a moderator; nobody knows once that account is gone."""
    if post.removed_by_id is None:
        return _("This post was removed.")
    own = post.removed_by_id == post.author_id
    return _("This post was removed by its author.") if own else _("This post was removed by a moderator.")


def author_name(post: Post) -> str:
    """Never an address: whoever gave no name is a member."""
    if post.author is None or post.author.is_closed:
        return left()
    return post.author.name or _("A member")


def _initials(post: Post) -> str:
    """Two letters at the most, for the stone beside a post."""
    words = post.author.name.split() if post.author else []
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _answered(post: Post) -> Answered | None:
    one = post.answers
    if one is None or one.number is None:
        return None
    if one.thread_id != post.thread_id:
        return Answered(one.thread_id, one.number, "", "", False)
    return Answered(one.thread_id, one.number, author_name(one), extract_of(one), one.is_removed)


def _reactions(post: Post) -> tuple[Reacted, ...]:
    return tuple(
        Reacted(kind, label_of(ReactionKind, kind), len(users), " ".join(map(str, users)))
        for kind in ReactionKind.values
        if (users := post.reactions.get(kind))
    )
