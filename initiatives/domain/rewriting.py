"""Changing what kept versions of initiatives say, with a trace: a merge's rows alone would come undone with the next
version that is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Revision

from initiatives.models import Initiative
from organisations.domain.carrying import Traced, carry

Content = dict[str, Any]


def versions_of(one: Initiative) -> QuerySet[Revision]:
    """The public version and the newest: those that anybody goes on from."""
    found: QuerySet[Revision] = one.revisions.filter(Q(pk=one.latest_revision_id) | Q(pk=one.live_revision_id))
    return found


def rewrite(merge: Traced, revisions: QuerySet[Revision], change: Callable[[Content], Content]) -> None:
    """`change` gives what a version says instead, or the same."""
    for revision in revisions.order_by("pk"):
        content = change(revision.content)
        if content != revision.content:
            carry(merge, Revision.objects.filter(pk=revision.pk), "content", content)
