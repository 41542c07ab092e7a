"""The first posts of new accounts that lead away from here wait for a moderator: what is advertised is held up, and
nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.models import User
from accounts.permissions import is_moderator
from discussions.domain.attending import take_part
from discussions.domain.composing import Composed, keep_mentions
from discussions.domain.errors import Closed, DiscussionError, Gone, NotAllowed
from discussions.domain.numbering import store_waiting
from discussions.domain.telling import tell_author
from discussions.events import PostChanged
from discussions.files.keeping import take_away
from discussions.models import Attachment, Post
from discussions.permissions import can_moderate
from notifications.announcing import announce

NEW_FOR = timedelta(days=14)
ENOUGH_POSTS = 3  # that stand: then it is no new account


def must_wait(author: User, composed: Composed) -> bool:
    """One query, of a new account's post with a link alone."""
    if not composed.leads_away or is_moderator(author) or author.date_joined < timezone.now() - NEW_FOR:
        return False
    standing = Post.objects.filter(author=author, removed_at=None).exclude(number=None)
    return standing[:ENOUGH_POSTS].count() < ENOUGH_POSTS


@transaction.atomic
def keep_waiting(post: Post, composed: Composed, files: Sequence[Attachment]) -> None:
    """Without a number: its author and the moderators see it. Raises IntegrityError where it was sent before."""
    post.save(force_insert=True)
    keep_mentions(post, composed.mentioned)
    for file in files:
        file.post = post
    Attachment.objects.bulk_create(files)


@transaction.atomic
def release_post(post: Post, *, user: User) -> Post:
    """Publish what waited, as the thread's newest. Done twice it is done once. Raises DiscussionError."""
    current = _waiting(post, user)
    if current.number is not None:
        return current
    if current.is_removed:
        raise Gone
    current.posted_at = timezone.now()
    if not store_waiting(current):
        raise Closed
    log(instance=current.thread, action="discussions.release", user=user, data={"number": current.number})
    announce(PostChanged(current, current.changed, is_new=True))
    if current.author:
        done = partial(take_part, current.thread, user=current.author, number=current.number or 0)
        transaction.on_commit(done, robust=True)
        tell_author(current, gettext("Your post stands now"), "")
    return current


@transaction.atomic
def refuse_post(post: Post, *, user: User, reason: str) -> Post:
    """Its author is told why, with the text. Raises DiscussionError."""
    current = _waiting(post, user)
    if current.number is not None or current.is_removed:
        return current
    if not reason:
        raise DiscussionError(gettext("Say why: whoever wrote it is told."))
    files = list(current.attachments.values_list("token", flat=True))
    current.attachments.all().delete()
    current.removed_at, current.removed_by, current.removed_because = timezone.now(), user, reason
    current.files = []
    current.save(update_fields=["removed_at", "removed_by", "removed_because", "files"])
    transaction.on_commit(partial(take_away, files), robust=True)
    log(instance=current.thread, action="discussions.refuse", user=user, data={"post": current.pk, "reason": reason})
    tell_author(current, gettext("Your post was not published"), reason)
    return current


def _waiting(post: Post, user: User) -> Post:
    if not can_moderate(user, post):
        raise NotAllowed
    rows = Post.objects.select_for_update(of=("self",)).select_related("thread", "author", "organisation")
    return rows.get(pk=post.pk)
