"""Limited rich text: a small Markdown in, safe HTML out."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero", {"linkify": False, "html": False, "breaks": True}).enable(
    ["emphasis", "list", "link", "heading", "lheading", "newline", "autolink", "blockquote", "escape", "entity"]
)
# A text without any of these is one plain paragraph after another: most of what is imported.
_MARKS = re.compile(r"[\\&<>*_\[\]#=]|^\s*(?:[-+]|\d+[.)])", re.MULTILINE)
_SIGNS = re.compile(r"([\\`*_\[\]<>~])")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}


@lru_cache(maxsize=500)
def render_markdown(source: str) -> SafeString:
    """HTML of paragraphs, lists, emphasis, links and headings (from level three); everything else is text.

    The last texts are kept with what they give, which is the same whoever reads it: a page of which each reader gets a
    fresh one asks for the same two texts each time, and they take a tenth of it.
    """
    html = _MARKDOWN.render(source)
    for level in (1, 2):  # the page's own headings stand above a description's
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(cleaned)  # noqa: S308  cleaned one line above


def as_it_stands(text: str) -> str:
    """Markdown that shows a line of text as it is, whatever marks somebody put into it."""
    return _SIGNS.sub(r"\\\1", text)


def plain_text(source: str) -> str:
    """The words of a small Markdown without its marks, on one line: for extracts."""
    if not _MARKS.search(source):
        return " ".join(source.replace("\0", "\N{REPLACEMENT CHARACTER}").split())
    pieces = []
    for block in _MARKDOWN.parse(source):
        pieces += [part.content if part.type == "text" else " " for part in block.children or ()]
        pieces.append(" ")
    return " ".join("".join(pieces).split())
