"""The rooms of a process, on the layer that is configured: in memory, or Redis where CI has one."""

from __future__ import annotations

import asyncio

from channels.layers import get_channel_layer

from discussions.live import rooms
from discussions.live.outlets import Outlet
from discussions.live.rooms import Switchboard
from tests.discussions.live.running import run

GROUP = "thread.900001"


class Page:
    """A socket, as far as a room knows it."""

    language = "en-gb"

    def __init__(self, person: int = 0, name: str = "") -> None:
        self.person, self.name = person, name
        self.heard: list[str] = []
        self.rechecked = 0
        self.outlet = Outlet(self._send)

    async def _send(self, message) -> None:
        self.heard.append(message["text"])

    def recheck(self) -> None:
        self.rechecked += 1

    def frames(self) -> list[str]:
        return [text for text in self.heard if '"here"' not in text]


async def told(text: str, group: str = GROUP) -> None:
    frames = {"en-gb": text, "cy": text}
    await get_channel_layer().group_send(group, {"type": "live", "group": group, "frames": frames})


async def until(condition, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def close(board: Switchboard) -> None:
    for task in board._tasks:
        task.cancel()
    await asyncio.gather(*board._tasks, return_exceptions=True)


def test_however_many_pages_a_thread_is_one_membership_and_each_page_hears_once(monkeypatch):
    async def scene():
        board, pages = Switchboard(), [Page() for _number in range(50)]
        joined: list[str] = []
        layer = get_channel_layer()
        add = layer.group_add

        async def counted(group, channel):
            joined.append(group)
            await add(group, channel)

        monkeypatch.setattr(layer, "group_add", counted)
        await asyncio.gather(*(board.join(GROUP, page) for page in pages))
        await told("one")
        await told("two")
        await until(lambda: all(len(page.frames()) == 2 for page in pages))
        await asyncio.sleep(0.05)
        await close(board)
        return joined, {tuple(page.frames()) for page in pages}

    assert run(scene()) == ([GROUP], {("one", "two")})


def test_two_processes_hear_the_same_and_know_of_each_others_people():
    async def scene():
        one, other = Switchboard(), Switchboard()
        ana, ben = Page(1, "Ana Ruiz"), Page(2, "Ben Ode")
        await one.join(GROUP, ana)
        await other.join(GROUP, ben)
        await told("one")
        await until(lambda: ana.frames() == ben.frames() == ["one"])
        await until(lambda: any('"people":2' in text for text in ana.heard))
        await other.leave(GROUP, ben)
        await until(lambda: '"people":1' in ana.heard[-1])
        await close(one)
        await close(other)

    run(scene())


def test_who_left_hears_no_more_and_an_empty_room_is_gone():
    async def scene():
        board, stays, goes = Switchboard(), Page(), Page()
        for page in (stays, goes):
            await board.join(GROUP, page)
        await board.leave(GROUP, goes)
        await told("later")
        await until(lambda: stays.frames() == ["later"])
        assert goes.frames() == []
        await board.leave(GROUP, stays)
        assert GROUP not in board.rooms
        await close(board)

    run(scene())


def test_everyone_in_a_room_is_asked_again_whether_they_may_read():
    async def scene():
        board, page = Switchboard(), Page(1)
        await board.join(GROUP, page)
        await get_channel_layer().group_send(GROUP, {"type": "live", "group": GROUP, "recheck": True})
        await until(lambda: page.rechecked == 1)
        await close(board)

    run(scene())


def test_a_layer_that_is_down_is_noticed_and_joined_once_it_is_back(monkeypatch):
    monkeypatch.setattr(rooms, "PROBE_EVERY", 0.05)
    monkeypatch.setattr(rooms, "PATIENCE", 0.3)

    async def scene():
        board, page, layer = Switchboard(), Page(), get_channel_layer()

        async def refused(*_given):
            raise ConnectionError("the layer is down")

        with monkeypatch.context() as down:
            down.setattr(layer, "group_add", refused)
            down.setattr(layer, "send", refused)
            down.setattr(layer, "group_send", refused)
            await board.join(GROUP, page)
            assert not board.rooms[GROUP].joined
            await asyncio.sleep(0.4)
            assert board.is_deaf
        await until(lambda: board.rooms[GROUP].joined and not board.is_deaf)
        await told("back")
        await until(lambda: page.frames() == ["back"])
        await close(board)

    run(scene())
