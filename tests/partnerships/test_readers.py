"""Who reads what the parties say among themselves, of many people at once."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from discussions.permissions import can_read, readers_among
from tests.factories.accounts import ModeratorFactory
from tests.factories.partnerships import owner_of, party, proposed


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_who_reads_a_partnerships_discussion_is_asked_once_however_many_they_are(
    number: int, django_assert_num_queries: Any
):
    one, two = party(), party()
    thread = proposed(one, two).thread
    assert thread is not None
    people = [owner_of(two[0]).pk for _ in range(number)]
    strangers = [party()[1].pk, ModeratorFactory().pk]
    thread.refresh_from_db()
    with django_assert_num_queries(1):
        found = {person.pk for person in readers_among(User.objects.filter(pk__in=[*people, *strangers]), thread)}
    assert found == set(people) == {pk for pk in (*people, *strangers) if can_read(User.objects.get(pk=pk), thread)}
