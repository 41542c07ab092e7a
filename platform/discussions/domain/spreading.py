"""Tell people of new posts: mentioned, answered, following, or looking after what a discussion is about.

The thread keeps up to which post people were told (`told`), and it moves in the transaction that writes what they are
told: a run that dies half-way neither loses nor repeats anything. Posting writes nothing of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Coordination, User
from discussions.domain.quoting import extract_of
from discussions.models import Attention, Mention, Participation, Post, Thread
from discussions.permissions import readers_among
from discussions.queries.mentioning import mentioned_people
from discussions.queries.showing import author_name
from discussions.subjects import find
from notifications.domain.notifying import News, notify
from notifications.domain.noting import mark_seen
from notifications.kinds import Frequency, Kind
from organisations.models import Membership
from organisations.permissions import WRITERS
from places.queries import gazetteer

MENTION, REPLY, OPENED, FOLLOWED = "mention", "reply", "discussion", "post"
# The most telling first: one post tells a person of one thing.
KINDS = (
    Kind(MENTION, gettext_lazy("Somebody mentions you or your organisation"), Frequency.AT_ONCE),
    Kind(REPLY, gettext_lazy("Somebody answers your post"), Frequency.AT_ONCE),
    Kind(OPENED, gettext_lazy("A new discussion about your organisation, initiative or place"), Frequency.DAILY),
    Kind(FOLLOWED, gettext_lazy("New posts in discussions you follow"), Frequency.DAILY),
)
Told = dict[int, dict[int, str]]  # person → number of the post → of which kind


def about(thread_id: int) -> str:
    """What notices of a thread belong to."""
    return f"discussion:{thread_id}"


def tell_new_posts() -> int:
    """For the scheduler. Gives how many threads had something new."""
    waiting = Thread.objects.filter(told__lt=F("posts")).values_list("pk", flat=True)
    return sum(tell_of_thread(pk) for pk in list(waiting))


@transaction.atomic
def tell_of_thread(pk: int) -> bool:
    """A dozen queries, however many people follow."""
    thread = Thread.objects.select_for_update().filter(pk=pk).first()
    if thread is None or thread.told >= thread.posts:
        return False
    rows = Post.objects.filter(thread=thread, number__gt=thread.told, number__lte=thread.posts, removed_at=None)
    posts = list(rows.select_related("author", "answers", "thread").order_by("number"))
    Thread.objects.filter(pk=pk).update(told=thread.posts)
    if posts:
        _notify(thread, posts, _who_is_told(thread, posts))
    return True


def _who_is_told(thread: Thread, posts: Sequence[Post]) -> Told:
    """Who may read it and has not seen it yet, and of what."""
    taking_part = {row.user_id: row for row in Participation.objects.filter(thread=thread)}
    followers = [pk for pk, row in taking_part.items() if row.attention == Attention.FOLLOWS]
    with_mention = set(Mention.objects.filter(post__in=posts).values_list("post_id", flat=True))
    told: Told = {}
    for post in reversed(posts):
        wanted = (
            (FOLLOWED, followers),
            (OPENED, _whose_it_is(thread) if post.number == 1 else ()),
            (REPLY, [post.answers.author_id] if post.answers and post.answers.author_id else ()),
            (MENTION, mentioned_people(post).values_list("pk", flat=True) if post.pk in with_mention else ()),
        )
        for kind, people in wanted:
            for person in people:
                if person != post.author_id and _wants(taking_part.get(person), post):
                    told.setdefault(person, {})[post.number or 0] = kind
    readers = readers_among(User.objects.filter(pk__in=told.keys()), thread)
    allowed = set(readers.values_list("pk", flat=True))
    return {person: kinds for person, kinds in told.items() if person in allowed}


def _wants(row: Participation | None, post: Post) -> bool:
    if row is None:
        return True
    return row.attention != Attention.NONE and row.read < (post.number or 0)


def _whose_it_is(thread: Thread) -> Iterable[int]:
    """Editors and owners of the organisations it is about, and who coordinates its place."""
    subject = find(thread.subject_kind, thread.subject_key) if thread.subject_kind else None
    organisations = subject.organisations if subject else ()
    writers = Membership.objects.filter(organisation__in=organisations, role__in=WRITERS)
    around = gazetteer().closure_up(thread.place_id) if thread.place_id else ()
    coordinators = Coordination.objects.filter(place__in=around)
    return {*writers.values_list("user_id", flat=True), *coordinators.values_list("user_id", flat=True)}


def _notify(thread: Thread, posts: Sequence[Post], told: Told) -> None:
    for post in posts:
        for kind in (MENTION, REPLY, OPENED):
            people = {person: 1 for person, kinds in told.items() if kinds.get(post.number or 0) == kind}
            title = _TITLES[kind]() % {"name": author_name(post), "title": thread.title}
            notify(_news(thread, kind, post, lambda _number, title=title: title), people)
    following = {
        person: number
        for person, kinds in told.items()
        if (number := sum(1 for kind in kinds.values() if kind == FOLLOWED))
    }
    notify(_news(thread, FOLLOWED, posts[-1], lambda number: _new_posts(thread, number)), following)


def _news(thread: Thread, kind: str, post: Post, title: Any) -> News:
    grows = kind == FOLLOWED
    return News(
        kind=kind,
        title=title,
        path=thread.get_absolute_url() if grows else post.get_absolute_url(),
        about=about(thread.pk),
        position=post.number or 0,
        detail=extract_of(post),
        grows=grows,
    )


_TITLES: Mapping[str, Any] = {
    MENTION: lambda: _("%(name)s mentions you in “%(title)s”"),
    REPLY: lambda: _("%(name)s answers you in “%(title)s”"),
    OPENED: lambda: _("%(name)s started “%(title)s”"),
}


def _new_posts(thread: Thread, number: int) -> str:
    text = ngettext("%(number)d new post in “%(title)s”", "%(number)d new posts in “%(title)s”", number)
    return text % {"number": number, "title": thread.title}


def seen(thread_id: int, user_id: int, number: int) -> None:
    """They read up to this post: no line of their inbox says that it is new."""
    mark_seen(user_id, about(thread_id), number)
