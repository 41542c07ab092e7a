"""Links of a search in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from places.domain.locating import Spot
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


@register.filter
def may_see_index(user: Any) -> bool:
    return can_see_index_state(user)


@register.filter
def of(found: Mapping[int, Any], key: int) -> Any:
    """What a mapping holds for a key; None where it holds nothing."""
    return found.get(key)
