"""What somebody typed as safe HTML."""

from __future__ import annotations

from texts.markdown import render_markdown


def render_post(text: str) -> str:
    """Paragraphs, lists, emphasis, quotations and links."""
    return str(render_markdown(text))
