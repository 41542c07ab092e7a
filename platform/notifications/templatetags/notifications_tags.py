"""The inbox's number beside a person's name."""

from __future__ import annotations

from typing import Any

from django import template

from notifications.queries import shown_number, unread_number

register = template.Library()


@register.filter
def unread(user: Any) -> str:
    """How many lines of the inbox are new: "", "3", "99+"."""
    return shown_number(unread_number(user))
