"""Whatever people do and the line does, every page shows in the end what a fresh load shows."""

from __future__ import annotations

import random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from discussions.live.frames import forget_frames
from tests.discussions.pages_agree import World

STEPS = (
    *("post", "edit", "remove", "restore", "react", "rename", "move", "close", "mute"),
    *("disconnect", "come_back", "arrive_late", "announce"),
)
chances = st.randoms(use_true_random=False)  # so that a failure shrinks to the fewest throws of the dice


class PagesAgree(RuleBasedStateMachine):
    """People who write and move things about, a line that loses, doubles and delays, now and then a quiet moment."""

    @initialize(chance=chances)
    def begin(self, chance: random.Random) -> None:
        forget_frames()  # a row of the run before, which was rolled back, may have had the same number
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.world = World(chance, pages=3)
        self.carried = self.world.listening()
        self.carried.__enter__()

    @rule(chance=chances, step=st.sampled_from(STEPS))
    def happens(self, chance: random.Random, step: str) -> None:
        self.world.chance = chance
        self.world.do(getattr(self.world, step))

    @rule(chance=chances)
    def two_people_do_something_at_once(self, chance: random.Random) -> None:
        """Both have committed before either is announced."""
        self.world.chance = chance
        for _person in range(2):
            self.world.do(chance.choice((self.world.post, self.world.rename, self.world.edit)), is_prompt=False)

    @rule(chance=chances)
    def a_heartbeat_is_heard(self, chance: random.Random) -> None:
        self.world.chance = chance
        self.world.beat()

    @rule(chance=chances)
    def it_is_quiet_for_a_while(self, chance: random.Random) -> None:
        self.world.chance = chance
        self.world.quiet()
        assert self.world.differences() == 0

    @invariant()
    def no_page_is_given_a_change_twice_or_too_late(self) -> None:
        assert all(page.is_in_order for page in self.world.pages)

    def teardown(self) -> None:
        try:
            self.it_is_quiet_for_a_while(random.Random(0))
        finally:
            self.carried.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


@pytest.mark.django_db
def test_every_page_shows_what_a_fresh_load_shows():
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(PagesAgree, settings=run)
