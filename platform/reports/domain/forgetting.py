"""Visitors' addresses are kept no longer than they are needed."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications.models import Message
from reports.domain.deciding import KIND
from reports.models import PageReport

KEPT = timedelta(days=90)  # after the decision: long enough for a question about the answer


@transaction.atomic
def forget_addresses() -> int:
    """Drop what visitors left for an answer, and the answers to them. Gives how many addresses; asked daily."""
    before = timezone.now() - KEPT
    Message.objects.filter(kind=KIND, user=None, created_at__lt=before).delete()
    return PageReport.objects.filter(decided_at__lt=before).exclude(email="").update(email="")
