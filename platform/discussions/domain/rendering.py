"""What somebody typed as safe HTML: read once, and written when it is known whose names in it are mentions.

The same libraries as `texts.markdown`, with what talk needs besides: code, text struck out, addresses that are links
without being marked as such. A heading is a bold line, for the page's own headings stand around a post.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.html import linebreaks
from markdown_it import MarkdownIt
from markdown_it.token import Token

from discussions.domain.spotting import Piece, possible_names, with_addresses, with_names
from texts.cleaning import says_something

# A text that goes deeper, or is marks for a good part of it, is shown as it was typed.
_DEEPEST = 14
_MOST_MARKS = 2_000
_MARKS = "[*_`~<&\\"
_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": _DEEPEST}).enable(
    [
        *("emphasis", "strikethrough", "backticks", "fence", "list", "link", "heading", "newline"),
        *("autolink", "blockquote", "escape", "entity"),
    ]
)
_CLEANER = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "ul", "ol", "li", "a", "blockquote", "code", "pre", "span"},
    attributes={"a": {"href"}, "span": {"data-person"}, "ol": {"start"}},
    allowed_classes={"a": {"mention"}, "span": {"mention"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener ugc",
)
_MOST_ATS = 30
_MOST_LINKS = 5
_LONGEST_PATH = 300


@dataclass(frozen=True)
class Named:
    """Whose name is marked where it stands behind an @: a person, or an organisation by its page."""

    person: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Reading:
    """A text taken apart; without tokens where it is too deep a thicket, and is shown as it was typed."""

    text: str
    tokens: Sequence[Token] = ()

    @property
    def names(self) -> frozenset[str]:
        """Everything behind an @ that might be a name."""
        pieces = (child.content for child, is_plain in _lines(self.tokens) if is_plain)
        ats = (names for piece in pieces for names in possible_names(piece))
        return frozenset(name for names in islice(ats, _MOST_ATS) for name in names)

    def standing(self, keys: Container[str]) -> list[str]:
        """Those of these keys whose names are marked in it."""
        pieces = (child.content for child, is_plain in _lines(self.tokens) if is_plain)
        return list(dict.fromkeys(key for piece in pieces for _text, key in with_names(piece, keys) if key))

    @property
    def paths(self) -> list[str]:
        """The pages of ours that it leads to, by their paths: the first few."""
        hrefs = (str(child.attrGet("href")) for child, _plain in _lines(self.tokens) if child.type == "link_open")
        return list(dict.fromkeys(path for href in hrefs if (path := own_path(href))))[:_MOST_LINKS]

    @property
    def leads_away(self) -> bool:
        """A link of it leaves this site."""
        hrefs = (str(child.attrGet("href")) for child, _plain in _lines(self.tokens) if child.type == "link_open")
        return any(not own_path(href) for href in hrefs)

    def html(self, named: Mapping[str, Named] | None = None) -> str:
        """Safe HTML, with the names marked that have one of these keys (`spotting.name_key`)."""
        if not self.tokens:
            return _CLEANER.clean(linebreaks(self.text, autoescape=True))
        if named:
            _split(self.tokens, lambda text: with_names(text, named), lambda key: _mark(named[key]))
        return _CLEANER.clean(str(_MARKDOWN.renderer.render(self.tokens, _MARKDOWN.options, {})))


def read(text: str) -> Reading:
    """Never slow: ten thousand characters of marks take hundredths of a second."""
    if sum(map(text.count, _MARKS)) > _MOST_MARKS:
        return Reading(text)
    tokens = _MARKDOWN.parse(text)
    # What stands deeper would be left out, and marks with nothing between them would leave an empty post.
    if any(token.level >= _DEEPEST - 1 for token in tokens) or not _is_seen(tokens):
        return Reading(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type.startswith("heading_"):
            token.tag = "p"
        elif before is not None and before.type == "heading_open":
            bold = (Token("strong_open", "strong", 1), Token("strong_close", "strong", -1))
            token.children = [bold[0], *(token.children or ()), bold[1]]
    _split(tokens, with_addresses, lambda address: _link(address) if _MARKDOWN.validateLink(address) else None)
    return Reading(text, tokens)


def render_post(text: str) -> str:
    """Paragraphs, lists, emphasis, code, quotations and links; no mention."""
    return read(text).html()


def words_of(text: str) -> str:
    """The words without their marks, on one line: for extracts."""
    pieces = []
    for block in _MARKDOWN.parse(text):
        pieces += [part.content if part.type in ("text", "code_inline") else " " for part in block.children or ()]
        pieces += [" ", block.content if block.type == "fence" else ""]
    return " ".join("".join(pieces).split())


def own_path(href: str) -> str:
    """The path of a page of ours; "" for any other address."""
    rest = href.removeprefix(settings.SITE_URL)
    if not rest.startswith("/") or rest.startswith("//"):
        return ""
    path = urlsplit(rest).path
    path = path if path.endswith("/") else f"{path}/"
    return path if len(path) <= _LONGEST_PATH else ""


def _is_seen(tokens: Iterable[Token]) -> bool:
    return any(says_something(child.content) for token in tokens for child in token.children or (token,))


def _lines(tokens: Iterable[Token]) -> Iterator[tuple[Token, bool]]:
    """Each piece of each line, and whether it is text that is no link."""
    for block in tokens:
        depth = 0
        for child in block.children or ():
            if child.type in ("link_open", "link_close"):
                depth += child.nesting
            yield child, child.type == "text" and not depth


def _split(
    tokens: Iterable[Token], pieces_of: Callable[[str], Iterable[Piece]], marks_of: Callable[[str], Token | None]
) -> None:
    """Put marks around pieces of the plain text of every line."""
    for block in tokens:
        if not block.children:
            continue
        children: list[Token] = []
        for child, is_plain in _lines([block]):
            for text, what in pieces_of(child.content) if is_plain else ():
                opening = marks_of(what) if what else None
                piece = Token("text", "", 0, content=text)
                children += [opening, piece, _end_of(opening)] if opening else [piece]
            children += () if is_plain else [child]
        block.children = children


def _link(address: str) -> Token:
    return Token("link_open", "a", 1, attrs={"href": _MARKDOWN.normalizeLink(address)})


def _mark(who: Named) -> Token:
    attrs: dict[str, str | int | float] = {"class": "mention"}
    if who.url:
        return Token("link_open", "a", 1, attrs={**attrs, "href": who.url})
    return Token("mention_open", "span", 1, attrs={**attrs, "data-person": who.person or 0})


def _end_of(opening: Token) -> Token:
    return Token(opening.type.replace("_open", "_close"), opening.tag, -1)
