"""`among` finds what `in` finds."""

from __future__ import annotations

import pytest

from initiatives.models import Initiative
from initiatives.models.reach import ReachedPlace
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds():
    some = [InitiativeFactory().pk for _number in range(3)]
    for wanted in ([], some[:1], some, [*some, 10**15]):
        by_key = Initiative.objects.filter(pk__among=wanted)
        assert set(by_key) == set(Initiative.objects.filter(pk__in=wanted))
        rows = ReachedPlace.objects.filter(initiative_id__among=wanted)
        assert set(rows) == set(ReachedPlace.objects.filter(initiative_id__in=wanted))
    assert Initiative.objects.filter(pk__among=iter(some)).count() == 3


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="invalid literal"):
        list(Initiative.objects.filter(pk__among=["1) OR 1=1 --"]))
