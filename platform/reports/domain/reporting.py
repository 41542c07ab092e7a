"""Ask a moderator to look at a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from reports.domain.alerting import alert_contacts
from reports.domain.errors import ReportError
from reports.models import PageReport
from reports.reasons import LONGEST_NOTE, Reason
from texts.cleaning import clean_written

MOST_WORDS = 4 * LONGEST_NOTE  # letters of one report, of all that somebody added to it
MOST_OPEN = 20  # reports of one page that wait: more of them say no more


@dataclass(frozen=True)
class ReportedPage:
    """A page that whoever reports it has read: its path and its title."""

    path: str
    title: str


@transaction.atomic
def report_page(
    page: ReportedPage, *, user: User | None, reason: str, note: str = "", email: str = ""
) -> PageReport | None:
    """`user`: None for a visitor, who may leave an address for an answer. Somebody's second report for the same reason
    adds its words to the first while that waits. Gives None where very many wait already. Raises ReportError."""
    if reason not in Reason.values:
        raise ReportError(_("Choose what is wrong with it."))
    note = clean_written(note)
    if user is not None and (before := _waiting_of(user, page, reason)):
        return _add_words(before, note)
    waiting = PageReport.objects.filter(path=page.path, decided_at=None)
    if reason != Reason.SAFEGUARDING and waiting.count() >= MOST_OPEN:
        return None
    fresh = PageReport(path=page.path, title=page.title, reporter=user, reason=reason, note=note)
    fresh.email = "" if user is not None else email
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:  # sent twice at the same moment
        before = _waiting_of(user, page, reason) if user is not None else None
        if before is None:
            raise
        return _add_words(before, note)
    log(instance=fresh, action="reports.report", user=user, data={"page": page.path, "reason": reason})
    if fresh.is_urgent:
        alert_contacts(fresh.get_absolute_url())
    return fresh


def _waiting_of(user: User, page: ReportedPage, reason: str) -> PageReport | None:
    rows = PageReport.objects.select_for_update().filter(path=page.path, reporter=user, reason=reason)
    return rows.filter(decided_at=None).first()


def _add_words(report: PageReport, note: str) -> PageReport:
    """Whoever is named for worries about children hears of more words, too."""
    if not note or note in report.note:
        return report
    if len(report.note) + len(note) > MOST_WORDS:
        raise ReportError(_("You have written much of this already. A moderator reads that first: write again then."))
    report.note = f"{report.note}\n\n{note}".strip()
    report.save(update_fields=["note"])
    if report.is_urgent:
        alert_contacts(report.get_absolute_url())
    return report
