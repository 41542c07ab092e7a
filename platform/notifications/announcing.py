"""Events between rooms: a lower room announces, a higher one listens, and neither imports upward.

Most events are told after the commit (`announce`); what must never differ from the change, such as what can be
searched, is told within its transaction (`announce_within`).

An event is a frozen dataclass of its room's `events.py`; a listener subscribes in its app's `ready`.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

logger = logging.getLogger("steppingstones.events")
Event = TypeVar("Event")
_handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` with each event of exactly this type. Subscribing twice is subscribing once."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def unsubscribe(event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Stop calling `handler`. Raises ValueError where it was not subscribed."""
    _handlers[event_type].remove(handler)


def announce(event: object) -> None:
    """Hand the event to its listeners once the transaction commits; never when it rolls back.

    A listener that fails is logged and hinders neither the others nor the announcer.
    """
    for handler in _handlers[type(event)]:
        transaction.on_commit(partial(_call, handler, event), robust=True)


def announce_within(event: object) -> None:
    """Hand the event to its listeners now, inside the announcer's transaction: what they write commits or rolls back
    with the change itself. A listener's error is the announcer's."""
    for handler in _handlers[type(event)]:
        handler(event)


def _call(handler: Callable[[Any], None], event: object) -> None:
    try:
        handler(event)
    except Exception:
        logger.exception("%s failed on %s", getattr(handler, "__qualname__", handler), type(event).__name__)
