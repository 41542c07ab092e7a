"""What waits for a moderator, worries about a child first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from discussions.domain.rendering import words_of
from discussions.models import Muting, Post, Reason, Report, Warning
from discussions.queries.showing import author_name
from texts.vocabulary import label_of

MOST_SHOWN = 100
_EXTRACT = 160
_MOST_NOTES = 3


@dataclass(frozen=True)
class InQueue:
    """A post that waits: by reports of it, or before it is published."""

    pk: int
    thread: str
    author: str
    extract: str
    since: datetime.datetime
    reasons: tuple[str, ...]
    notes: tuple[str, ...]  # what those who reported it wrote, the first few
    reports: int
    is_urgent: bool


@dataclass(frozen=True)
class Queue:
    reported: Sequence[InQueue]
    waiting: Sequence[InQueue]
    mutings: Sequence[Muting]


def queue() -> Queue:
    """Four queries however much waits."""
    return Queue(_reported(), _waiting(), list(mutings_now()))


def number_in_queue() -> int:
    """Posts that are reported or wait. Two queries."""
    reported = Report.objects.filter(decided_at=None).values("post").distinct().count()
    return reported + Post.objects.filter(number=None, removed_at=None).count()


def _reported() -> list[InQueue]:
    reports = Report.objects.filter(decided_at=None)
    urgent = Count("pk", filter=Q(reason=Reason.SAFEGUARDING))
    rows = reports.values("post").annotate(since=Min("made_at"), number=Count("pk"), urgent=urgent)
    found = {row["post"]: row for row in rows.order_by("-urgent", "since")[:MOST_SHOWN]}
    said: dict[int, dict[str, None]] = {}
    notes: dict[int, list[str]] = {}
    told = reports.filter(post__in=found).order_by("made_at").values_list("post_id", "reason", "note")
    for post, reason, note in told:
        said.setdefault(post, {})[reason] = None
        if note:
            notes.setdefault(post, []).append(_in_short(note))
    posts = Post.objects.select_related("thread", "author").in_bulk(found)
    ordered = sorted(found.values(), key=lambda row: (not row["urgent"], row["since"]))
    return [
        _in_queue(
            posts[row["post"]],
            row["since"],
            reasons=tuple(said.get(row["post"], ())),
            notes=tuple(notes.get(row["post"], ())[:_MOST_NOTES]),
            reports=row["number"],
        )
        for row in ordered
        if row["post"] in posts
    ]


def _waiting() -> list[InQueue]:
    rows = Post.objects.filter(number=None, removed_at=None).select_related("thread", "author")
    return [_in_queue(post, post.posted_at) for post in rows.order_by("posted_at")[:MOST_SHOWN]]


def _in_short(words: str) -> str:
    return words if len(words) <= _EXTRACT else words[:_EXTRACT].rsplit(" ", 1)[0] + " …"


def _in_queue(
    post: Post,
    since: datetime.datetime,
    *,
    reasons: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    reports: int = 0,
) -> InQueue:
    return InQueue(
        pk=post.pk,
        thread=post.thread.title,
        author=author_name(post),
        extract=_in_short(words_of(post.text[:600])),
        since=since,
        reasons=tuple(label_of(Reason, reason) for reason in reasons),
        notes=notes,
        reports=reports,
        is_urgent=Reason.SAFEGUARDING in reasons,
    )


def mutings_now() -> QuerySet[Muting]:
    rows = Muting.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)
    return rows.select_related("user", "place", "made_by").order_by("-made_at")


@dataclass(frozen=True)
class Case:
    """A post as a moderator decides on it: in its place, what was said of it, what its author was told before."""

    post: Post
    around: Sequence[Post]  # the one before it, itself, the one after it
    reports: Sequence[Report]  # that wait
    decided: Sequence[Report]
    warnings: Sequence[Warning]
    mutings: Sequence[Muting]


def case_of(post: Post, *, with_context: bool) -> Case:
    """Five queries at the most."""
    reports = list(Report.objects.filter(post=post).select_related("reporter", "decided_by").order_by("made_at"))
    rows = Post.objects.filter(thread=post.thread_id).select_related("author", "organisation", "answers__author")
    around = [post]
    if with_context:
        number = post.number if post.number is not None else post.thread.posts + 1
        around = list(rows.filter(Q(number__in=(number - 1, number + 1)) | Q(pk=post.pk)))
        around.sort(key=lambda one: one.number if one.number is not None else number)
    author = post.author_id
    return Case(
        post=post,
        around=around,
        reports=[one for one in reports if one.decided_at is None],
        decided=[one for one in reports if one.decided_at is not None],
        warnings=list(Warning.objects.filter(user=author).order_by("-made_at")[:5]) if author else [],
        mutings=list(Muting.objects.filter(user=author).select_related("place").order_by("-made_at")[:5])
        if author
        else [],
    )
