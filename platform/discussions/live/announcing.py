"""The one place where pages are told: after the commit, through the channel layer, whatever process they talk to."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from discussions.events import PostChanged, ReadFurther, ThreadChanged, WritingChanged
from discussions.live import frames
from discussions.live.groups import person_group, thread_group
from discussions.models import Thread
from notifications.events import InboxChanged
from notifications.queries import unread_numbers

MOST_AT_ONCE = 50
logger = logging.getLogger("steppingstones.live")


def tell_pages_of_post(event: PostChanged) -> None:
    """A post as it is now, to every page that shows its thread."""
    if event.post.number is not None:
        send(thread_group(event.post.thread_id), s=event.sequence, frames=frames.post_frames(event.post))


def tell_pages_of_thread(event: ThreadChanged) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    frame = frames.thread_frame(thread, event.sequence)
    send(thread_group(thread.pk), s=event.sequence, frames=frames.same_for_all(frame))
    if event.readers:
        send(thread_group(thread.pk), recheck=True)


def tell_own_pages(event: ReadFurther) -> None:
    """Somebody's other tabs agree on what is new."""
    frame = frames.read(event.thread_id, event.number)
    send(person_group(event.user_id), frames=frames.same_for_all(frame))


def tell_writer(event: WritingChanged) -> None:
    """Somebody's pages look anew at whether there is a box to write in."""
    send(person_group(event.user_id), frames=frames.same_for_all(frames.may_write()))


def tell_inboxes(event: InboxChanged) -> None:
    """How much is new, to the pages of a few people; those of many hear it with the next heartbeat."""
    if len(event.user_ids) <= MOST_AT_ONCE:
        for user_id, number in unread_numbers(event.user_ids).items():
            send(person_group(user_id), frames=frames.same_for_all(frames.inbox(number)))


def ask_again_who_may_read(user_id: int) -> None:
    """What this person may read has changed: their sockets are looked at anew."""
    send(person_group(user_id), recheck=True)


def send(group: str, **message: Any) -> None:
    """To every process. A layer that is down costs nobody their post: pages ask by themselves."""
    layer = get_channel_layer()
    told: Mapping[str, Any] = {"type": "live", "group": group, **message}
    try:
        async_to_sync(layer.group_send)(group, told)
    except Exception as error:  # whatever a layer raises
        logger.warning("Pages could not be told at once: %s: %s", type(error).__name__, error)
