"""What no verb of this room brings about: days that pass, and organisations that nobody speaks for any more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q

from partnerships.domain.locking import lock
from partnerships.domain.settling import settle, tell_together
from partnerships.models import Departure, Partnership

LATE = datetime.timedelta(days=7)  # that the daily run may come after a last day


def settle_departures(today: datetime.date) -> int:
    """Where a notice has run out, readers and summary follow. Gives how many partnerships; asked daily."""
    over = Departure.standing().filter(takes_effect_on__lte=today, version__partnership__closed_at=None)
    rows = over.order_by().values_list("version__partnership", "organisation")
    return _settled({pk for pk, organisation in rows if _still_reads(pk, organisation)})


def settle_waiting(organisation: int | None = None) -> int:
    """Look anew at what waits: an amendment, perhaps for a party that it drops and that nobody speaks for since; and
    at what nobody is left in. Gives how many. `organisation`: only those it is a party of; None: all, daily."""
    waits = Q(latest__gt=F("stands__number"), in_force_at__isnull=False) | Q(readers=None)
    rows = Partnership.objects.filter(waits, closed_at=None, stands__isnull=False)
    if organisation is not None:
        rows = rows.filter(stands__parties__organisation=organisation)
    return _settled(rows.order_by().values_list("pk", flat=True).distinct())


def tell_ended(today: datetime.date) -> None:
    """The last day of some has passed: what they name works together no longer. Told anew, it is the same."""
    ended = Q(stands__ends_on__lt=today, stands__ends_on__gte=today - LATE)
    rows = Partnership.objects.filter(ended, closed_at=None, in_force_at__isnull=False)
    with transaction.atomic():
        tell_together(*rows.values_list("stands", flat=True))


def _still_reads(pk: int, organisation: int) -> bool:
    return bool(Partnership.readers.through.objects.filter(partnership_id=pk, organisation_id=organisation).exists())


def _settled(ids: Iterable[int]) -> int:
    """Each in a transaction of its own or, where somebody else's is open, all in that: their locks are taken in the
    order of their ids, so that two who settle the same ones never wait for each other."""
    wanted = sorted(set(ids))
    for pk in wanted:
        with transaction.atomic():
            settle(lock(Partnership(pk=pk)))
    return len(wanted)
