"""Saved searches of the demo's people, with what they found lately."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from initiatives.models import Initiative
from search.domain.alerting import alert
from search.domain.saving import save_search
from search.forms import read_search
from search.models import SavedResult, SavedSearch

AGE = datetime.timedelta(days=230)  # the newest of the demo are a hundred days old


def load_searches(people: Mapping[str, User]) -> None:
    """Save each as if some months ago and let it tell what came since: by inbox alone, an e-mail would be too much."""
    now = timezone.now()
    since = now - AGE
    fresh = Initiative.objects.filter(first_published_at__gte=since).values("pk")
    for row in reading.searches():
        query = read_search(QueryDict(row["address"])).query
        saved = save_search(
            people[row["owner"]], query, name=row["name"], frequency=row["frequency"], by_email=False, in_inbox=True
        )
        SavedResult.objects.filter(saved_search=saved, object_id__in=fresh).delete()
        SavedSearch.objects.filter(pk=saved.pk).update(created_at=since, checked_at=since)
        saved.refresh_from_db()
        alert(saved.owner, [saved], now)
