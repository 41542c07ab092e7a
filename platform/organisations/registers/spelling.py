"""Names taken apart: the words an entry is found by, and the letters of a word that show it is spelt alike."""

from __future__ import annotations

import re

from texts.cleaning import fold

LONGEST = 40
_SAME = {"saint": "st", "saints": "sts", "ltd": "limited", "centre": "center"}

_SMALL = frozenset({"a", "and", "at", "by", "de", "for", "in", "of", "on", "or", "the", "to", "with", "y"})
_CAPITALS = frozenset({"uk", "nhs", "ymca", "ywca", "raf", "cic", "cio", "usa", "eu", "rc", "ce", "ii", "iii"})
_SHORTENED = frozenset({"st", "mr", "mrs", "dr", "ltd"})


def mixed_case(name: str) -> str:
    """A name as people write it where a register shouts it: "ST MARY'S PLAYGROUP (UK)" → "St Mary's Playgroup (UK)".

    A word without a vowel stays: its letters stand for something. Others that do have to be put right by hand.
    """
    return re.sub(r"\w+(?:['’]\w+)*", _written, name) if name.isupper() else name


def _written(match: re.Match[str]) -> str:
    word = match[0].casefold()
    if word[0].isdigit() or (word in _SMALL and match.start()):
        return word
    says_letters = word in _CAPITALS or not re.search("[aeiouywâêîôûŵŷ]", word)
    return match[0] if says_letters and word not in _SHORTENED else word.capitalize()


def words_of(text: str) -> list[str]:
    """The words of a name or of what somebody typed, folded, each once; spellings of one word are one."""
    words = (_SAME.get(word, word)[:LONGEST] for word in fold(text).split())
    return list(dict.fromkeys(words))


def grams_of(word: str) -> set[str]:
    """Three letters in a row, with a space for each end: "mill" gives " mi", "mil", "ill", "ll "."""
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
