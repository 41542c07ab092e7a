"""Many places read at once say of each what its own journey says."""

from __future__ import annotations

import numpy as np
import pytest
from django.utils import timezone

from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.grid import STEPS, SUPPORTS, horizon
from partnerships.coverage.models import Confirmation
from partnerships.coverage.queries.across import across
from partnerships.coverage.queries.journey import journey
from partnerships.coverage.queries.tallies import numbers_of_place
from partnerships.coverage.states import State
from places.models import PlaceKind
from places.queries import gazetteer
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, WALES, InitiativeFactory
from texts.vocabulary import Reach, Stage, Support

pytestmark = pytest.mark.django_db


def lay() -> None:
    """Work in every way that a place can be reached, some of which ends, and gaps of two kinds."""
    today = timezone.localdate()
    InitiativeFactory(capacity=40, ends_on=today)
    InitiativeFactory(stages=("primary",), support=("mentoring", "tutoring"), places=[HARTLEPOOL, MIDDLESBROUGH])
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    InitiativeFactory(reach=Reach.NATION, places=[WALES], support=("money",), ends_on=today)
    InitiativeFactory(reach=Reach.UK, places=[])
    InitiativeFactory(reach=Reach.ONLINE, places=[CARDIFF], capacity=7)
    InitiativeFactory(reach=Reach.ONLINE, places=[])
    for code, support in ((HARTLEPOOL, ""), (CARDIFF, Support.MENTORING), (MIDDLESBROUGH, Support.MENTORING)):
        for step in (Stage.PRIMARY, Stage.HIGHER):
            Confirmation.objects.create(place_id=code, step=step, support=support, note="Asked.", lapses_on=today)


def test_all_places_at_once_have_the_numbers_and_states_of_each_alone(django_assert_num_queries):
    lay()
    today, gaz = timezone.localdate(), gazetteer()
    until = horizon(today)
    every = [place for kind in PlaceKind.values for place in gaz.of_kind(kind)]
    with django_assert_num_queries(3):
        found = across(every, until=until)
    for number, place in enumerate(found.places):
        alone = numbers_of_place(place, until)
        for way, numbers in found.by_way.items():
            if way in alone:
                assert np.array_equal(numbers[number], alone[way].cells), (place.name, way)
                assert np.array_equal(found.ending[way][number], alone[way].ending), (place.name, way)
            else:
                assert not numbers[number].any() and not found.ending[way][number].any(), (place.name, way)
    journeys = {code: journey(JourneyQuery((gaz[code],))) for code in (MIDDLESBROUGH, HARTLEPOOL, CARDIFF, NORTH_EAST)}
    states = set()
    for step in ("", *STEPS):
        for support in ("", *SUPPORTS):
            cells = found.at(step, support)
            for code, shown in journeys.items():
                one, cell = cells[code], shown.cell(step, support)
                assert (one.count, one.places, one.unknown, one.ending, one.state) == (
                    *(cell.count, cell.places, cell.unknown, cell.ending, cell.state),
                ), (code, step, support)
                assert one.near == sum(
                    shown.of_way(way, step, support) for way in ("here", "part", "region") if way in shown.ways
                )
                states.add(one.state)
    assert states == set(State)


def test_without_a_horizon_nothing_that_ends_is_read_and_of_no_places_nothing(django_assert_num_queries):
    InitiativeFactory(ends_on=timezone.localdate())
    with django_assert_num_queries(2):
        one = across(gazetteer().of_kind(PlaceKind.AUTHORITY)).at()[MIDDLESBROUGH]
    assert (one.count, one.ending, one.afar) == (1, None, 0)
    with django_assert_num_queries(0):
        assert across([], until=timezone.localdate()).at() == {}
