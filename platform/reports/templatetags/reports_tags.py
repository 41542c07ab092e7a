"""The way to report a page, and how much waits."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from reports.looking import can_be_reported
from reports.permissions import can_see_queue
from reports.queries.queue import number_for

register = template.Library()


@register.simple_tag(takes_context=True)
def report_address(context: dict[str, Any]) -> str:
    """Where this page is reported; empty for one that is nobody else's. Asks nothing of the database, and is the same
    for everyone, so pages may be kept."""
    path = getattr(context.get("request"), "path", "")
    return f"{reverse('report')}?{urlencode({'page': path})}" if can_be_reported(path) else ""


@register.filter
def may_see_reports(user: Any) -> bool:
    return can_see_queue(user)


@register.filter
def reports_waiting(user: Any) -> int:
    return number_for(user)
