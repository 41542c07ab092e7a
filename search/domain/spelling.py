"""Words that stand nowhere, put right from those that do."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.models import SearchWord
from search.words import Words, fold_word, stem

SHORTEST = 4
_MOST_CANDIDATES = 60_000


def corrected(text: str, words: Words) -> str | None:
    """The text with words that stand in no document put right; None where there is nothing to put right.

    One query where every word is known. A slip is at most one letter in four, two letters turned counting as one.
    """
    asked = {word for group in words.groups for term in group for word in term if len(word) >= SHORTEST}
    asked = {word for word in asked if word.isalpha()}
    if not asked:
        return None
    known = set(SearchWord.objects.filter(stem__in={stem(word) for word in asked}).values_list("stem", flat=True))
    unknown = {word for word in asked if stem(word) not in known}
    if not unknown:
        return None
    candidates = list(SearchWord.objects.order_by("pk").values_list("pk", flat=True)[:_MOST_CANDIDATES])
    better = {word: found for word in unknown if (found := _closest(word, candidates))}
    if not better:
        return None
    return re.sub(r"[^\W_]+(?:[’'][^\W_]+)*", lambda found: better.get(fold_word(found[0]), found[0]), text)


def _closest(word: str, candidates: list[str]) -> str | None:
    """The known word with the fewest slips; of equals one that begins alike, then the shortest."""
    allowed = max(1, len(word) // 4)
    close = process.extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=20)
    if not close:
        return None
    return min(close, key=lambda found: (found[1], found[0][0] != word[0], abs(len(found[0]) - len(word)), found[0]))[0]
