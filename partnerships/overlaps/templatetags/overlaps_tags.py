"""Pairs on the pages of other rooms."""

from __future__ import annotations

from django import template

from initiatives.models import Initiative
from partnerships.overlaps.queries.drafts import CloseToDraft, close_to_draft

register = template.Library()


@register.simple_tag
def close_in_kind(draft: Initiative) -> list[CloseToDraft]:
    """What overlaps with a draft, follows it or goes with it: `{% close_in_kind draft as kin %}`."""
    return close_to_draft(draft)
