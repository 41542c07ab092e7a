"""Links of a search in templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from places.domain.locating import Spot
from search.domain.within import find_posts
from search.permissions import can_see_index_state
from search.query import SearchQuery

register = template.Library()


@register.simple_tag
def with_place(query: SearchQuery, spot: Spot) -> str:
    """The address of the same search in another place, or near another town."""
    return query.address(where=spot.where, page=1)


@register.simple_tag
def within_miles(query: SearchQuery, miles: int) -> str:
    """The address of the same search within so many miles."""
    return query.address(miles=miles, page=1)


@dataclass(frozen=True)
class Said:
    """How many posts have some words; of very many, that there are more."""

    number: int
    is_more: bool


@register.simple_tag(takes_context=True)
def posts_with(context: dict[str, Any], text: str) -> Said:
    """What the search of posts finds for this reader: `{% posts_with query.text as said %}`."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    found = find_posts(user, text)
    return Said(len(found.posts), found.before is not None)


@register.filter
def may_see_index(user: Any) -> bool:
    return can_see_index_state(user)


@register.filter
def of(found: Mapping[int, Any], key: int) -> Any:
    """What a mapping holds for a key; None where it holds nothing."""
    return found.get(key)
