"""What this room does when something happens in it or below: who is told, and what their inboxes say."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone

from discussions.about import ORGANISATION
from discussions.domain.spreading import KINDS, about, seen
from discussions.events import PostChanged, ReadFurther
from discussions.live.announcing import ask_again_who_may_read, tell_inboxes
from discussions.models import Thread
from discussions.tasks import tell_at_once
from notifications.announcing import subscribe
from notifications.domain.noting import forget_words
from notifications.events import InboxChanged
from notifications.kinds import register
from organisations.domain.carrying import carry
from organisations.events import MembershipEnded, OrganisationsMerged
from organisations.models import Merge


def subscribe_all() -> None:
    for kind in KINDS:
        register(kind)
    subscribe(PostChanged, follow_post)
    subscribe(ReadFurther, follow_reading)
    subscribe(InboxChanged, tell_inboxes)
    subscribe(MembershipEnded, follow_leaving)
    subscribe(OrganisationsMerged, follow_merge)
    post_delete.connect(follow_signing_out, sender=Session, dispatch_uid="discussions.follow_signing_out")


def follow_post(event: PostChanged) -> None:
    """Who is mentioned or answered is told now; the others within a minute. What is removed is quoted no more."""
    post = event.post
    if post.is_removed:
        forget_words(about(post.thread_id), post.number or 0)
    elif event.is_new and (post.answers_id or 'class="mention"' in post.html):
        tell_at_once.enqueue(post.thread_id)


def follow_leaving(event: MembershipEnded) -> None:
    """Their sockets are looked at anew: what is among named organisations is no longer theirs."""
    ask_again_who_may_read(event.user_id)


def follow_merge(event: OrganisationsMerged) -> None:
    """What was said about the one that is gone is about the one that is kept."""
    threads = Thread.objects.filter(subject_kind=ORGANISATION, subject_key=str(event.gone_id))
    carry(Merge.objects.get(pk=event.merge_id), threads, "subject_key", str(event.kept_id))


def follow_signing_out(instance: Session, **_signal: Any) -> None:
    """Signed out here, ended from another device, or another password: the session's sockets are looked at anew."""
    person = instance.get_decoded().get(SESSION_KEY)
    if person and instance.expire_date > timezone.now():
        transaction.on_commit(partial(ask_again_who_may_read, int(person)), robust=True)


def follow_reading(event: ReadFurther) -> None:
    seen(event.thread_id, event.user_id, event.number)
