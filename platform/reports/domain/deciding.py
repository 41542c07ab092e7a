"""A decision on what was reported about a page: thanks, removal or reply, once, told to whoever it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from notifications.domain.telling import tell
from reports.domain.errors import AlreadyDecided, NotAllowed, ReportError
from reports.models import Outcome, PageReport
from reports.permissions import can_decide
from reports.subjects import RemovalRefused, subject_at

KIND = "report-answer"


@dataclass(frozen=True)
class Decision:
    """`words`: the reply, or why the page is taken away; with thanks they may be left out. `together`: the page's
    other reports up to the one numbered `seen` are decided with it."""

    outcome: str
    words: str = ""
    together: bool = False
    seen: int = 0


@transaction.atomic
def decide(report: PageReport, decision: Decision, *, user: User) -> int:
    """Gives how many reports were decided. Raises ReportError, AlreadyDecided where somebody was first."""
    rows = PageReport.objects.select_for_update(of=("self",)).filter(path=report.path, decided_at=None)
    waiting = {row.pk: row for row in rows.order_by("pk")}
    if report.pk not in waiting:
        raise AlreadyDecided(PageReport.objects.select_related("decided_by").get(pk=report.pk))
    if not can_decide(user, waiting[report.pk]):
        raise NotAllowed
    _check(decision)
    chosen = [waiting.pop(report.pk)]
    if decision.together:
        chosen += [row for pk, row in waiting.items() if pk <= decision.seen and can_decide(user, row)]
    if decision.outcome == Outcome.REMOVED:
        _remove(report.path, decision.words, user)
    for row in chosen:
        row.decided_at, row.decided_by = timezone.now(), user
        row.outcome, row.words = decision.outcome, decision.words
        row.save(update_fields=["decided_at", "decided_by", "outcome", "words"])
        data = {"page": row.path, "outcome": row.outcome}
        log(instance=row, action=f"reports.{row.outcome}", user=user, data=data)
        _tell_reporter(row)
    return len(chosen)


def _check(decision: Decision) -> None:
    if decision.outcome not in Outcome.values:
        raise ReportError(_("Choose what becomes of it."))
    if decision.outcome == Outcome.REPLIED and not decision.words:
        raise ReportError(_("Write the reply."))
    if decision.outcome == Outcome.REMOVED and not decision.words:
        raise ReportError(_("Say why: whoever looks after the page is told."))


def _remove(path: str, reason: str, user: User) -> None:
    subject = subject_at(path)
    if subject is None or subject.removal is None or not subject.removal.may(user):
        raise ReportError(_("This page cannot be taken away here. Choose another answer."))
    try:
        subject.removal.act(user, reason)
    except RemovalRefused as refused:
        raise ReportError(str(refused)) from refused


def _tell_reporter(report: PageReport) -> None:
    """By e-mail, and in the inbox of who has one. Why a page was taken away is told to those who look after it."""
    told = report.reporter or report.email
    if not told:
        return
    is_removed = report.outcome == Outcome.REMOVED
    words = "" if is_removed else report.words
    context = {"report": report, "words": words, "removed": is_removed}
    title = _("A moderator has looked at the page you reported")
    path = "/" if is_removed else report.path
    tell([told], kind=KIND, subject=title, template="report_answered", context=context, path=path, detail=words)
