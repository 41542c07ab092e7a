"""A place that a request's address names."""

from __future__ import annotations

from django.http import Http404

from places.queries import PlaceFacts, gazetteer


def place_at(slug: str) -> PlaceFacts:
    """The place of today at this address, typed in capitals or not; raises Http404 where there is none."""
    place = gazetteer().by_slug(slug.lower())
    if place is None:
        raise Http404
    return place
