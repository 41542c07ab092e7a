"""What becomes of agreements when somebody closes their account: organisations made them, and they stand."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.leaving import Leaving, Said
from accounts.models import User
from organisations.permissions import organisations_to_write_for
from partnerships.domain.feeding import end_address
from partnerships.models import Version


def says(user: User) -> Iterable[Said]:
    """Where an organisation they act for is asked, and has not answered yet."""
    own = list(organisations_to_write_for(user))
    waiting = Version.objects.filter(
        parties__organisation__in=own, number=F("partnership__latest"), partnership__closed_at=None, commencement=None
    )
    for version in waiting.select_related("partnership").order_by("partnership_id").distinct():
        asked = version.parties.filter(organisation__in=own)
        for answers in (version.agreements, version.change_requests):
            asked = asked.exclude(organisation__in=answers.values("organisation"))
        if asked.exists():
            yield Said(
                _("“%(title)s” waits for the answer of an organisation you act for.") % {"title": version.title},
                url=version.partnership.get_absolute_url(),
                link=_("Read and answer"),
            )


def close(leaving: Leaving) -> None:
    """The calendar's address is dead. What they agreed to for an organisation stays agreed, without their name."""
    end_address(leaving.user)
