"""Filters every template may use."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from texts.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(source: str | None) -> SafeString:
    """Limited rich text as safe HTML."""
    return render_markdown(source or "")
