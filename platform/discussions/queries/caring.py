"""What waits for a moderator, worries about a child first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.domain.rendering import words_of
from discussions.models import Muting, Post, Report, Warning
from discussions.queries.showing import author_name
from reports.queries.gathering import gathered, in_queue, waiting_of
from reports.reasons import Reason
from reports.sources import MOST_SHOWN, Part, Source, Waiting, register, register_part

_EXTRACT = 160


@dataclass(frozen=True)
class InQueue:
    """A post that waits before it is published."""

    pk: int
    thread: str
    author: str
    extract: str
    since: datetime.datetime


@dataclass(frozen=True)
class Held:
    """What stands below the reports in the moderators' queue: first posts with links, and who does not write."""

    waiting: Sequence[InQueue]
    mutings: Sequence[Muting]


def register_care() -> None:
    register(Source("posts", reported_posts, number_of_posts))
    register_part(Part("discussions/care/held.html", held, number_held))


def held() -> Held:
    """Two queries however much waits."""
    return Held(_waiting(), list(mutings_now()))


def number_held() -> int:
    return Post.objects.filter(number=None, removed_at=None).count()


def number_of_posts(urgent_only: bool) -> int:
    return waiting_of(Report.objects.all(), urgent_only=urgent_only).values("post").distinct().count()


def reported_posts(urgent_only: bool) -> list[Waiting]:
    """One for each post, however many reports of it wait. Three queries."""
    reports = gathered(waiting_of(Report.objects.all(), urgent_only=urgent_only), "post_id")
    posts = Post.objects.select_related("thread", "author").in_bulk(reports)
    return [_reported(posts[pk], made) for pk, made in reports.items() if pk in posts]


def _reported(post: Post, reports: list[Report]) -> Waiting:
    return in_queue(
        reports,
        what=gettext_lazy("Post"),
        title=post.thread.title,
        url=reverse("care-post", args=[post.pk]),
        page=post.get_absolute_url(),
        extract=_in_short(words_of(post.text[:600])),
        byline=_("written by %(author)s") % {"author": author_name(post)},
    )


def _waiting() -> list[InQueue]:
    rows = Post.objects.filter(number=None, removed_at=None).select_related("thread", "author")
    return [_in_queue(post) for post in rows.order_by("posted_at")[:MOST_SHOWN]]


def _in_short(words: str) -> str:
    return words if len(words) <= _EXTRACT else words[:_EXTRACT].rsplit(" ", 1)[0] + " …"


def _in_queue(post: Post) -> InQueue:
    extract = _in_short(words_of(post.text[:600]))
    return InQueue(post.pk, post.thread.title, author_name(post), extract, post.posted_at)


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


def case_of(post: Post, *, with_context: bool, urgent_only: bool = False) -> Case:
    """`urgent_only`: worries about a child alone, and nothing of what its author was told. Five queries at the most."""
    made = Report.objects.filter(post=post).select_related("reporter", "decided_by").order_by("made_at")
    reports = list(made.filter(reason=Reason.SAFEGUARDING) if urgent_only else made)
    rows = Post.objects.filter(thread=post.thread_id).select_related("author", "organisation", "answers__author")
    around = [post]
    if with_context:
        number = post.number if post.number is not None else post.thread.posts + 1
        around = list(rows.filter(Q(number__in=(number - 1, number + 1)) | Q(pk=post.pk)))
        around.sort(key=lambda one: one.number if one.number is not None else number)
    author = None if urgent_only else post.author_id
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
