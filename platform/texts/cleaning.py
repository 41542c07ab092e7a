"""Typed text made safe to keep: nothing a reader could see is lost, nothing invisible can mislead."""

from __future__ import annotations

import re
import unicodedata

# Controls (null bytes among them) but not tab and newline; and the overrides that make text read backwards.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_ODD_SPACES = re.compile(r"[^\S\n ]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their class, and drawn as nothing
_LINES = re.compile(r"\n{3,}")


def clean_text(value: object) -> str:
    """Paragraphs: NFC, controls and direction overrides out, at most one empty line in a row."""
    text = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACES.sub(" ", _UNSEEN.sub("", text))
    return _LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def clean_written(value: object) -> str:
    """As `clean_text`, with the spaces that lay out lists and code kept: what somebody posts."""
    text = unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    text = _ODD_SPACES.sub(" ", _UNSEEN.sub("", text.replace("\t", "    ")))
    return _LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip("\n").rstrip()


def says_something(text: str) -> bool:
    """Whether anything in it can be seen: not spaces, joiners and fillers alone."""
    return any(char.isprintable() and not char.isspace() and char not in _FILLERS for char in text)


def clean_line(value: object) -> str:
    """One line: as `clean_text`, with every white space one space."""
    return " ".join(clean_text(value).split())


def fold(value: str) -> str:
    """For comparing: lower case without accents or punctuation, single spaces ("Ynys Môn" → "ynys mon")."""
    text = value.casefold()
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.replace("'", "").replace("’", "").replace("&", " and ")).split())
