"""Who may see and decide what was reported."""

from __future__ import annotations

from typing import Any

from accounts.permissions import is_administrator, is_moderator, is_safeguarding_contact
from reports.models import PageReport

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_see_queue(user: Person) -> bool:
    """Moderators, and whoever is named for worries about a child."""
    return is_moderator(user) or is_safeguarding_contact(user)


def can_see_all(user: Person) -> bool:
    """Who is only named for worries about a child sees nothing else."""
    return is_moderator(user)


def can_decide(user: Person, report: PageReport) -> bool:
    return can_see_all(user) or (report.is_urgent and is_safeguarding_contact(user))


def can_name_contacts(user: Person) -> bool:
    return is_administrator(user)
