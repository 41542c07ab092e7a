"""What becomes of discussions when somebody closes their account: what was said stays, and by nobody in particular."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.leaving import Leaving
from accounts.models import left
from discussions.domain.numbering import next_changes
from discussions.domain.quoting import tell_answers
from discussions.domain.spotting import name_key, with_names
from discussions.domain.spreading import MENTION, OPENED, REPLY, about
from discussions.events import PostChanged
from discussions.live.announcing import ask_again_who_may_read
from discussions.models import Mention, Muting, Participation, Post, PostVersion, Thread
from notifications.announcing import announce
from notifications.domain.parting import unname_lines
from notifications.models import Notice


def close(leaving: Leaving) -> None:
    """Their name goes from mentions in what others wrote, before and now, and from the lines that told of their posts.

    Their posts show no name by themselves, for their author has none any more. Their open pages are let go.
    """
    user, now = leaving.user, timezone.now()
    Participation.objects.filter(user=user).delete()
    Muting.objects.filter(user=user, lifted_at=None).update(lifted_at=now)
    waiting = Post.objects.filter(author=user, number=None, removed_at=None)
    waiting.update(removed_at=now, removed_by=user)  # a moderator would let it out by nobody
    _unname_lines(leaving)
    _unname_mentions(leaving)
    _unname_versions(leaving)
    Mention.objects.filter(user=user).delete()
    transaction.on_commit(partial(ask_again_who_may_read, user.pk), robust=True)


def without_name(text: str, name: str) -> str:
    """The text with the name gone wherever it stands behind an @."""
    pieces = with_names(text, {name_key(name)})
    return "".join(f"@{left()}" if key else piece for piece, key in pieces)


def _unname_mentions(leaving: Leaving) -> None:
    """Each thread's posts under its lock, in the order in which all who change several take them."""
    name = re.escape(escape(leaving.name, quote=False))
    mark = re.compile(rf'<span[^>]*data-person="{leaving.user.pk}"[^>]*>.*?</span>|@{name}(?!\w)', re.DOTALL)
    rows = Post.objects.filter(mentions__user=leaving.user).order_by("thread_id", "pk")
    rows = rows.select_related("thread", "author", "organisation", "answers__author")
    for thread_id, group in groupby(rows, key=lambda post: post.thread_id):
        posts = list(group)
        for post, sequence in zip(posts, next_changes(thread_id, len(posts)), strict=False):
            post.text = without_name(post.text, leaving.name)
            post.html = mark.sub(f"@{left()}", post.html)
            post.changed = sequence
            announce(PostChanged(post, sequence))
        Post.objects.bulk_update(posts, ["text", "html", "changed"], batch_size=200)
        for post in posts:
            tell_answers(post)  # they quote it


def _unname_versions(leaving: Leaving) -> None:
    """What posts said before: an edit may have taken the mention out, so it is looked for where they were met."""
    met = Q(post__mentions__user=leaving.user) | Q(post__thread__in=_threads_of(leaving))
    rows = PostVersion.objects.filter(met, text__contains=f"@{leaving.name}").distinct()
    changed = list(rows)
    for version in changed:
        version.text = without_name(version.text, leaving.name)
    PostVersion.objects.bulk_update(changed, ["text"], batch_size=200)


def _threads_of(leaving: Leaving) -> list[int]:
    said = Post.objects.filter(author=leaving.user).values("thread_id")
    opened = Thread.objects.filter(Q(pk__in=said) | Q(opened_by=leaving.user))
    return list(opened.values_list("pk", flat=True))


def _unname_lines(leaving: Leaving) -> None:
    """Lines that begin with who did it: of their posts; and those that quote a post which mentions them."""
    theirs = Post.objects.filter(Q(author=leaving.user) | Q(mentions__user=leaving.user)).exclude(number=None)
    places = sorted(set(theirs.values_list("thread_id", "number")))
    for start in range(0, len(places), 400):
        wanted = {(about(thread), number) for thread, number in places[start : start + 400]}
        rows = Notice.objects.filter(kind__in=(MENTION, REPLY, OPENED), about__in={place for place, _n in wanted})
        named = rows.filter(Q(title__contains=leaving.name) | Q(detail__contains=f"@{leaving.name}"))
        found = [line.pk for line in named.only("pk", "about", "position") if (line.about, line.position) in wanted]
        for at in range(0, len(found), 400):
            unname_lines(Notice.objects.filter(pk__in=found[at : at + 400]), leaving.name)
