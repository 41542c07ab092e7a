"""Addresses and names in plain text: where they begin and where they end."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from html import unescape

# An address begins where no word or path is under way, and runs to the next space.
_ADDRESS = re.compile(r"(?<![\w@/.:])(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_BEHIND = "?!.,:;*_~'’”»]}"  # what belongs to the sentence around it
# A host and perhaps a port: who puts a name before the host means to mislead.
_HOST = re.compile(r"(?:https?://)?[^\W_][\w.-]*(?::\d{1,5})?(?:[/?#]|$)", re.IGNORECASE)

_AT = re.compile(r"(?<![\w@/.:])@(?=\w)")
# A name may end where a word does: not within one, nor before "-Jones"; before "’s" it may.
_END = re.compile(r"(?<=\S)(?![\w\u0300-\u036f]|[-'’](?!s\b)\w)")
LONGEST_NAME = 200
_MOST_ENDS = 40

Piece = tuple[str, str]  # a piece of text, and what it is: "" where it is nothing but text


def with_addresses(text: str) -> Iterator[Piece]:
    """The text in pieces, each with where it leads."""
    done = 0
    for match in _ADDRESS.finditer(text):
        found = _trimmed(match[0])
        if not _HOST.match(found) or found.lower() == "www":
            continue
        if match.start() > done:
            yield text[done : match.start()], ""
        done = match.start() + len(found)
        yield found, found if "://" in found[:8] else f"https://{found}"
    if done < len(text):
        yield text[done:], ""


def _trimmed(address: str) -> str:
    """Without the end of the sentence it stands in; a bracket belongs to it where it was opened in it."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _BEHIND or (address[end - 1] == ")" and unopened > 0)):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def possible_names(text: str) -> Iterator[list[str]]:
    """For each @ everything behind it that might be a name, the shortest first."""
    for match in _AT.finditer(text):
        yield _starts(text, match.end())


def name_key(name: str) -> str:
    """A name as it is compared: exactly, but for the apostrophe, which telephones bend."""
    return name.replace("’", "'")


def with_names(text: str, keys: Container[str]) -> Iterator[Piece]:
    """The text in pieces, each with the key of the name that stands in it: the longest there is of these."""
    done = 0
    for match in _AT.finditer(text):
        name = next((start for start in reversed(_starts(text, match.end())) if name_key(start) in keys), "")
        if not name:
            continue
        if match.start() > done:
            yield text[done : match.start()], ""
        done = match.end() + len(name)
        yield text[match.start() : done], name_key(name)
    if done < len(text):
        yield text[done:], ""


def _starts(text: str, at: int) -> list[str]:
    rest = text[at : at + LONGEST_NAME + 1]
    ends = (match.start() for match in _END.finditer(rest) if 0 < match.start() <= LONGEST_NAME)
    return [rest[:end] for end, _number in zip(ends, range(_MOST_ENDS), strict=False)]


# In a post's HTML: what is marked as a mention or is a link or code, and then every tag.
_MARKED = re.compile(r"<(a|code|span)\b[^>]*>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# As much of what follows an @ as one would take for a name: a word, and those behind it that begin with a capital.
_NAME_LIKE = re.compile(r"@([\w’'-]+(?: [A-ZÀ-Þ][\w’'-]*){0,3})")
_MOST_LEFT = 5


def names_left(html: str) -> list[str]:
    """What stands behind an @ in a post and is nobody's name there: the first few."""
    if "@" not in html:
        return []
    text = unescape(_TAG.sub("\n", _MARKED.sub("\n", html)))
    found = (_NAME_LIKE.match(text, match.start()) for match in _AT.finditer(text))
    return list(dict.fromkeys(match[1].rstrip("'’-") for match in found if match))[:_MOST_LEFT]
