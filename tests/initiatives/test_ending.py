"""Initiatives end by themselves after their last day."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from initiatives.models import Initiative, Status
from initiatives.queries.listed import listed
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [Status.RUNNING, Status.PAUSED])
def test_what_runs_or_pauses_ends_after_its_last_day_and_leaves_the_lists(status):
    today = timezone.localdate()
    over = InitiativeFactory(status=status, ends_on=today - datetime.timedelta(days=1))
    last_day = InitiativeFactory(status=status, ends_on=today)
    call_command("end_initiatives")
    assert [*listed()] == [last_day]
    over = Initiative.objects.get(pk=over.pk)
    assert (over.status, over.ended_on) == (Status.ENDED, today)
