"""Links of a search in templates."""

from __future__ import annotations

from django import template

from places.queries import PlaceFacts
from search.query import SearchQuery

register = template.Library()


@register.simple_tag
def with_place(query: SearchQuery, place: PlaceFacts) -> str:
    """The address of the same search in another place."""
    return query.address(where=place.slug, page=1)
