"""Post, edit, remove and react: each takes the thread's next number, and the pages are told once it is committed."""

from __future__ import annotations

from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.attending import take_part
from discussions.domain.errors import Closed, DiscussionError, Gone, NotAllowed
from discussions.domain.numbering import next_change, store_next
from discussions.domain.rendering import render_post
from discussions.events import PostChanged
from discussions.models import Post, PostVersion, ReactionKind, Thread
from discussions.models.post import LONGEST
from discussions.permissions import can_edit, can_post, can_read, can_remove
from notifications.announcing import announce
from organisations.models import Organisation
from organisations.permissions import is_member
from texts.cleaning import clean_text


def post_message(
    thread: Thread,
    *,
    author: User,
    text: str,
    client_id: str,
    answers: Post | None = None,
    organisation: Organisation | None = None,
) -> Post:
    """Publish a post; sent again with the same `client_id` it is the same post. Raises DiscussionError."""
    text = _said(text)
    if not can_post(author, thread):
        return _sent_before(
            author, client_id, Closed() if can_read(author, thread) and thread.is_closed else NotAllowed()
        )
    if organisation is not None and not is_member(author, organisation):
        raise NotAllowed
    if answers is not None and answers.thread_id != thread.pk:
        raise DiscussionError(_("What you answer is in another discussion."))
    post = Post(
        thread=thread,
        author=author,
        organisation=organisation,
        text=text,
        html=render_post(text),
        answers=answers,
        client_id=client_id,
        posted_at=timezone.now(),
    )
    try:
        stored = store_next(post)
    except IntegrityError as error:
        return _sent_before(author, client_id, error)
    if not stored:
        return _sent_before(author, client_id, Closed())
    announce(PostChanged(post, post.changed, is_new=True))
    # Whoever writes has seen what is above, and wants to hear the answers: kept once the pages are told.
    transaction.on_commit(partial(take_part, thread, user=author, number=post.number or 0), robust=True)
    return post


def _sent_before(author: User, client_id: str, otherwise: Exception) -> Post:
    """The post that this was sent as already; else the error."""
    before = Post.objects.filter(author=author, client_id=client_id).first()
    if before is None:
        raise otherwise
    return before


@transaction.atomic
def edit_post(post: Post, *, user: User, text: str) -> Post:
    """Put one's own words right; what they were is kept. Raises DiscussionError."""
    text = _said(text)
    current = _locked(post)
    if current.is_removed:
        raise Gone
    if not can_edit(user, current) or not can_post(user, current.thread):
        raise NotAllowed
    if current.text == text:
        return current
    PostVersion.objects.create(post=current, text=current.text)
    current.text, current.html, current.edited_at = text, render_post(text), timezone.now()
    _changed(current, "text", "html", "edited_at")
    return current


@transaction.atomic
def remove_post(post: Post, *, user: User) -> Post:
    """Take a post away; a mark stays where it was. Raises DiscussionError."""
    current = _locked(post)
    if current.is_removed:
        return current
    if not can_remove(user, current):
        raise NotAllowed
    current.removed_at, current.removed_by = timezone.now(), user
    _changed(current, "removed_at", "removed_by")
    if user.pk != current.author_id:
        log(instance=current.thread, action="discussions.remove", user=user, data={"number": current.number})
    return current


@transaction.atomic
def react(post: Post, *, user: User, kind: str, wanted: bool) -> Post:
    """Say one of the few things that need no post, or take it back. Twice is once. Raises DiscussionError."""
    if kind not in ReactionKind.values:
        raise DiscussionError(_("Choose one of the reactions."))
    current = _locked(post)
    if current.is_removed:
        raise Gone
    if not can_post(user, current.thread):
        raise NotAllowed
    said = [pk for pk in current.reactions.get(kind, []) if pk != user.pk]
    if wanted == (len(said) < len(current.reactions.get(kind, []))):
        return current
    current.reactions = {**current.reactions, kind: [*said, user.pk] if wanted else said}
    _changed(current, "reactions")
    return current


def _said(text: str) -> str:
    said = clean_text(text)
    if not said:
        raise DiscussionError(_("Write something first."))
    if len(said) > LONGEST:
        raise DiscussionError(_("That is too long: ten thousand characters at most. Divide it in two."))
    return said


def _locked(post: Post) -> Post:
    """The post as it stands, held; its thread first, so that two who change it wait in one line."""
    Thread.objects.select_for_update().get(pk=post.thread_id)
    rows = Post.objects.select_related("thread", "author", "organisation", "answers__author")
    return rows.get(pk=post.pk)


def _changed(post: Post, *fields: str) -> None:
    sequence = next_change(post.thread_id)
    if sequence is None:
        raise Gone
    post.changed = sequence
    post.save(update_fields=["changed", *fields])
    announce(PostChanged(post, sequence))
