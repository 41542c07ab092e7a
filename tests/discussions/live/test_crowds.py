"""A thousand people in one discussion: what comes is encoded once, and who comes is told once a second."""

from __future__ import annotations

import asyncio
import json
import time

from discussions.live import frames
from discussions.live.rooms import Switchboard
from tests.discussions.live.running import run
from tests.discussions.live.test_rooms import GROUP, Page, close, told, until
from tests.factories.discussions import post_in, thread_by

PEOPLE = 1_000


def test_a_thousand_people_who_come_and_type_are_told_of_once_a_second_each():
    async def scene():
        board = Switchboard()
        pages = [Page(number, f"Person {number}") for number in range(1, PEOPLE + 1)]
        began = time.monotonic()
        for page in pages:
            room = await board.join(GROUP, page)
        while time.monotonic() - began < 3:
            for page in pages[::50]:
                if room.gathering.type(page.person, time.monotonic()):
                    room.say.want()
            await asyncio.sleep(0.01)
        await until(lambda: f'"people":{PEOPLE}' in pages[0].heard[-1])
        seconds = time.monotonic() - began
        await close(board)
        return seconds, max(len(page.heard) for page in pages), pages[0].heard[-1]

    seconds, most, last = run(scene())
    assert most <= seconds + 2
    assert len(json.loads(last)["names"]) <= 30 and len(last) < 5_000  # characters, however many are here


def test_a_frame_is_one_text_for_everybody_who_reads_the_same_language():
    async def scene():
        board, pages = Switchboard(), [Page() for _number in range(50)]
        for page in pages:
            await board.join(GROUP, page)
        await told('{"t":"post"}')
        await until(lambda: all(page.frames() for page in pages))
        await close(board)
        return {id(page.frames()[0]) for page in pages}

    assert len(run(scene())) == 1  # one text, not fifty like it


def test_what_a_change_left_behind_is_rendered_once(db, django_assert_num_queries):
    post = post_in(thread_by())
    made = frames.post_frames(post)
    with django_assert_num_queries(0):
        assert all(frames.post_frame(post, code) is text for code, text in made.items())
