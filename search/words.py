"""What somebody typed, as words to look for: "phrases", -exclusions, OR, and the field's synonyms.

Any text is a question. Words are folded as the index folds them (`tokens`); which of them mean the same is the same for
every engine, so it is settled here and no engine knows of synonyms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import Stemmer

MOST_WORDS = 64
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>\S+)')
# Lucene's English stop words, without "it" and "no": IT is a subject, and "no" changes what is meant.
_STOPPED = """
a an and are as at be but by for if in into is not of on or such that the their then there these they this to was will
with
"""
STOP_WORDS = frozenset(_STOPPED.split())
Term = tuple[str, ...]  # one word, or the words of a phrase


@dataclass(frozen=True)
class Words:
    """What is looked for: each group by any of its terms; what is excluded by none of them."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.excluded)

    def stems(self) -> frozenset[str]:
        """The stems of everything looked for, for marking them in a text."""
        return frozenset(stem(word) for group in self.groups for term in group for word in term)


def fold_word(word: str) -> str:
    """Lower case, no accents, no apostrophe ("Children’s" → "children", "O’Neill" → "oneill")."""
    if word.isascii() and word.isalnum():  # nearly all are
        return word.lower()
    text = word.replace("’", "'").casefold().removesuffix("'s")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in text if char.isalnum())  # neither apostrophes nor combining accents


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word's start, end and folded form."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), fold_word(found[0])


def tokens(text: str) -> list[str]:
    """A text's folded words in their order, without stop words: what an index keeps of it."""
    return [word for _start, _end, word in spans(text) if word and word not in STOP_WORDS]


_porter = Stemmer.Stemmer("porter")  # the stemmer SQLite's FTS5 has; PostgreSQL and Elasticsearch are told to use it


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word's stem by Porter's rules."""
    return str(_porter.stemWord(word))


def stems_found(text: str, stems: Set[str]) -> set[str]:
    """Those of the stems that stand in a text."""
    if text.isascii() and "'" not in text:
        # A quick look, never wrong when it says no: of the letters that Porter's rules leave they change the last two
        # at most.
        folded = text.lower()
        if not any(one[:-2] in folded for one in stems):
            return set()
    return {stem(fold_word(word)) for word in set(_WORD.findall(text))} & stems


def parse_words(text: str) -> Words:
    """The words of a search box. Of more than sixty-four the rest is left out."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    alternative = False
    left = MOST_WORDS
    for piece in _PIECE.finditer(unicodedata.normalize("NFC", text)):
        if piece["word"] == "OR":
            alternative = bool(groups)
            continue
        minus, terms = _terms(piece)
        for term in terms:
            if len(term) > left:
                return Words(tuple(groups), tuple(excluded))
            left -= len(term)
            if minus:
                excluded.append(term)
            elif alternative:
                groups[-1] = tuple(dict.fromkeys((*groups[-1], term)))
            else:
                groups.append((term,))
            alternative = False
    return Words(tuple(groups), tuple(excluded))


def _terms(piece: re.Match[str]) -> tuple[bool, list[Term]]:
    """Whether a piece of what was typed is excluded, and the terms it holds: a phrase is one, "year-6" two words."""
    if piece["phrase"] is not None:
        phrase = tuple(tokens(piece["phrase"]))
        return bool(piece["minus"]), [phrase] if phrase else []
    word = piece["word"]
    minus = len(word) > 1 and word[0] == "-" and word[1].isalnum()
    return minus, [(token,) for token in tokens(word)]


class Synonyms:
    """Groups of terms that mean the same: ("neet", "not in education employment or training")."""

    def __init__(self, sets: Iterable[Sequence[str]]) -> None:
        self._same: dict[Term, tuple[Term, ...]] = {}
        for texts in sets:
            terms = tuple(dict.fromkeys(term for text in texts if (term := tuple(tokens(text)))))
            for term in terms:
                others = tuple(other for other in terms if other != term)
                key = tuple(stem(word) for word in term)
                self._same[key] = tuple(dict.fromkeys((*self._same.get(key, ()), *others)))
        self._longest = max(map(len, self._same), default=0)
        self.stems = frozenset(stem for key in self._same for stem in key)

    def of(self, term: Term) -> tuple[Term, ...]:
        """What means the same as a term, however it is inflected."""
        return self._same.get(tuple(stem(word) for word in term), ())

    def widen(self, words: Words) -> Words:
        """The same question with synonyms as alternatives; a run of single words may be one term together."""
        groups: list[tuple[Term, ...]] = []
        at = 0
        while at < len(words.groups):
            run, same = self._run(words.groups, at)
            if run > 1:
                phrase = tuple(group[0][0] for group in words.groups[at : at + run])
                groups.append((phrase, *same))
            else:
                group = words.groups[at]
                groups.append(tuple(dict.fromkeys((*group, *(other for term in group for other in self.of(term))))))
            at += run
        return replace(words, groups=tuple(groups))

    def _run(self, groups: Sequence[tuple[Term, ...]], at: int) -> tuple[int, tuple[Term, ...]]:
        """How many groups from here are one known term of several words, and what means the same."""
        for length in range(min(self._longest, len(groups) - at), 1, -1):
            run = groups[at : at + length]
            if all(len(group) == 1 and len(group[0]) == 1 for group in run):
                same = self.of(tuple(group[0][0] for group in run))
                if same:
                    return length, same
        return 1, ()
