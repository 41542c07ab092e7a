"""Saved searches: kept, changed, paused, let go; and what their owner need not hear of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from search.domain.searching import Answer, search
from search.forms import Asked, read_search
from search.models import Frequency, SavedResult, SavedSearch
from search.query import DEEPEST_PAGE, PAGE_SIZE, Match, SearchQuery, Sort

MOST = 50  # saved searches a person
DEEPEST = DEEPEST_PAGE * PAGE_SIZE  # results that are looked at: the newest, as many as pages go
_MORNING = datetime.time(7)
_BATCH = 1000


class SavedSearchError(Exception):
    """It cannot be saved; the message says how to mend it."""


def asked_by(saved: SavedSearch) -> Asked:
    return read_search(QueryDict(saved.address.removeprefix("?")))


def to_be_saved(query: SearchQuery) -> SearchQuery:
    """A question that means the same each time: as it was answered, whatever the order and page."""
    answer = search(query, facets=False, size=1)
    words = answer.corrected or query.words
    match = Match.ALL if answer.widened else answer.query.match
    return replace(query, words=words, match=match, exact=bool(words), sort=None, page=1)


def look(query: SearchQuery) -> Answer | None:
    """Everything a saved search finds, the newest first; None for nothing, which some of the words are too."""
    answer = search(replace(query, sort=Sort.NEWEST, page=1), facets=False, size=DEEPEST)
    return None if answer.widened or not answer.results.total else answer


def save_search(
    owner: User, query: SearchQuery, *, name: str, frequency: str, by_email: bool, in_inbox: bool
) -> SavedSearch:
    """Save it; what it finds now its owner knows. Saved twice it is one. Raises SavedSearchError."""
    query = to_be_saved(query)
    answer = look(query)
    known = [hit.pk for hit in answer.results.hits] if answer else []
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)  # two at once are one after the other
        own = SavedSearch.objects.filter(owner=owner)
        saved = own.filter(address=query.address()).first()
        if saved is not None:
            change_search(saved, name=name, frequency=frequency, by_email=by_email, in_inbox=in_inbox, is_paused=False)
            return saved
        if own.count() >= MOST:
            raise SavedSearchError(_("You have fifty saved searches. Let one go first, or change it."))
        saved = SavedSearch.objects.create(
            owner=owner,
            address=query.address(),
            what=query.what,
            name=name,
            frequency=frequency,
            by_email=by_email,
            in_inbox=in_inbox,
            created_at=now,
            checked_at=now,
            due_at=next_due(frequency, now),
        )
        SavedResult.objects.bulk_create(
            (SavedResult(saved_search=saved, object_id=pk) for pk in known), batch_size=_BATCH
        )
    return saved


def change_search(
    saved: SavedSearch, *, name: str, frequency: str, by_email: bool, in_inbox: bool, is_paused: bool
) -> None:
    """Change how and how often it tells. What came while it was paused is told at its next turn."""
    if frequency != saved.frequency or (saved.is_paused and not is_paused):
        saved.due_at = next_due(frequency, timezone.now())
    saved.name, saved.frequency, saved.is_paused = name, frequency, is_paused
    saved.by_email, saved.in_inbox = by_email, in_inbox
    saved.save(update_fields=["name", "frequency", "is_paused", "by_email", "in_inbox", "due_at"])


def next_due(frequency: str, now: datetime.datetime) -> datetime.datetime:
    """When its next turn is: now and at every run, at seven tomorrow, at seven on Monday."""
    if frequency == Frequency.AT_ONCE:
        return now
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    days = 1 if frequency == Frequency.DAILY else 7 - local.weekday()
    if frequency == Frequency.DAILY and local.time() < _MORNING:
        days = 0
    return datetime.datetime.combine(local.date() + datetime.timedelta(days=days), _MORNING, local.tzinfo)


def silence(saved: SavedSearch, object_id: int, *, silenced: bool = True) -> None:
    """No saved search of this owner tells of this one thing again; or they may again."""
    if silenced:
        SavedResult.objects.get_or_create(saved_search=saved, object_id=object_id)
    same = SavedResult.objects.filter(saved_search__owner=saved.owner_id, saved_search__what=saved.what)
    same.filter(object_id=object_id).update(is_silenced=silenced)


def stop_emails(pks: Sequence[int]) -> None:
    """No more e-mails of these; one that told by e-mail alone is paused, not lost."""
    searches = SavedSearch.objects.filter(pk__in=pks)
    searches.filter(in_inbox=False).update(is_paused=True)
    searches.update(by_email=False)
