"""Reports that wait, gathered by the thing they are about: the same for pages and for posts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from django.db.models import Count, Min, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from reports.reasons import Reason
from reports.sources import MOST_NOTES, MOST_SHOWN, Said, Waiting
from texts.vocabulary import label_of


class Reported(Protocol):
    """A report, of whatever room."""

    @property
    def reason(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def made_at(self) -> datetime.datetime: ...
    @property
    def reporter(self) -> User | None: ...


_Row = TypeVar("_Row", bound=Model)


def waiting_of(reports: QuerySet[_Row], *, urgent_only: bool) -> QuerySet[_Row]:
    """Those that nobody has decided, or the worries about a child among them."""
    rows = reports.filter(decided_at=None)
    return rows.filter(reason=Reason.SAFEGUARDING) if urgent_only else rows


def gathered(waiting: QuerySet[_Row], by: str) -> dict[Any, list[_Row]]:
    """By the column that says what each is about, the oldest first; of very many things those that come first in the
    queue. Two queries."""
    urgent = Count("pk", filter=Q(reason=Reason.SAFEGUARDING))
    rows = waiting.values(by).annotate(since=Min("made_at"), urgent=urgent).order_by("-urgent", "since")
    about = [row[by] for row in rows[:MOST_SHOWN]]
    found: dict[Any, list[_Row]] = {}
    key = attrgetter(by)
    for report in waiting.filter(**{f"{by}__in": about}).select_related("reporter").order_by("made_at", "pk"):
        found.setdefault(key(report), []).append(report)
    return found


def in_queue(
    reports: Sequence[Reported],
    *,
    what: str | Promise,
    title: str,
    url: str,
    page: str,
    extract: str = "",
    byline: str = "",
) -> Waiting:
    """`reports`: all of one thing, the oldest first."""
    given = {report.reason for report in reports}
    return Waiting(
        what=what,
        title=title,
        url=url,
        page=page,
        since=reports[0].made_at,
        reasons=tuple(label_of(Reason, reason) for reason in Reason.values if reason in given),
        said=tuple(Said(str(one.reporter or _("a visitor")), one.note) for one in reports[:MOST_NOTES]),
        reports=len(reports),
        is_urgent=Reason.SAFEGUARDING in given,
        extract=extract,
        byline=byline,
    )
