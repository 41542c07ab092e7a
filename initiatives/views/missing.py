"""A list or a search that has nothing: told to whoever counts what is missing."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.http import HttpRequest

from accounts.asking import first_asking
from initiatives.events import NothingFound
from notifications.announcing import announce
from places.queries import UK_CODE

logger = logging.getLogger("steppingstones.events")


def tell_nothing_found(
    request: HttpRequest, *, place: str, steps: Iterable[str], support: Iterable[str], address: str
) -> None:
    """Once an hour for each asker and `address`, where it says a place, a stage, a transition or a kind of support.
    Whatever fails here, the page goes on."""
    found = NothingFound("" if place == UK_CODE else place, tuple(steps), tuple(support))
    if not (found.place or found.steps or found.support):
        return
    try:
        if first_asking(request, address):
            announce(found)
    except Exception:
        logger.exception("A search that found nothing could not be told")
