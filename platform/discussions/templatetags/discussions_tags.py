"""What is said about a thing, for its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from discussions.permissions import can_open
from discussions.queries.listing import Talk, talk_about

register = template.Library()


@register.simple_tag(takes_context=True)
def talk(context: dict[str, Any], kind: str, key: object) -> Talk:
    """The latest threads about it that this reader may read: `{% talk "place" place.code as said %}`."""
    return talk_about(_reader(context), kind, str(key))


@register.simple_tag(takes_context=True)
def may_start_talk(context: dict[str, Any]) -> bool:
    return can_open(_reader(context))


def _reader(context: dict[str, Any]) -> Any:
    request = context.get("request")
    return getattr(request, "user", None) or AnonymousUser()
