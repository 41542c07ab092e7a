"""The socket of a page: it checks who may read, joins and relays. Nothing is written to the database over it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from discussions.live import frames
from discussions.live.groups import person_group, thread_group
from discussions.live.heartbeats import beat_on, sequences
from discussions.live.outlets import Outlet
from discussions.live.rooms import Room, Switchboard, switchboard
from discussions.live.visiting import host_of, is_still, readable_sequence, visitor_of

logger = logging.getLogger("steppingstones.live")
BAD_REQUEST, SIGN_IN, FORBIDDEN, TOO_MANY, SILENT = 4400, 4401, 4403, 4429, 4440
CHANGED = 4410  # the session is another now: come again with the new one
FAULT = 1011
MOST_A_PERSON = 30  # sockets in one process
MOST_A_HOST = 300  # of visitors: a school has one address for all
LONGEST_MESSAGE = 1_000  # characters
MOST_REFUSED = 5  # messages of no meaning before the socket is closed
MOST_SAID = 100  # messages a minute; a page has twenty things to say
QUIET = 90.0  # seconds without a word from the page: it is gone
ASK_AGAIN = 120.0  # seconds after which a page that says something is asked again whether it may read
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
_open: Counter[str] = Counter()
_beating: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


async def live(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application behind `/live/`: `?thread=12`, or nothing for the person's own news alone."""
    await receive()  # websocket.connect
    headers = dict(scope["headers"])
    visitor = await visitor_of(headers)
    thread = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("thread", [""])[0]
    await send({"type": "websocket.accept"})
    if (thread and not (thread.isascii() and thread.isdigit() and len(thread) < 19)) or not (thread or visitor.user.pk):
        await send({"type": "websocket.close", "code": BAD_REQUEST})
        return
    who = f"user {visitor.user.pk}" if visitor.user.pk else f"host {host_of(scope, headers)}"
    if _open[who] >= (MOST_A_PERSON if visitor.user.pk else MOST_A_HOST):
        await send({"type": "websocket.close", "code": TOO_MANY})
        return
    _open[who] += 1
    socket = Socket(visitor, int(thread) if thread else None, receive, send)
    try:
        await socket.run(switchboard())
    finally:
        _open[who] -= 1
        if not _open[who]:
            del _open[who]


class Socket:
    """One page's: a listener in the room of its thread and in its person's own."""

    def __init__(self, visitor: Any, thread_id: int | None, receive: Receive, send: Send) -> None:
        self.language: str = visitor.language
        self.outlet = Outlet(send)
        self.person: int = visitor.user.pk or 0
        self.name: str = getattr(visitor.user, "name", "") or ""
        self._visitor = visitor
        self._thread_id = thread_id
        self._room: Room | None = None
        self._receive = receive
        self._send = send
        self._checking: asyncio.Task[None] | None = None
        self._refused = 0
        self._said = (0, 0.0)  # messages, and since when
        self._checked = time.monotonic()

    async def run(self, board: Switchboard) -> None:
        """Until the page goes, or may not stay."""
        _beat(board)
        groups = [thread_group(self._thread_id)] if self._thread_id is not None else []
        if self._visitor.user.pk:
            groups.append(person_group(self._visitor.user.pk))
        reading = asyncio.create_task(self._read())
        closing = asyncio.create_task(self.outlet.closed.wait())
        try:
            if await self._is_welcome():
                rooms = [await board.join(group, self) for group in groups]
                self._room = rooms[0] if self._thread_id is not None else None
                await self._greet()
            await asyncio.wait({reading, closing}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done() and (error := reading.exception()):
                logger.error("A page's words could not be read", exc_info=error)
                self.outlet.close(FAULT)
        finally:
            for task in (reading, closing, self._checking):
                if task is not None:
                    task.cancel()
            for group in groups:
                await board.leave(group, self)
            await self._say_goodbye()

    async def _is_welcome(self) -> bool:
        """Nobody who may not read a thread joins it, not for a moment."""
        if self._thread_id is None:
            return True
        if await readable_sequence(self._visitor.session_key, self._thread_id) is not None:
            return True
        self.outlet.close(FORBIDDEN if self.person else SIGN_IN)
        return False

    async def _greet(self) -> None:
        """Joined first and read afterwards: what is posted in between is told, or is in the number."""
        if self._thread_id is not None:
            sequence = (await sequences([self._thread_id])).get(self._thread_id, 0)
            self.outlet.write(frames.hello(sequence))
        else:
            self.outlet.write(frames.hello(0))

    def recheck(self) -> None:
        if self._checking is None or self._checking.done():
            self._checking = asyncio.get_running_loop().create_task(self._check())

    async def _check(self) -> None:
        self._checked = time.monotonic()
        if not await is_still(self._visitor.session_key, self.person):
            self.outlet.close(CHANGED)
        elif (
            self._thread_id is not None and await readable_sequence(self._visitor.session_key, self._thread_id) is None
        ):
            self.outlet.close(FORBIDDEN)

    async def _read(self) -> None:
        """What the page says. Its silence ends the socket, and so does nonsense."""
        while True:
            try:
                async with asyncio.timeout(QUIET):
                    message = await self._receive()
            except TimeoutError:
                self.outlet.close(SILENT)
                return
            if message["type"] == "websocket.disconnect":
                self.outlet.close(1000)
                return
            now = time.monotonic()
            if self._says_too_much(now):
                self.outlet.close(TOO_MANY)
                return
            if now - self._checked > ASK_AGAIN:  # what nobody announced: an account closed, a session ended elsewhere
                self.recheck()
            if not self._understand(message.get("text") or ""):
                self._refused += 1
                if self._refused >= MOST_REFUSED:
                    self.outlet.close(BAD_REQUEST)
                    return

    def _says_too_much(self, now: float) -> bool:
        number, since = self._said
        self._said = (number + 1, since) if now - since < 60 else (1, now)
        return self._said[0] > MOST_SAID

    def _understand(self, text: str) -> bool:
        if len(text) > LONGEST_MESSAGE:
            self.outlet.write(frames.refusal("Too long: a thousand characters at most."))
            return False
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):  # no JSON, or nothing but brackets
            said = None
        action = said.get("t") if isinstance(said, dict) else None
        if action == "ping":
            return True
        if action == "typing" and self.person and self._room is not None:
            if self._room.gathering.type(self.person, time.monotonic()):
                self._room.say.want()
            return True
        self.outlet.write(frames.refusal("There is no such action here: “ping”, and for who is signed in “typing”."))
        return False

    async def _say_goodbye(self) -> None:
        code = self.outlet.close_code
        if code is None or code in (1000, 1006):
            return
        try:
            async with asyncio.timeout(2):
                await self._send({"type": "websocket.close", "code": code})
        except Exception:  # it does not drain, or is gone
            logger.debug("A socket was left without a word")


def _beat(board: Switchboard) -> None:
    """Begin this process's heartbeats with its first socket."""
    loop = asyncio.get_running_loop()
    if loop not in _beating or _beating[loop].done():
        for other in [other for other in _beating if other.is_closed()]:
            del _beating[other]
        _beating[loop] = loop.create_task(beat_on(board))
