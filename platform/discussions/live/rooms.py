"""The rooms of this process: who listens to which group. One membership of the layer a room, however many sockets."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from channels.layers import get_channel_layer

from discussions.live import frames
from discussions.live.groups import is_thread_group
from discussions.live.outlets import Outlet
from discussions.live.pacing import Paced
from discussions.live.presence import AGAIN, PAUSE, Gathering

logger = logging.getLogger("steppingstones.live")
PROBE_EVERY = 3.0  # seconds between two questions to the layer whether it still carries
PATIENCE = 8.0


class Listener(Protocol):
    """A socket in a room."""

    language: str
    outlet: Outlet
    person: int  # nought for a visitor
    name: str

    def recheck(self) -> None:
        """Who may read has changed: find out whether this one still may."""
        ...


class Room:
    """One group's sockets in this process, and who is there."""

    def __init__(self, say: Callable[[], None]) -> None:
        self.listeners: set[Listener] = set()
        self.lock = asyncio.Lock()  # held while the layer is joined or left
        self.joined = False
        self.gathering = Gathering()
        self.say = Paced(say, PAUSE)  # to the other processes
        self.show = Paced(self._show, PAUSE)  # to the pages

    def write(self, frames: Mapping[str, str]) -> None:
        for listener in tuple(self.listeners):
            listener.outlet.write(frames[listener.language])

    def write_to_all(self, text: str) -> None:
        for listener in tuple(self.listeners):
            listener.outlet.write(text)

    def _show(self) -> None:
        for_people, for_visitors = frames.here(self.gathering.here())
        for listener in tuple(self.listeners):
            listener.outlet.write(for_people if listener.person else for_visitors)


class Switchboard:
    """Every room of this process, and the one channel by which the layer reaches it."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self._channel = ""
        self._lock = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._telling: set[asyncio.Task[None]] = set()
        self._heard = time.monotonic()

    @property
    def is_deaf(self) -> bool:
        """The layer carries nothing to this process just now."""
        return time.monotonic() - self._heard > PATIENCE

    async def join(self, group: str, listener: Listener) -> Room:
        """From when this returns the listener gets whatever is sent to the group."""
        room = self.rooms.get(group)
        if room is None:
            room = self.rooms[group] = Room(partial(self._say, group))
        room.listeners.add(listener)
        async with room.lock:
            if not room.joined:
                room.joined = await self._try_join(group)
        room.gathering.come(listener.person, listener.name)
        room.say.want()
        return room

    async def leave(self, group: str, listener: Listener) -> None:
        room = self.rooms.get(group)
        if room is None:
            return
        if listener in room.listeners:
            room.listeners.discard(listener)
            room.gathering.go(listener.person)
            room.say.want()
        async with room.lock:
            if room.listeners or self.rooms.get(group) is not room:
                return
            del self.rooms[group]
            room.say.stop()
            room.show.stop()
            self._say_soon(group, room)  # that nobody is left here
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
                loops = (self._receive(), self._probe(), self._look_round())
                self._tasks = [loop.create_task(one) for one in loops]

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
            room.write(message["frames"])
        if "here" in message:
            room.gathering.hear(message["process"], message["here"], time.monotonic())
            room.show.want()
        if message.get("recheck"):
            for listener in tuple(room.listeners):
                listener.recheck()

    def _say(self, group: str) -> None:
        room = self.rooms.get(group)
        if room is not None:
            self._say_soon(group, room)

    def _say_soon(self, group: str, room: Room) -> None:
        """Tell all processes, this one too, whom this one has in a room. Only a thread's pages want to know."""
        if not is_thread_group(group) or not self._channel:
            return
        message = {"type": "live", "group": group, "process": self._channel, "here": room.gathering.to_say()}
        task = asyncio.get_running_loop().create_task(self._tell(group, message))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, group: str, message: Mapping[str, Any]) -> None:
        try:
            await get_channel_layer().group_send(group, message)
        except Exception as error:  # whatever a layer raises: it is said again soon
            logger.debug("Nobody was told who is here: %s", error)

    async def _look_round(self) -> None:
        """Every second: who stopped typing, who is heard of no more; now and then say again who is here."""
        said = time.monotonic()
        while True:
            await asyncio.sleep(PAUSE)
            now = time.monotonic()
            again = now - said >= AGAIN
            said = now if again else said
            for group, room in tuple(self.rooms.items()):
                if room.gathering.stop_typing(now) or again:
                    self._say_soon(group, room)
                if room.gathering.forget(now):
                    room.show.want()

    async def _probe(self) -> None:
        """Ask oneself through the layer, and join what could not be joined."""
        while True:
            await asyncio.sleep(PROBE_EVERY)
            try:
                await get_channel_layer().send(self._channel, {"type": "probe"})
            except Exception as error:
                logger.warning("The layer does not answer: %s: %s", type(error).__name__, error)
                self._heard = float("-inf")  # no need to wait and see
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
