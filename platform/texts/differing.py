"""Two texts side by side in one: what was taken out and what was put in, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_WORDS = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True)
class Piece:
    """`kind`: "same", "out" or "in"."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """The pieces of both in reading order; without the "in" ones they are `before`, without the "out" ones `after`."""
    a, b = _WORDS.findall(before), _WORDS.findall(after)
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    middle = _changes(a[start : len(a) - end], b[start : len(b) - end])
    pieces = [("same", "".join(a[:start])), *middle, ("same", "".join(a[len(a) - end :] if end else ()))]
    return [
        Piece(kind, text)
        for kind, group in groupby(pieces, key=lambda piece: piece[0])
        if (text := "".join(piece[1] for piece in group))
    ]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next((at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _changes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    # With its heuristic for words that come often, or a text of one word would take seconds.
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=True).get_opcodes():
        if kind == "equal":
            yield "same", "".join(a[a1:a2])
        else:
            yield "out", "".join(a[a1:a2])
            yield "in", "".join(b[b1:b2])
