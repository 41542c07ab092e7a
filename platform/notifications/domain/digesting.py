"""One e-mail of all that is due to a person: written with the mark that it was told, so neither lost nor told twice."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.domain.stopping import stop_token
from notifications.domain.telling import tell
from notifications.models import Notice

MOST_LINES = 50  # in one e-mail; the inbox has the rest


def send_digests() -> int:
    """For the scheduler. A person's e-mail and its marks are one transaction. Gives how many e-mails were written."""
    due = Notice.objects.filter(email_due_at__lte=timezone.now())
    people = due.order_by("user").values_list("user", flat=True).distinct()
    return sum(_digest(pk) for pk in list(people))


@transaction.atomic
def _digest(user_id: int) -> bool:
    """What was read meanwhile is told no more."""
    user = User.objects.select_for_update().get(pk=user_id)
    due = Notice.objects.filter(user=user, email_due_at__lte=timezone.now())
    lines = list(due.filter(read_at=None, emailed__lt=F("number")).order_by("created_at", "pk"))
    due.update(email_due_at=None, emailed=F("number"))
    if not lines or not user.is_active:
        return False
    kinds = sorted({line.kind for line in lines})
    stop = settings.SITE_URL + reverse("notifications-stop", args=[stop_token(user.pk, kinds)])
    title = lines[0].title if len(lines) == 1 else _("%(number)d new things") % {"number": len(lines)}
    context = {
        "title": title,
        "lines": lines[:MOST_LINES],
        "more": max(0, len(lines) - MOST_LINES),
        "stop": stop,
        "choose": settings.SITE_URL + reverse("notifications-preferences"),
    }
    return bool(tell([user], kind="digest", subject=title, template="digest", context=context, unsubscribe_url=stop))
