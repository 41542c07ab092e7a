"""Counting is right: the kept numbers against a recount by hand, over random registries.

`COVERAGE_CASES=1000` counts as many registries as the figure asks for; the benchmark does.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.coverage.domain.tallying import count_all, is_counted
from partnerships.coverage.models import Counted, Tally
from tests.benchmarks.counting import differences, register
from tests.factories.initiatives import InitiativeFactory
from tests.factories.journeys import ROWS

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("COVERAGE_CASES", "25"))


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROWS, min_size=1, max_size=8), edits=st.lists(ROWS, max_size=3))
def test_kept_numbers_equal_a_count_by_hand_whatever_is_registered_and_changed(rows, edits):
    made = register(rows, edits)
    assert differences(made) == []
    count_all()
    assert differences(made) == []


def test_a_site_that_was_never_counted_or_has_another_vocabulary_is_counted_anew():
    InitiativeFactory()
    assert is_counted()
    Counted.objects.all().delete()
    assert not is_counted()
    count_all()
    assert is_counted()
    Tally.objects.update(cells=b"12345678")
    assert not is_counted()
    count_all()
    assert is_counted()
