"""Ask a moderator to look at a post, and say that it has been looked at."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.telling import tell_reporters
from discussions.models import Post, Report
from discussions.permissions import can_report
from reports.domain.alerting import alert_contacts
from reports.reasons import POST_REASONS, Reason
from texts.cleaning import clean_written

MOST_OPEN = 20  # reports of one post that wait: more of them say no more


@transaction.atomic
def report_post(post: Post, *, user: User | None, reason: str, note: str = "") -> Report | None:
    """`user`: None for a visitor. Somebody's second report of a post that waits is their first, unless it is the first
    to tell of a worry about a child. Gives None where very many wait already. Raises DiscussionError."""
    if reason not in dict(POST_REASONS):
        raise DiscussionError(_("Choose what is wrong with it."))
    current = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)
    if not can_report(user, current):
        raise NotAllowed
    waiting = Report.objects.filter(post=current, decided_at=None)
    if user is not None and (before := waiting.filter(reporter=user).first()):
        return _made_urgent(before, note) if reason == Reason.SAFEGUARDING != before.reason else before
    if reason != Reason.SAFEGUARDING and waiting.count() >= MOST_OPEN:
        return None
    report = Report.objects.create(post=current, reporter=user, reason=reason, note=clean_written(note))
    log(instance=current.thread, action="discussions.report", user=user, data={"post": current.pk, "reason": reason})
    if reason == Reason.SAFEGUARDING:
        alert_contacts(reverse("care-post", args=[current.pk]))
    return report


def _made_urgent(report: Report, note: str) -> Report:
    report.reason, report.note = Reason.SAFEGUARDING, f"{report.note}\n\n{clean_written(note)}".strip()
    report.save(update_fields=["reason", "note"])
    data = {"post": report.post_id, "reason": report.reason}
    log(instance=report.post.thread, action="discussions.report", user=report.reporter, data=data)
    alert_contacts(reverse("care-post", args=[report.post_id]))
    return report


def close_reports(post: Post, *, user: User, told: str, urgent_only: bool = False) -> int:
    """All that wait on a post, or the worries about a child among them, decided in one go; whoever made them is told.
    In the caller's transaction."""
    rows = Report.objects.filter(post=post, decided_at=None).select_related("reporter")
    waiting = list(rows.filter(reason=Reason.SAFEGUARDING) if urgent_only else rows)
    Report.objects.filter(pk__in=[one.pk for one in waiting]).update(decided_at=timezone.now(), decided_by=user)
    tell_reporters(waiting, post, told)
    return len(waiting)
