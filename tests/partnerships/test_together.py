"""Which initiatives work together already."""

from __future__ import annotations

import pytest

from notifications.announcing import subscribe, unsubscribe
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.events import TogetherChanged
from partnerships.queries.together import working_together, working_with
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partnerships import days, in_force, party, proposed

pytestmark = pytest.mark.django_db


def led_by(organisation):
    return InitiativeFactory(lead_organisation=organisation, live=True)


@pytest.fixture
def told():
    events: list[TogetherChanged] = []
    subscribe(TogetherChanged, events.append)
    yield events
    unsubscribe(TogetherChanged, events.append)


def test_what_one_partnership_in_force_names_works_together(django_assert_num_queries, time_machine_to):
    one, two = party(), party()
    here, there, other, alone = led_by(one[0]), led_by(two[0]), led_by(two[0]), led_by(one[0])
    in_force(one, two, initiatives=(here.pk, there.pk))
    in_force(one, two, initiatives=(alone.pk,))
    proposed(one, two, initiatives=(here.pk, other.pk))
    pairs = [(there.pk, here.pk), (here.pk, other.pk), (here.pk, alone.pk), (here.pk, here.pk)]
    with django_assert_num_queries(1):
        assert working_together(pairs) == {(there.pk, here.pk)}
    with django_assert_num_queries(0):
        assert working_together([]) == set()
    with django_assert_num_queries(1):
        assert working_with(here.pk) == {there.pk}
    with time_machine_to(days(301)):  # its last day has passed
        assert working_together(pairs) == set()


def test_what_everyone_reads_tells_of_no_partnership_without_a_public_summary():
    one, two = party(), party()
    pair = led_by(one[0]).pk, led_by(two[0]).pk
    partnership = in_force(one, two, initiatives=pair)
    assert working_together([pair]) == {pair} and working_together([pair], public=True) == set()
    assert working_with(pair[0], public=True) == set()
    for organisation, user in (one, two):
        change_consent(partnership, user=user, organisation=organisation, wanted=True)
    assert working_together([pair], public=True) == {pair}


def test_who_listens_hears_when_initiatives_begin_and_cease_to_work_together(told):
    one, two = party(), party()
    pair = led_by(one[0]).pk, led_by(two[0]).pk
    partnership = in_force(one, two, initiatives=pair)
    assert told == [TogetherChanged(tuple(sorted(pair)))]
    close(partnership, user=one[1], organisation=one[0], outcome="Thirty came.")
    assert told == [TogetherChanged(tuple(sorted(pair)))] * 2
    assert working_together([pair]) == set()
