"""A socket's way out: straight on while its reader keeps up, by itself where one does not."""

from __future__ import annotations

import asyncio

from discussions.live import outlets
from discussions.live.outlets import BEHIND, MOST_WAITING, Outlet
from discussions.live.pacing import Paced
from tests.discussions.live.running import run


class Reader:
    """The far end of a socket, which can stop reading."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.outlet = Outlet(self._send)

    async def _send(self, message) -> None:
        await self.reads.wait() if not self.reads.is_set() else None
        self.heard.append(message["text"])


def test_one_who_keeps_up_hears_everything_in_the_moment_it_is_written():
    async def scene():
        reader = Reader()
        for number in range(500):
            reader.outlet.write(str(number))
        return reader.heard, reader.outlet.is_behind

    assert run(scene()) == ([str(number) for number in range(500)], False)


def test_one_who_stops_reading_holds_up_nobody_and_hears_it_all_once_they_read_again():
    async def scene():
        slow, quick = Reader(), Reader()
        slow.reads.clear()
        for number in range(MOST_WAITING):
            for reader in (slow, quick):
                reader.outlet.write(str(number))
        assert slow.outlet.is_behind and len(quick.heard) == MOST_WAITING
        slow.reads.set()
        while slow.outlet.is_behind:
            await asyncio.sleep(0)
        slow.outlet.write("straight on again")
        return slow.heard

    assert run(scene()) == [*(str(number) for number in range(MOST_WAITING)), "straight on again"]


def test_one_who_never_reads_is_let_go_after_so_many_frames():
    async def scene():
        slow = Reader()
        slow.reads.clear()
        for number in range(MOST_WAITING + 2):
            slow.outlet.write(str(number))
        await asyncio.sleep(0)
        return slow.outlet.close_code, slow.outlet.closed.is_set(), slow.heard

    assert run(scene()) == (BEHIND, True, [])


def test_or_after_so_long(monkeypatch):
    monkeypatch.setattr(outlets, "LONGEST_WAIT", 0.05)

    async def scene():
        slow = Reader()
        slow.reads.clear()
        slow.outlet.write("one")
        await asyncio.wait_for(slow.outlet.closed.wait(), 5)
        return slow.outlet.close_code

    assert run(scene()) == BEHIND


def test_a_line_that_breaks_harms_nobody():
    async def scene():
        async def broken(_message):
            raise OSError("gone")

        outlet = Outlet(broken)
        outlet.write("one")
        outlet.write("two")
        return outlet.close_code

    assert run(scene()) == 1006


def test_a_thousand_comings_are_one_frame_a_pause():
    async def scene():
        done: list[float] = []
        loop = asyncio.get_running_loop()
        paced = Paced(lambda: done.append(loop.time()), 0.1)
        for _number in range(1_000):
            paced.want()
            await asyncio.sleep(0.0002)
        began, ended = done[0], loop.time()
        await asyncio.sleep(0.15)
        return len(done), ended - began

    acts, seconds = run(scene())
    assert acts <= seconds / 0.1 + 2
