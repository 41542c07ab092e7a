"""Ask a moderator to look at a post, and say that it has been looked at."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.telling import alert_moderators, tell_reporters
from discussions.models import Post, Reason, Report
from discussions.permissions import can_report
from texts.cleaning import clean_written

MOST_OPEN = 20  # reports of one post that wait: more of them say no more


@transaction.atomic
def report_post(post: Post, *, user: User | None, reason: str, note: str = "") -> Report | None:
    """`user`: None for a visitor. Somebody's second report of a post that waits is their first. Gives None where very
    many wait already. Raises DiscussionError."""
    if reason not in Reason.values:
        raise DiscussionError(_("Choose what is wrong with it."))
    current = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post.pk)
    if not can_report(user, current):
        raise NotAllowed
    waiting = Report.objects.filter(post=current, decided_at=None)
    if user is not None and (before := waiting.filter(reporter=user).first()):
        return before
    if reason != Reason.SAFEGUARDING and waiting.count() >= MOST_OPEN:
        return None
    report = Report.objects.create(post=current, reporter=user, reason=reason, note=clean_written(note))
    log(instance=current.thread, action="discussions.report", user=user, data={"post": current.pk, "reason": reason})
    alert_moderators(report, reverse("care-post", args=[current.pk]))
    return report


def close_reports(post: Post, *, user: User, told: str) -> int:
    """All that wait on a post, decided in one go; whoever made them is told. In the caller's transaction."""
    waiting = list(Report.objects.filter(post=post, decided_at=None).select_related("reporter"))
    Report.objects.filter(pk__in=[one.pk for one in waiting]).update(decided_at=timezone.now(), decided_by=user)
    tell_reporters(waiting, post, told)
    return len(waiting)
