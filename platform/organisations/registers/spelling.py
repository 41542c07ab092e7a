"""Names taken apart: the words an entry is found by, and the letters of a word that show it is spelt alike."""

from __future__ import annotations

from texts.cleaning import fold

LONGEST = 40
_SAME = {"saint": "st", "saints": "sts", "ltd": "limited", "centre": "center"}


def words_of(text: str) -> list[str]:
    """The words of a name or of what somebody typed, folded, each once; spellings of one word are one."""
    words = (_SAME.get(word, word)[:LONGEST] for word in fold(text).split())
    return list(dict.fromkeys(words))


def grams_of(word: str) -> set[str]:
    """Three letters in a row, with a space for each end: "mill" gives " mi", "mil", "ill", "ll "."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
