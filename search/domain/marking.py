"""Texts with the words asked for marked, and the stretch of a text that says most of them."""

from __future__ import annotations

from search.words import spans, stem, stems_found
from texts.markdown import plain_text

LONGEST = 240
Pieces = tuple[tuple[str, bool], ...]  # text, and whether it is one of the words asked for


def marked(text: str, stems: frozenset[str]) -> Pieces:
    """A text in pieces, those that have one of the stems marked. Joined they are the text."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end, word in spans(text) if stems else ():
        if stem(word) in stems:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces.append((text[at:], False))
    return tuple((piece, is_marked) for piece, is_marked in pieces if piece)


def extract(summary: str, body: str, stems: frozenset[str]) -> Pieces:
    """The summary; where a window of the text says more of what was asked for, that window."""
    if not stems or not body:
        return marked(summary or _cut(body), stems)
    told = stems_found(summary, stems)
    window, more = _best_window(body, stems)
    return marked(window if len(more) > len(told) or not summary else summary, stems)


def extract_of_markdown(summary: str, source: str, stems: frozenset[str]) -> Pieces:
    """The same of a text with marks. They are taken out (most of a card's time) only where it may say more of what was
    asked for than the summary."""
    if summary and "&" not in source:  # an entity may hide a letter
        told = stems_found(summary, stems)
        if not stems_found(source, stems - told) or len(stems_found(source, stems)) <= len(told):
            return marked(summary, stems) if told else ((summary, False),)
    return extract(summary, plain_text(source), stems)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _best_window(text: str, stems: frozenset[str]) -> tuple[str, set[str]]:
    """The stretch of at most `LONGEST` characters with the most of the stems, and which."""
    places = [(start, end, stem(word)) for start, end, word in spans(text)]
    hits = [(start, end, word) for start, end, word in places if word in stems]
    best: tuple[int, set[str]] = (0, set())
    for number, (start, _end, _word) in enumerate(hits[:200]):
        within = {word for _s, end, word in hits[number : number + 40] if end - start <= LONGEST}
        if len(within) > len(best[1]):
            best = (start, within)
    start = max(0, best[0] - 40)
    if start:
        start = text.find(" ", start) + 1
    window = _cut(text[start:])
    return ("… " + window if start else window), best[1]
