"""How alike initiatives are in purpose: by their words, as search keeps them, and by meaning where it is known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from partnerships.overlaps.parts import Numbers
from search.engines import database_engine
from search.models import SearchDocument
from search.query import What
from search.words import stem


def purposes(one: int, many: Sequence[int]) -> Numbers:
    """From 0 to 1, of one with each of many. One query of texts and one of how rare their words are."""
    words = _words([one, *many])
    own = words.get(one, Counter())
    rarity = database_engine().rarity(set(own))
    weighed = {word: count * rarity.get(word, 0.0) for word, count in own.items()}
    length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
    result = np.zeros(len(many))
    every = database_engine().rarity({word for pk in many for word in words.get(pk, ())})
    for at, pk in enumerate(many):
        other = {word: count * every.get(word, 0.0) for word, count in words.get(pk, Counter()).items()}
        size = math.sqrt(sum(value * value for value in other.values())) or 1.0
        result[at] = sum(value * other.get(word, 0.0) for word, value in weighed.items()) / (length * size)
    return np.sqrt(result)


def _words(pks: Sequence[int]) -> dict[int, Counter[str]]:
    rows = SearchDocument.objects.filter(kind=What.INITIATIVES, object_id__in=pks)
    found = rows.values_list("object_id", "title_words", "summary_words", "body_words")
    return {
        pk: Counter(stem(word) for text in (title, title, summary, body) for word in text.split())
        for pk, title, summary, body in found
    }
