"""What would the closest entries carry? Tags weighed by how like a text their carriers' texts are.

A tag's weight is the sum over the nearest entries that carry it of the squared cosine of the two texts (TF-IDF), over a
root of how many entries carry it at all, so that what everything carries does not win everywhere. A tag whose name or
synonym stands in the text gains. Measured by the benchmark `tags` (docs/figures.md).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

POWER = 2.0  # of the likeness
COMMON = 0.4  # the exponent of how many carry a tag
NAMED = 0.2  # what a name in the text adds, where the best tag has 1

Weights = Mapping[str, float]
Entry = tuple[Sequence[str], Collection[str]]  # an entry's stems and its tags


def rank(
    asked: Sequence[str],
    entries: Iterable[Entry],
    *,
    rarity: Weights,
    carried: Mapping[str, int],
    named: Collection[str] = (),
) -> list[str]:
    """Tags of the entries, and those that the text names, the likeliest first."""
    scores: defaultdict[str, float] = defaultdict(float)
    mine = _weigh(asked, rarity)
    for stems, tags in entries:
        alike = _cosine(mine, _weigh(stems, rarity)) ** POWER
        for tag in tags:
            scores[tag] += alike
    scores = defaultdict(float, {tag: score / max(carried.get(tag, 1), 1) ** COMMON for tag, score in scores.items()})
    best = max(scores.values(), default=0.0) or 1.0
    for tag in named:
        scores[tag] += NAMED * best
    return sorted((tag for tag, score in scores.items() if score > 0), key=lambda tag: (-scores[tag], tag))


def _weigh(stems: Iterable[str], rarity: Weights) -> dict[str, float]:
    """TF-IDF, of length 1."""
    weights = {stem: (1 + math.log(number)) * rarity.get(stem, 0.0) for stem, number in Counter(stems).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {stem: weight / length for stem, weight in weights.items()}


def _cosine(one: Weights, other: Weights) -> float:
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)
