"""Discussions of the demo's people, as if they had been written over the last months."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from discussions import subjects
from discussions.domain.rendering import render_post
from discussions.models import Attention, Participation, Post, Report, Thread, Visibility
from discussions.subjects import Subject
from initiatives.models import Initiative
from organisations.models import Organisation
from places.queries import gazetteer


def load_threads(
    organisations: Mapping[str, Organisation], people: Mapping[str, User], initiatives: Mapping[str, Initiative]
) -> None:
    """Each thread with its posts, in their order. Nobody is told: it is all in the past."""
    for row in reading.threads():
        load_thread(row, _subject(row["about"], initiatives), organisations, people)


def load_thread(
    row: reading.Row,
    subject: Subject | None,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, User],
) -> Thread:
    """One thread with its posts, as it stands in a file."""
    said = row["posts"]
    times = _times([post["hours"] for post in said])
    thread = Thread.objects.create(
        title=row["title"],
        subject_kind=subject.kind if subject else "",
        subject_key=subject.key if subject else "",
        place_id=subject.place if subject else row.get("place"),
        visibility=row.get("visibility", Visibility.PUBLIC),
        opened_by=people[said[0]["by"]],
        opened_at=times[0],
        sequence=len(said),
        posts=len(said),
        told=max(0, len(said) - row.get("untold", 0)),
        last_posted_at=times[-1],
        closed_at=times[-1] if row.get("closed") else None,
        pinned_at=times[-1] if row.get("pinned") else None,
    )
    thread.organisations.set(organisations[key] for key in row.get("organisations", ()))
    thread.tags.add(*row["tags"])
    posts: list[Post] = []
    for number, (post, at) in enumerate(zip(said, times, strict=True), start=1):
        author = people[post["by"]]
        posts.append(
            Post.objects.create(
                thread=thread,
                number=number,
                changed=number,
                author=author,
                organisation=Organisation.objects.filter(memberships__user=author).order_by("name").first(),
                text=post["text"],
                html=render_post(post["text"]),
                answers=posts[post["answers"] - 1] if "answers" in post else None,
                client_id=f"demo-{thread.pk}-{number}",
                posted_at=at,
                reactions={
                    kind: [people[email].pk for email in emails] for kind, emails in post.get("reactions", {}).items()
                },
            )
        )
    for post, row_of_post in zip(posts, said, strict=True):
        if report := row_of_post.get("report"):
            Report.objects.create(
                post=post, reporter=people[report["by"]], reason=report["reason"], note=report["note"]
            )
    if waiting := row.get("waiting"):
        Post.objects.create(
            thread=thread,
            author=people[waiting["by"]],
            text=waiting["text"],
            html=render_post(waiting["text"]),
            client_id=f"demo-{thread.pk}-waiting",
            posted_at=timezone.now() - datetime.timedelta(hours=3),
        )
    # Who wrote has read up to their last post, and follows: what came after is new to them.
    reached = {post.author_id: post.number or 0 for post in posts}
    Participation.objects.bulk_create(
        Participation(thread=thread, user_id=author, read=read, attention=Attention.FOLLOWS)
        for author, read in reached.items()
        if author
    )
    return thread


def _times(hours: Sequence[int]) -> list[datetime.datetime]:
    """When each was written: on the day so many hours ago, one after another from the morning on."""
    now = timezone.localtime()
    times = []
    for number, ago in enumerate(hours):
        day = (now - datetime.timedelta(hours=ago)).replace(hour=8, minute=40, second=0, microsecond=0)
        times.append(
            min(day + datetime.timedelta(minutes=37 * number), now - datetime.timedelta(minutes=len(hours) - number))
        )
    return times


def _subject(about: str, initiatives: Mapping[str, Initiative]) -> Subject | None:
    """`place:E06000002`, or `initiative:` and the demo's own key for it."""
    kind, _colon, key = about.partition(":")
    if kind == "initiative":
        key = str(initiatives[key].pk)
    elif kind == "place":
        gazetteer()[key]
    return subjects.find(kind, key)
