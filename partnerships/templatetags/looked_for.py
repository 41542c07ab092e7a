"""Who is told that what was looked for in a place can be seen."""

from __future__ import annotations

from typing import Any

from django import template

from partnerships.history.permissions import can_see_looked_for

register = template.Library()


@register.simple_tag(takes_context=True)
def sees_looked_for(context: Any, code: str) -> bool:
    """`{% sees_looked_for place.code as may %}`: of whoever asks. Of visitors nothing is looked up."""
    request = context.get("request")
    return request is not None and request.user.is_authenticated and can_see_looked_for(request.user, code)
