"""The rooms of this process: who listens to which group. One membership of the layer a room, however many sockets."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any, Protocol

from channels.layers import get_channel_layer

from discussions.live.outlets import Outlet

logger = logging.getLogger("steppingstones.live")
PROBE_EVERY = 5.0  # seconds between two questions to the layer whether it still carries
PATIENCE = 12.0


class Listener(Protocol):
    """A socket in a room."""

    language: str
    outlet: Outlet

    def recheck(self) -> None:
        """Who may read has changed: find out whether this one still may."""
        ...


class Room:
    """One group's sockets in this process."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.lock = asyncio.Lock()  # held while the layer is joined or left
        self.joined = False
        self.sequence = 0  # the last change that came by

    def write(self, frames: Mapping[str, str]) -> None:
        for listener in tuple(self.listeners):
            listener.outlet.write(frames[listener.language])

    def write_to_all(self, text: str) -> None:
        for listener in tuple(self.listeners):
            listener.outlet.write(text)


class Switchboard:
    """Every room of this process, and the one channel by which the layer reaches it."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self._channel = ""
        self._lock = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._heard = time.monotonic()

    @property
    def is_deaf(self) -> bool:
        """The layer carries nothing to this process just now."""
        return time.monotonic() - self._heard > PATIENCE

    async def join(self, group: str, listener: Listener) -> Room:
        """From when this returns the listener gets whatever is sent to the group."""
        room = self.rooms.setdefault(group, Room())
        room.listeners.add(listener)
        async with room.lock:
            if not room.joined:
                room.joined = await self._try_join(group)
        return room

    async def leave(self, group: str, listener: Listener) -> None:
        room = self.rooms.get(group)
        if room is None:
            return
        room.listeners.discard(listener)
        async with room.lock:
            if room.listeners or self.rooms.get(group) is not room:
                return
            del self.rooms[group]
            if room.joined:
                try:
                    await get_channel_layer().group_discard(group, self._channel)
                except Exception as error:  # whatever a layer raises: it forgets us by itself
                    logger.warning("A group could not be left: %s", error)

    async def _try_join(self, group: str) -> bool:
        try:
            await self._connect()
            await get_channel_layer().group_add(group, self._channel)
        except Exception as error:  # the pages are told by `heartbeats` meanwhile
            logger.warning("A group could not be joined: %s: %s", type(error).__name__, error)
            return False
        return True

    async def _connect(self) -> None:
        async with self._lock:
            if not self._channel:
                self._channel = await get_channel_layer().new_channel("live")
                self._heard = time.monotonic()
                loop = asyncio.get_running_loop()
                self._tasks = [loop.create_task(self._receive()), loop.create_task(self._probe())]

    async def _receive(self) -> None:
        layer = get_channel_layer()
        while True:
            try:
                message = await layer.receive(self._channel)
            except Exception as error:  # whatever a layer raises
                logger.warning("The layer does not answer: %s: %s", type(error).__name__, error)
                await asyncio.sleep(1)
                continue
            self._heard = time.monotonic()
            try:
                self._hand_out(message)
            except Exception:
                logger.exception("A message could not be handed out")

    def _hand_out(self, message: Mapping[str, Any]) -> None:
        room = self.rooms.get(message.get("group", ""))
        if room is None:
            return
        if "frames" in message:
            room.sequence = max(room.sequence, message.get("s", 0))
            room.write(message["frames"])
        if message.get("recheck"):
            for listener in tuple(room.listeners):
                listener.recheck()

    async def _probe(self) -> None:
        """Ask oneself through the layer, and join what could not be joined."""
        while True:
            await asyncio.sleep(PROBE_EVERY)
            try:
                await get_channel_layer().send(self._channel, {"type": "probe"})
            except Exception as error:
                logger.warning("The layer does not answer: %s: %s", type(error).__name__, error)
                continue
            for group, room in tuple(self.rooms.items()):
                if not room.joined:
                    async with room.lock:
                        room.joined = room.joined or await self._try_join(group)


_boards: dict[asyncio.AbstractEventLoop, Switchboard] = {}


def switchboard() -> Switchboard:
    """This process's; a loop has its own, for nothing in it may cross from one to another."""
    loop = asyncio.get_running_loop()
    for other in [other for other in _boards if other.is_closed()]:
        del _boards[other]
    return _boards.setdefault(loop, Switchboard())
