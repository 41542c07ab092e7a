"""Pages that were reported, for the queue and for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from reports.models import PageReport
from reports.queries.gathering import gathered, in_queue, waiting_of
from reports.reasons import Reason
from reports.sources import MOST_SHOWN, Source, Waiting, register


def register_pages() -> None:
    register(Source("pages", waiting_pages, number_of_pages))


def number_of_pages(urgent_only: bool) -> int:
    return waiting_of(PageReport.objects.all(), urgent_only=urgent_only).values("path").distinct().count()


def waiting_pages(urgent_only: bool) -> list[Waiting]:
    """One for each page, however many reports of it wait. Two queries."""
    waiting = waiting_of(PageReport.objects.all(), urgent_only=urgent_only)
    return [_waiting(reports) for reports in gathered(waiting, "path").values()]


def _waiting(reports: list[PageReport]) -> Waiting:
    first = next((one for one in reports if one.is_urgent), reports[0])
    return in_queue(
        reports, what=gettext_lazy("Page"), title=first.title, url=first.get_absolute_url(), page=first.path
    )


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
