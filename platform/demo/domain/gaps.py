"""What the demo's coordinators looked for and did not find, said some while ago."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from partnerships.coverage.domain.confirming import confirm_none, year_after
from partnerships.coverage.models import Confirmation
from places.queries import gazetteer


def load_gaps(people: Mapping[str, User]) -> None:
    """As the coordinators' own form keeps them, then dated back."""
    now = timezone.now()
    for row in reading.gaps():
        kept = confirm_none(
            gazetteer()[row["place"]], row["step"], row["support"], user=people[row["by"]], note=row["note"]
        )
        then = now - datetime.timedelta(days=row["days"])
        Confirmation.objects.filter(pk=kept.pk).update(confirmed_at=then, lapses_on=year_after(then.date()))
