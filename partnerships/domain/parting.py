"""What becomes of agreements when somebody closes their account: organisations made them, and they stand."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.leaving import Leaving, Said
from accounts.models import User
from organisations.permissions import organisations_to_write_for
from partnerships.domain.feeding import end_address
from partnerships.models import Agreement, ChangeRequest, Version


def says(user: User) -> Iterable[Said]:
    """Where an organisation they act for is asked, and has not answered yet."""
    own = list(organisations_to_write_for(user))
    asking = Version.objects.filter(parties__organisation__in=own, partnership__closed_at=None, commencement=None)
    newest = asking.select_related("partnership").order_by("partnership_id", "-number").distinct()
    seen: set[int] = set()
    for version in newest:
        if version.partnership_id in seen or version.number != version.partnership.latest:
            continue
        seen.add(version.partnership_id)
        asked = version.parties.filter(organisation__in=own).values("organisation")
        answered = [
            pk
            for model in (Agreement, ChangeRequest)
            for pk in model.objects.filter(version=version, organisation__in=asked).values_list(
                "organisation", flat=True
            )
        ]
        if version.parties.filter(organisation__in=own).exclude(organisation__in=answered).exists():
            yield Said(
                _("“%(title)s” waits for the answer of an organisation you act for.") % {"title": version.title},
                url=version.partnership.get_absolute_url(),
                link=_("Read and answer"),
            )


def close(leaving: Leaving) -> None:
    """The calendar's address is dead. What they agreed to for an organisation stays agreed, without their name."""
    end_address(leaving.user)
