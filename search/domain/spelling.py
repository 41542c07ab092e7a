"""Words that stand nowhere, put right from those that do."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from math import inf

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.engines import database_engine
from search.models import SearchWord
from search.words import Words, fold_word, stem

SHORTEST = 4
_MOST_CANDIDATES = 60_000
_MOST_ALIKE = 50
_met: set[str] = set()  # stems that this process knows to stand in a document


def corrected(text: str, words: Words, terms: Set[str] = frozenset()) -> str | None:
    """The text with words that stand in no document put right; None where there is nothing to put right.

    Stems of the field's `terms` are right as they are. One query where every word is known, none where all were met. A
    slip is at most one letter in four, two letters turned counting as one.
    """
    asked = {word for group in words.groups for term in group for word in term if len(word) >= SHORTEST}
    asked = {word for word in asked if word.isalpha()}
    if not asked:
        return None
    known = _known({stem(word) for word in asked})
    unknown = {word for word in asked if stem(word) not in known | terms}
    if not unknown:
        return None
    candidates = list(SearchWord.objects.order_by("pk").values_list("pk", flat=True)[:_MOST_CANDIDATES])
    better = _closest(unknown, candidates)
    if not better:
        return None
    return re.sub(r"[^\W_]+(?:[’'][^\W_]+)*", lambda found: better.get(fold_word(found[0]), found[0]), text)


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    _met.clear()


def _known(stems: set[str]) -> set[str]:
    """Those that stand in some document: words are only ever added, so what was met once is not asked for again.

    Written out, for every search comes by here and Django takes longer than the database."""
    asked = list(stems - _met)
    if asked:
        marks = ", ".join(["%s"] * len(asked))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT stem FROM search_searchword WHERE stem IN ({marks})", asked)  # noqa: S608  only marks
            _met.update(stem for (stem,) in cursor.fetchall())
    return stems & _met


def _closest(unknown: Set[str], candidates: Sequence[str]) -> dict[str, str]:
    """For each the known word with the fewest slips; of equals one that begins alike, then the one used most."""
    close: dict[str, list[str]] = {}
    for word in unknown:
        allowed = max(1, len(word) // 4)
        found = process.extract(
            word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=_MOST_ALIKE
        )
        fewest = min((slips for _text, slips, _at in found), default=0)
        close[word] = [text for text, slips, _at in found if slips == fewest]
    rarity = database_engine().rarity({stem(text) for found in close.values() for text in found})
    return {
        word: min(
            found,
            key=lambda text: (text[0] != word[0], rarity.get(stem(text), inf), len(text) != len(word), text),
        )
        for word, found in close.items()
        if found
    }
