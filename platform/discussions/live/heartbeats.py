"""Now and then each page hears its thread's last number: who missed something asks for it.

One question to the database a process, however many rooms. While the layer carries nothing it is asked every few
seconds: posts arrive later then, and all of them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from channels.db import database_sync_to_async

from discussions.live import frames
from discussions.live.groups import is_thread_group, person_group, person_of, thread_group, thread_of
from discussions.live.rooms import Switchboard
from discussions.models import Thread
from notifications.queries import unread_numbers

logger = logging.getLogger("steppingstones.live")
EVERY = 15.0  # seconds
EVERY_WHILE_DEAF = 3.0
_STEP = 1.0


@database_sync_to_async
def sequences(thread_ids: Sequence[int]) -> Mapping[int, int]:
    return dict(Thread.objects.filter(pk__in=thread_ids).values_list("pk", "sequence"))


async def beat_on(board: Switchboard) -> None:
    """For as long as the process lives."""
    waited = 0.0
    while True:
        await asyncio.sleep(_STEP)
        waited += _STEP
        if waited < (EVERY_WHILE_DEAF if board.is_deaf else EVERY):
            continue
        waited = 0.0
        try:
            await beat_once(board)
        except Exception:
            logger.exception("The pages could not be told the last numbers")


@database_sync_to_async
def inboxes(user_ids: Sequence[int]) -> Mapping[int, int]:
    return unread_numbers(user_ids)


async def beat_once(board: Switchboard) -> None:
    """To threads their last number, to people how much is new in their inboxes: two questions at the most."""
    threads = [thread_of(group) for group in board.rooms if is_thread_group(group)]
    for pk, sequence in (await sequences(threads)).items() if threads else ():
        room = board.rooms.get(thread_group(pk))
        if room is not None:
            room.write_to_all(frames.beat(sequence))
    people = [person_of(group) for group in board.rooms if not is_thread_group(group)]
    for pk, number in (await inboxes(people)).items() if people else ():
        room = board.rooms.get(person_group(pk))
        if room is not None:
            room.write_to_all(frames.inbox(number))
