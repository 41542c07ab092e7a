"""What other rooms' pages show of the registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from initiatives.permissions import can_moderate
from initiatives.queries.cards import Card, cards
from initiatives.queries.counting import counts_for
from initiatives.queries.hubs import stones_of
from initiatives.queries.newest import newest_in
from initiatives.queries.organisations import OrganisationWork, work_of
from initiatives.queries.reading import Stone
from organisations.models import Organisation
from places.queries import UK_CODE, gazetteer

register = template.Library()


@register.simple_tag
def newest_initiatives(limit: int = 6) -> list[Card]:
    """Cards of the newest initiatives of the whole registry."""
    return cards(newest_in(UK_CODE, limit=limit))


@register.simple_tag
def place_stones(code: str) -> Sequence[Stone]:
    """A place's row of stones with its counts."""
    return stones_of(gazetteer()[code], counts_for(code))


@register.simple_tag
def organisation_work(organisation: Organisation) -> OrganisationWork:
    """What an organisation leads and takes part in, where and with whom."""
    return work_of(organisation)


@register.simple_tag
def listed_total() -> int:
    """How many initiatives the registry lists."""
    return counts_for(UK_CODE).total()


@register.filter
def may_moderate(user: Any) -> bool:
    return can_moderate(user)
