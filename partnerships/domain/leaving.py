"""A party leaves, with notice where the partnership is in force."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError
from partnerships.domain.locking import lock, lock_for
from partnerships.domain.settling import settle
from partnerships.domain.telling import tell_parties
from partnerships.models import Departure, Partnership
from texts.cleaning import clean_text

LONGEST_NOTICE = datetime.timedelta(days=731)


@transaction.atomic
def leave(
    partnership: Partnership,
    *,
    user: User,
    organisation: Organisation,
    on: datetime.date | None = None,
    reason: str = "",
) -> Departure:
    """Give notice for a day; from a proposal one is out at once. Twice is once. Raises PartnershipError."""
    locked = lock_for(partnership, user=user, organisation=organisation)
    today = timezone.localdate()
    newest = locked.versions.get(number=locked.latest)
    before: Departure | None = Departure.objects.filter(version=newest, organisation=organisation).first()
    if before is not None:
        return before
    day = today if locked.in_force_at is None else on or today
    if not today <= day <= today + LONGEST_NOTICE:
        raise PartnershipError(_("Choose a day from today on, within two years."))
    departure: Departure = Departure.objects.create(
        version=newest, organisation=organisation, user=user, takes_effect_on=day, reason=clean_text(reason)
    )
    told = set(locked.readers.values_list("pk", flat=True))
    settle(locked)
    log(
        instance=locked,
        action="partnerships.leave",
        user=user,
        data={"for": organisation.name, "on": day.isoformat()},
    )
    title = _("%(name)s leaves “%(title)s”") % {"name": organisation.name, "title": newest.title}
    tell_parties(locked, title, detail=departure.reason, but=user, only=told)
    return departure


@transaction.atomic
def settle_departures(today: datetime.date) -> int:
    """Where a notice has run out, readers and summary follow. Gives how many partnerships; asked daily."""
    over = Departure.objects.filter(takes_effect_on__lte=today, version__partnership__closed_at=None)
    rows = over.order_by().values_list("version__partnership", "organisation")
    ids = {pk for pk, organisation in rows if _still_reads(pk, organisation)}
    for pk in sorted(ids):
        settle(lock(Partnership(pk=pk)))
    return len(ids)


def _still_reads(pk: int, organisation: int) -> bool:
    return bool(Partnership.readers.through.objects.filter(partnership_id=pk, organisation_id=organisation).exists())
