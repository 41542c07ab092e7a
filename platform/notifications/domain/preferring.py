"""How people want to be told, and when an e-mail may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.kinds import Frequency, kind_named, kinds
from notifications.models import Notice, Preference, QuietHours

MORNING = time(7)  # when digests go; the weekly ones on Mondays


@dataclass(frozen=True)
class Wish:
    """One person's, for one kind. `quiet`: from when until when nothing goes at once."""

    email: Frequency
    inbox: bool
    quiet: tuple[time, time] | None = None

    def email_due_at(self, now: datetime) -> datetime | None:
        """When an e-mail of what happens now may go; None for never."""
        local = timezone.localtime(now)
        if self.email == Frequency.NEVER:
            return None
        if self.email == Frequency.AT_ONCE:
            return _end_of_quiet(local, *self.quiet) if self.quiet else now
        morning = _at(local, MORNING)
        if morning <= local:
            morning = _at(local + timedelta(days=1), MORNING)
        if self.email == Frequency.WEEKLY:
            morning = _at(morning + timedelta(days=-morning.weekday() % 7), MORNING)
        return morning


def _at(day: datetime, clock: time) -> datetime:
    """That time of that day, by the clock on the wall whatever becomes of summer time."""
    return datetime.combine(day.date(), clock, tzinfo=timezone.get_default_timezone())


def _end_of_quiet(local: datetime, start: time, end: time) -> datetime:
    clock = local.time()
    if start < end:
        return _at(local, end) if start <= clock < end else local
    if clock >= start and start != end:
        return _at(local + timedelta(days=1), end)
    return _at(local, end) if clock < end and start != end else local


def wishes(user_ids: Collection[int], kind: str) -> Mapping[int, Wish]:
    """Each person's for a kind, theirs or the kind's own. Two queries however many."""
    default = kind_named(kind).email
    chosen = {row.user_id: row for row in Preference.objects.filter(user__in=user_ids, kind=kind)}
    rows = QuietHours.objects.filter(user__in=user_ids)
    quiet = {user: (start, end) for user, start, end in rows.values_list("user_id", "start", "end")}
    return {
        pk: Wish(
            email=Frequency(chosen[pk].email) if pk in chosen else default,
            inbox=chosen[pk].inbox if pk in chosen else True,
            quiet=quiet.get(pk),
        )
        for pk in user_ids
    }


@transaction.atomic
def prefer(user: User, *, chosen: Mapping[str, tuple[str, bool]], quiet: tuple[time, time] | None) -> None:
    """`chosen`: for each kind how often by e-mail, and whether in the inbox. What already waits follows suit."""
    for kind, (email, inbox) in chosen.items():
        values = {"email": Frequency(email), "inbox": inbox}
        Preference.objects.update_or_create(user=user, kind=kind_named(kind).name, defaults=values)
        _follow_suit(user, kind, Frequency(email))
    if quiet is None:
        QuietHours.objects.filter(user=user).delete()
    else:
        QuietHours.objects.update_or_create(user=user, defaults={"start": quiet[0], "end": quiet[1]})


@transaction.atomic
def stop_emails(user: User, names: Collection[str]) -> None:
    """Never again of these kinds; the inbox stays as it is."""
    known = {kind.name for kind in kinds()}
    for name in known.intersection(names):
        Preference.objects.update_or_create(user=user, kind=name, defaults={"email": Frequency.NEVER})
        _follow_suit(user, name, Frequency.NEVER)


def _follow_suit(user: User, kind: str, email: Frequency) -> None:
    if email == Frequency.NEVER:
        Notice.objects.filter(user=user, kind=kind).exclude(email_due_at=None).update(email_due_at=None)
