"""Whose saved search is whose. What can be searched at all is public, so nothing else needs asking."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.permissions import is_administrator, is_moderator
from search.models import SavedSearch

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_save_searches(user: Person) -> bool:
    return bool(user.is_authenticated and user.is_active)


def own_saved_searches(user: Person) -> QuerySet[SavedSearch]:
    """A saved search is its owner's alone: it says what somebody looks for."""
    return SavedSearch.objects.filter(owner=user) if can_save_searches(user) else SavedSearch.objects.none()


def can_see_index_state(user: Person) -> bool:
    return is_administrator(user)


def can_see_why(user: Person) -> bool:
    """The numbers behind an order: for those who answer for it."""
    return is_moderator(user)
