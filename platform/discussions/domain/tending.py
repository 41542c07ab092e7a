"""Look after a thread: rename, close, open again, pin, move, change who may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.numbering import next_thread_change
from discussions.events import ThreadChanged
from discussions.models import Thread, Visibility
from discussions.permissions import can_hide, can_pin, looks_after
from discussions.subjects import Subject, can_read, keeps_readers
from notifications.announcing import announce
from organisations.models import Organisation


@transaction.atomic
def rename_thread(thread: Thread, *, user: User, title: str) -> None:
    """Raises NotAllowed."""
    current = _tended(thread, user)
    if current.title != title:
        current.title = title
        _changed(current, user, "rename", "title")


@transaction.atomic
def close_thread(thread: Thread, *, user: User, closed: bool) -> None:
    """No more posts, or posts again. Raises NotAllowed."""
    current = _tended(thread, user)
    if current.is_closed != closed:
        current.closed_at = timezone.now() if closed else None
        _changed(current, user, "close" if closed else "reopen", "closed_at")


@transaction.atomic
def hide_thread(thread: Thread, *, user: User, hidden: bool) -> None:
    """From everyone but moderators, or to be seen again. Raises NotAllowed."""
    current = _tended(thread, user)
    if not can_hide(user):
        raise NotAllowed
    if (current.hidden_at is not None) != hidden:
        current.hidden_at = timezone.now() if hidden else None
        _changed(current, user, "hide" if hidden else "show", "hidden_at", readers=True)


@transaction.atomic
def pin_thread(thread: Thread, *, user: User, pinned: bool) -> None:
    """Above the others on its boards. Raises NotAllowed."""
    current = _tended(thread, user)
    if not can_pin(user, current):
        raise NotAllowed
    if (current.pinned_at is not None) != pinned:
        current.pinned_at = timezone.now() if pinned else None
        _changed(current, user, "pin" if pinned else "unpin", "pinned_at")


@transaction.atomic
def move_thread(thread: Thread, *, user: User, subject: Subject | None, place: str | None = None) -> None:
    """Make it about something else, or a topic of its own. Raises NotAllowed."""
    current = _tended(thread, user)
    _raise_where_readers_are_kept(current)
    if subject is not None and not can_read(user, subject):
        raise NotAllowed
    current.subject_kind = subject.kind if subject else ""
    current.subject_key = subject.key if subject else ""
    current.place_id = subject.place if subject else place
    _changed(current, user, "move", "subject_kind", "subject_key", "place", readers=True)


@transaction.atomic
def change_readers(thread: Thread, *, user: User, visibility: str, organisations: Iterable[Organisation] = ()) -> None:
    """Raises DiscussionError."""
    current = _tended(thread, user)
    _raise_where_readers_are_kept(current)
    parties = list(organisations)
    if visibility not in Visibility.values or (visibility == Visibility.ORGANISATIONS and not parties):
        raise DiscussionError(_("Name the organisations it is for."))
    current.visibility = visibility
    current.organisations.set(parties if visibility == Visibility.ORGANISATIONS else [])
    _changed(current, user, "readers", "visibility", readers=True)


@transaction.atomic
def keep_readers(thread: Thread, organisations: Collection[int]) -> None:
    """A discussion of named organisations is for these from now on, by their ids: for the room that opened it, which
    knows who they are. One that was opened to more people meanwhile stays open."""
    current = Thread.objects.select_for_update().get(pk=thread.pk)
    if current.visibility != Visibility.ORGANISATIONS:
        return
    if set(current.organisations.values_list("pk", flat=True)) != set(organisations):
        current.organisations.set(organisations)
        _changed(current, None, "readers", "visibility", readers=True)


def _raise_where_readers_are_kept(thread: Thread) -> None:
    if thread.visibility == Visibility.ORGANISATIONS and keeps_readers(thread.subject_kind):
        raise DiscussionError(_("Who reads this follows from what it is about, so it cannot be changed here."))


def _tended(thread: Thread, user: User) -> Thread:
    current = Thread.objects.select_for_update().get(pk=thread.pk)
    if not looks_after(user, current):
        raise NotAllowed
    return current


def _changed(thread: Thread, user: User | None, action: str, *fields: str, readers: bool = False) -> None:
    thread.save(update_fields=list(fields))
    sequence = next_thread_change(thread.pk)
    if sequence is None:
        raise NotAllowed
    log(instance=thread, action=f"discussions.{action}", user=user)
    announce(ThreadChanged(thread.pk, sequence, readers=readers))
