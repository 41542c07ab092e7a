"""What everyone may read of partnerships, for the pages of initiatives and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.models import Partnership
from partnerships.queries.between import naming_both
from partnerships.queries.listing import Line, in_force_with

register = template.Library()


@register.simple_tag
def partnerships_with(thing: Initiative | Organisation) -> Sequence[Line]:
    """In force, and with a summary that everyone reads: `{% partnerships_with initiative as together %}`."""
    today = timezone.localdate()
    if isinstance(thing, Initiative):
        return in_force_with(initiative=thing.pk, today=today)
    return in_force_with(organisation=thing.pk, today=today)


@register.simple_tag(takes_context=True)
def partnerships_of_both(context: Any, low: int, high: int) -> Sequence[Partnership]:
    """Those that name both and that whoever asks may see: `{% partnerships_of_both low high as agreed %}`."""
    return naming_both(low, high, context["request"].user)
