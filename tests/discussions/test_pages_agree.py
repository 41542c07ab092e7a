"""Whatever people do and the line does, every page shows in the end what a fresh load shows."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.discussions.pages_agree import World


class PagesAgree(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32), st.integers(20, 50))
    def test_every_page_shows_what_a_fresh_load_shows(self, seed, steps):
        world = World(seed)
        done = []
        with world.listening():
            for _step in range(steps):
                done.append(world.step())
            world.quiet()
            assert world.differences() == 0, done
