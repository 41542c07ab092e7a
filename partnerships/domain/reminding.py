"""Tell people of dates before they pass: each date once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.domain.locking import lock
from partnerships.domain.telling import tell_parties
from partnerships.models import Action, Partnership, Reminder

A_WEEK = datetime.timedelta(days=7)
A_MONTH = datetime.timedelta(days=30)
# What lay further back when it was first looked at is history, and no reminder.
FORGOTTEN = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """One date that is near or past; `about` tells it from every other; `only`: the party whose it is."""

    partnership: int
    about: str
    title: str
    only: int | None = None


def remind(today: datetime.date) -> int:
    """Of all that is due and was not told. Gives how many dates; asked daily, and twice a day tells no more."""
    waiting = [*_actions(today), *_reviews(today), *_ends(today)]
    told = set(
        Reminder.objects.filter(partnership__in={due.partnership for due in waiting}).values_list(
            "partnership_id", "about"
        )
    )
    return sum(_tell(due) for due in waiting if (due.partnership, due.about) not in told)


@transaction.atomic
def _tell(due: Due) -> bool:
    """Under the partnership's lock, with the row that remembers."""
    locked = lock(Partnership(pk=due.partnership))
    _row, is_new = Reminder.objects.get_or_create(partnership=locked, about=due.about)
    if not is_new or locked.closed_at is not None:
        return False
    readers = set(locked.readers.values_list("pk", flat=True))  # whose it was may have left
    tell_parties(locked, due.title, detail=str(locked), only=readers if due.only is None else readers & {due.only})
    return True


def _actions(today: datetime.date) -> Iterator[Due]:
    rows = Action.objects.filter(
        done_at=None,
        partnership__closed_at=None,
        due_on__gte=today - FORGOTTEN,
        due_on__lte=today + A_WEEK,
    ).order_by("due_on", "pk")
    for one in rows:
        assert one.due_on is not None  # noqa: S101  for the type checker
        is_late = one.due_on < today
        title = _("Overdue since %(day)s: %(text)s") if is_late else _("To be done by %(day)s: %(text)s")
        yield Due(
            partnership=one.partnership_id,
            about=f"{'overdue' if is_late else 'due'}:{one.pk}:{one.due_on}",
            title=title % {"day": _day(one.due_on), "text": one.text},
            only=one.owner_id,
        )


def _reviews(today: datetime.date) -> Iterator[Due]:
    for one in _in_force().filter(stands__review_on__gte=today - FORGOTTEN, stands__review_on__lte=today):
        assert one.stands is not None  # noqa: S101  for the type checker
        title = _("Time to look at how it goes: %(title)s") % {"title": one.stands.title}
        yield Due(one.pk, f"review:{one.stands.review_on}", title)


def _ends(today: datetime.date) -> Iterator[Due]:
    for one in _in_force().filter(stands__ends_on__gte=today, stands__ends_on__lte=today + A_MONTH):
        assert one.stands is not None and one.stands.ends_on is not None  # noqa: S101  for the type checker
        title = _("Ends on %(day)s, to be renewed or closed: %(title)s")
        names = {"day": _day(one.stands.ends_on), "title": one.stands.title}
        yield Due(one.pk, f"end:{one.stands.ends_on}", title % names)


def _in_force() -> QuerySet[Partnership]:
    return Partnership.objects.exclude(in_force_at=None).filter(closed_at=None).select_related("stands").order_by("pk")


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
