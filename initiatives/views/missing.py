"""A list or a search that has nothing: told to whoever counts what is missing."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from accounts.asking import first_asking
from accounts.permissions import coordinates, is_moderator
from initiatives.events import NothingFound
from notifications.announcing import announce
from places.queries import UK_CODE, gazetteer

logger = logging.getLogger("steppingstones.events")


def tell_nothing_found(
    request: HttpRequest, *, place: str, steps: Iterable[str], support: Iterable[str], address: str
) -> None:
    """Once an hour for each asker and `address`, where it says a place, a stage, a transition or a kind of support.
    Whatever fails here, the page goes on. Whoever may read the numbers of the place adds nothing to them."""
    found = NothingFound("" if place == UK_CODE else place, tuple(steps), tuple(support))
    if not (found.place or found.steps or found.support):
        return
    try:
        if not _may_read(request.user, found.place or UK_CODE) and first_asking(request, address):
            announce(found)
    except Exception:
        logger.exception("A search that found nothing could not be told")


def _may_read(user: Any, code: str) -> bool:
    """Its coordinators, those of places around it, and moderators: who could reckon with searches of their own."""
    if not user.is_authenticated:
        return False
    return is_moderator(user) or any(coordinates(user, one) for one in gazetteer().closure_up(code))
