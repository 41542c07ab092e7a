"""Lists of threads: what a person may read, and how much of it is new to them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from discussions.models import Attention, Participation, Thread, ThreadTag, Visibility
from discussions.permissions import readable_threads
from discussions.subjects import can_read as can_read_subject
from discussions.subjects import find_many
from places.forms import read_where
from places.queries import UK_CODE, gazetteer
from texts.cleaning import clean_line
from texts.slugs import page_of

WHICH = ("all", "followed", "unread")


@dataclass(frozen=True)
class BoardQuery:
    """Which threads: all, those followed, those with something new; of a place; with words in their titles."""

    which: str = "all"
    where: str = ""
    place: str = ""
    text: str = ""
    faults: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: QueryDict) -> BoardQuery:
        """Any address is a question; what cannot be used is said."""
        which = given.get("which", "")
        where = read_where(clean_line(given.get("where", "")))
        return cls(
            which if which in WHICH else "all",
            where.shown,
            where.code if where.typed and where.code != UK_CODE else "",
            clean_line(given.get("q", ""))[:120],
            where.faults,
        )

    def address(self, page: int = 1) -> str:
        pairs = {"which": self.which if self.which != "all" else "", "where": self.where, "q": self.text}
        kept = {**pairs, "page": str(page) if page > 1 else ""}
        return "?" + urlencode({key: value for key, value in kept.items() if value})

    def narrowed(self, which: str) -> str:
        return replace(self, which=which).address()


@dataclass(frozen=True)
class Listed:
    """A thread in a list."""

    pk: int
    title: str
    url: str
    about: str
    about_url: str
    posts: int
    unread: int
    last_posted_at: datetime.datetime | None
    badges: tuple[str, ...]
    tags: tuple[str, ...]


def board(user: Any, query: BoardQuery) -> QuerySet[Thread]:
    """The threads a person may read, pinned ones and the latest first, each with `unread`."""
    rows: QuerySet[Any] = _with_unread(readable_threads(user), user)
    if query.place:
        rows = rows.filter(place_id__in=(query.place, *gazetteer().authorities_in(query.place)))
    for word in query.text.split()[:6]:
        rows = rows.filter(title__icontains=word)
    if user.is_authenticated and query.which != "all":
        mine = Participation.objects.filter(user=user)
        if query.which == "followed":
            mine = mine.filter(attention=Attention.FOLLOWS)
        rows = rows.filter(pk__in=mine.values("thread_id"))
        if query.which == "unread":
            rows = rows.filter(unread__gt=0)
    return _ordered(rows)


def unread_in_all(user: Any) -> int:
    """How many posts are new to somebody, in all the discussions they ever opened. One query."""
    if not user.is_authenticated:
        return 0
    mine = Participation.objects.filter(user=user, thread__in=readable_threads(user), read__lt=F("thread__posts"))
    return mine.aggregate(number=Coalesce(Sum(F("thread__posts") - F("read")), 0))["number"] or 0


def _ordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by(F("pinned_at").desc(nulls_last=True), F("last_posted_at").desc(nulls_last=True), "-pk")


def _with_unread(rows: QuerySet[Thread], user: Any) -> QuerySet[Thread]:
    """Each with how many posts are new to the person: none for a visitor, and none in a thread they never opened."""
    if not user.is_authenticated:
        return rows.annotate(unread=F("posts") - F("posts"))
    read = Participation.objects.filter(thread=OuterRef("pk"), user=user).values("read")[:1]
    return rows.annotate(unread=F("posts") - Coalesce(Subquery(read), F("posts")))


def listed(rows: Iterable[Any], user: Any) -> list[Listed]:
    """Rows of `board` as a person sees them: two queries, and one for each kind of thing they are about. What is about
    something that they may not read is left out."""
    threads = list(rows)
    subjects = find_many((one.subject_kind, one.subject_key) for one in threads if one.subject_kind)
    tagged = ThreadTag.objects.filter(content_object__in=threads).order_by("tag__name")
    tags: dict[int, list[str]] = {}
    for pk, name in tagged.values_list("content_object_id", "tag__name"):
        tags.setdefault(pk, []).append(name)
    found = []
    for one in threads:
        subject = subjects.get((one.subject_kind, one.subject_key))
        if subject is not None and not can_read_subject(user, subject):
            continue
        place = gazetteer().get(one.place_id) if one.place_id and subject is None else None
        found.append(
            Listed(
                pk=one.pk,
                title=one.title,
                url=one.get_absolute_url(),
                about=subject.title if subject else place.name if place else "",
                about_url=subject.url if subject else page_of("place", place.slug) if place else "",
                posts=one.posts,
                unread=max(0, one.unread),
                last_posted_at=one.last_posted_at,
                badges=_badges(one),
                tags=tuple(tags.get(one.pk, ())),
            )
        )
    return found


def _badges(one: Thread) -> tuple[str, ...]:
    badges = []
    if one.pinned_at:
        badges.append(_("Kept on top"))
    if one.visibility == Visibility.MEMBERS:
        badges.append(_("For members"))
    elif one.visibility == Visibility.ORGANISATIONS:
        badges.append(_("For named organisations"))
    if one.is_closed:
        badges.append(_("Closed"))
    return tuple(badges)


@dataclass(frozen=True)
class Talk:
    """What is said about one thing: the latest threads, and how alive it all is."""

    threads: Sequence[Listed]
    number: int
    posts: int
    last_posted_at: datetime.datetime | None


def talk_about(user: Any, kind: str, key: str, *, most: int = 4) -> Talk:
    """For the page of a thing. One short query where nothing is said, five at the most."""
    if not _is_talked_of(kind, key):
        return Talk((), 0, 0, None)
    about = readable_threads(user).filter(Q(subject_kind=kind, subject_key=key))
    told = about.aggregate(number=Count("pk"), posts=Coalesce(Sum("posts"), 0), last=Max("last_posted_at"))
    threads = listed(_ordered(_with_unread(about, user))[:most], user) if told["number"] else []
    return Talk(threads, told["number"], told["posts"], told["last"])


# Written out: nothing is said about most things, and each page of a thing asks.
_TALKED_OF = "SELECT 1 FROM discussions_thread WHERE subject_kind = %s AND subject_key = %s LIMIT 1"


def _is_talked_of(kind: str, key: str) -> bool:
    """Whether there is any thread about a thing, whoever may read it."""
    with connection.cursor() as cursor:
        cursor.execute(_TALKED_OF, [kind, key])
        return cursor.fetchone() is not None
