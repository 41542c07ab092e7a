"""The dates of a person's partnerships: first and last day, review, and what is to be done by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from partnerships.ical import Day
from partnerships.models import Action, Partnership
from partnerships.permissions import own_partnerships

MOST = 500


def days_of(user: Any) -> list[Day]:
    """Of those that are not closed: two queries however many."""
    open_actions = Action.objects.filter(done_at=None).exclude(due_on=None).select_related("owner").order_by("pk")
    rows = own_partnerships(user).filter(closed_at=None).select_related("stands").order_by("-opened_at", "-pk")
    found = rows.prefetch_related(Prefetch("actions", open_actions, to_attr="open_actions"))[:MOST]
    return [day for one in found for day in _days(one)]


def _days(one: Any) -> Iterator[Day]:
    stands = one.stands
    url = settings.SITE_URL.rstrip("/") + one.get_absolute_url()
    name = {"title": stands.title}
    told = (
        ("start", stands.starts_on, _("%(title)s begins")),
        ("review", stands.review_on, _("Review: %(title)s")),
        ("end", stands.ends_on, _("Last day: %(title)s")),
    )
    state = "" if one.in_force_at else _("Proposed; not all have agreed yet.")
    for sort, day, title in told:
        if day is not None:
            yield Day(_uid(one, sort), day, title % name, state, url)
    for action in one.open_actions:
        text = _("%(name)s, for “%(title)s”") % {"name": action.owner.name, "title": stands.title}
        yield Day(_uid(one, f"action-{action.pk}"), action.due_on, action.text, text, url)


def _uid(one: Partnership, sort: str) -> str:
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"partnership-{one.pk}-{sort}@{host}"
