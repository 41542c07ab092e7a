"""Links of a search in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from places.queries import PlaceFacts
from search.permissions import can_see_index_state
from search.query import SearchQuery

register = template.Library()


@register.simple_tag
def with_place(query: SearchQuery, place: PlaceFacts) -> str:
    """The address of the same search in another place."""
    return query.address(where=place.slug, page=1)


@register.filter
def may_see_index(user: Any) -> bool:
    return can_see_index_state(user)


@register.filter
def of(found: Mapping[int, Any], key: int) -> Any:
    """What a mapping holds for a key; None where it holds nothing."""
    return found.get(key)
