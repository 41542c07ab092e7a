"""Lists of threads: what a person may read, and how much of it is new to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.http import urlencode

from discussions.models import Attention, Participation, Thread
from discussions.permissions import readable_threads
from discussions.subjects import Subject
from places.domain.finding import find_places
from places.queries import gazetteer
from texts.cleaning import clean_line

WHICH = ("all", "followed", "unread")


@dataclass(frozen=True)
class BoardQuery:
    """Which threads: all, those followed, those with something new; of a place; with words in their titles."""

    which: str = "all"
    where: str = ""
    place: str = ""
    words: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: QueryDict) -> BoardQuery:
        """Any address is a question; what cannot be used is left out."""
        which = given.get("which", "")
        where = clean_line(given.get("where", ""))[:120]
        exact = gazetteer().by_slug(where.lower()) if where else None
        found = exact or (next(iter(find_places(where, limit=1)), None) if where else None)
        return cls(
            which if which in WHICH else "all",
            where,
            found.code if found else "",
            tuple(clean_line(given.get("q", ""))[:120].split()[:6]),
        )

    def address(self, page: int = 1) -> str:
        pairs = {"which": self.which if self.which != "all" else "", "where": self.where, "q": " ".join(self.words)}
        return "?" + urlencode(
            {key: value for key, value in {**pairs, "page": page if page > 1 else ""}.items() if value}
        )

    def narrowed(self, which: str) -> str:
        return replace(self, which=which).address()


def board(user: Any, query: BoardQuery) -> QuerySet[Thread]:
    """The threads a person may read, pinned ones and the latest first, each with `unread`."""
    rows: QuerySet[Any] = with_unread(readable_threads(user), user)
    if query.place:
        rows = rows.filter(place_id__in=_places(query.place))
    for word in query.words:
        rows = rows.filter(title__icontains=word)
    if user.is_authenticated and query.which != "all":
        mine = Participation.objects.filter(user=user)
        if query.which == "followed":
            mine = mine.filter(attention=Attention.FOLLOWS)
        rows = rows.filter(pk__in=mine.values("thread_id"))
        if query.which == "unread":
            rows = rows.filter(unread__gt=0)
    return rows.select_related("place").order_by(F("pinned_at").desc(nulls_last=True), "-last_posted_at", "-pk")


def _places(code: str) -> Sequence[str]:
    """A place and all within it; what a wider place discusses stays on its own board."""
    return (code, *gazetteer().authorities_in(code))


def with_unread(rows: QuerySet[Thread], user: Any) -> QuerySet[Thread]:
    """Each with how many posts are new to the person: none for a visitor, all in a thread never opened."""
    if not user.is_authenticated:
        return rows.annotate(unread=F("posts") - F("posts"))
    read = Participation.objects.filter(thread=OuterRef("pk"), user=user).values("read")[:1]
    return rows.annotate(unread=F("posts") - Coalesce(Subquery(read), 0))


def threads_of(user: Any, subject: Subject, *, most: int = 5) -> list[Thread]:
    """The threads about a thing, for its page."""
    about = Q(subject_kind=subject.kind, subject_key=subject.key)
    rows = with_unread(readable_threads(user).filter(about), user)
    return list(rows.order_by(F("pinned_at").desc(nulls_last=True), "-last_posted_at", "-pk")[:most])
