"""What everyone may read of partnerships, for the pages of initiatives and organisations."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils import timezone

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.queries.listing import Line, in_force_with

register = template.Library()


@register.simple_tag
def partnerships_with(thing: Initiative | Organisation) -> Sequence[Line]:
    """In force, and with a summary that everyone reads: `{% partnerships_with initiative as together %}`."""
    today = timezone.localdate()
    if isinstance(thing, Initiative):
        return in_force_with(initiative=thing.pk, today=today)
    return in_force_with(organisation=thing.pk, today=today)
