"""Pages that were reported, for the queue and for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import PageReport
from reports.reasons import Reason
from reports.sources import MOST_NOTES, MOST_SHOWN, Said, Source, Waiting, register
from texts.vocabulary import label_of


def register_pages() -> None:
    register(Source("pages", waiting_pages, number_of_pages))


def waiting_reports(*, urgent_only: bool = False) -> QuerySet[PageReport]:
    rows = PageReport.objects.filter(decided_at=None)
    return rows.filter(reason=Reason.SAFEGUARDING) if urgent_only else rows


def number_of_pages(urgent_only: bool) -> int:
    return waiting_reports(urgent_only=urgent_only).values("path").distinct().count()


def waiting_pages(urgent_only: bool) -> list[Waiting]:
    """One for each page, however many reports of it wait. Two queries."""
    urgent = Count("pk", filter=Q(reason=Reason.SAFEGUARDING))
    rows = waiting_reports(urgent_only=urgent_only).values("path").annotate(since=Min("made_at"), urgent=urgent)
    paths = [row["path"] for row in rows.order_by("-urgent", "since")[:MOST_SHOWN]]
    by_path: dict[str, list[PageReport]] = {path: [] for path in paths}
    reports = waiting_reports(urgent_only=urgent_only).filter(path__in=paths).select_related("reporter")
    for report in reports.order_by("made_at", "pk"):
        by_path[report.path].append(report)
    return [_waiting(reports) for reports in by_path.values() if reports]


def _waiting(reports: list[PageReport]) -> Waiting:
    first = next((one for one in reports if one.is_urgent), reports[0])
    reasons = [value for value in Reason.values if any(one.reason == value for one in reports)]
    return Waiting(
        what=gettext_lazy("Page"),
        title=first.title,
        url=first.get_absolute_url(),
        page=first.path,
        since=reports[0].made_at,
        reasons=tuple(label_of(Reason, reason) for reason in reasons),
        said=tuple(Said(reported_by(one), one.note) for one in reports[:MOST_NOTES]),
        reports=len(reports),
        is_urgent=first.is_urgent,
    )


def reported_by(report: PageReport) -> str:
    return str(report.reporter) if report.reporter else _("a visitor")


@dataclass(frozen=True)
class Case:
    """A report as somebody decides on it: the others of its page that wait, and what was decided there before."""

    report: PageReport
    others: list[PageReport]
    before: list[PageReport]

    @property
    def seen(self) -> int:
        """The newest of them: what comes later was not read."""
        return max([self.report.pk, *(one.pk for one in self.others)])


def case_of(report: PageReport, *, urgent_only: bool) -> Case:
    """One query."""
    rows = PageReport.objects.filter(path=report.path).exclude(pk=report.pk)
    if urgent_only:
        rows = rows.filter(reason=Reason.SAFEGUARDING)
    found = list(rows.select_related("reporter", "decided_by").order_by("-pk")[:MOST_SHOWN])
    return Case(
        report=report,
        others=[one for one in reversed(found) if one.decided_at is None],
        before=[one for one in found if one.decided_at is not None],
    )
