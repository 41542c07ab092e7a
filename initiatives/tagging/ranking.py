"""What would the closest entries carry? Tags weighed by how like a text their carriers' texts are.

A tag's weight is the sum over the nearest entries that carry it of the squared likeness of the two texts, over a root
of how many entries carry it at all, so that what everything carries does not win everywhere. Likeness is TF-IDF's inner
product over the root of the entry's length. A tag whose name or synonym stands in the text gains. Measured by the
benchmark `tags` (docs/figures.md).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

POWER = 2.0  # of the likeness
COMMON = 0.3  # the exponent of how many carry a tag
NAMED = 0.3  # what a name in the text adds, where the best tag has 1

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
    sums: defaultdict[str, float] = defaultdict(float)
    mine = weigh(asked, rarity)
    for stems, tags in entries:
        alike = likeness(mine, stems, rarity) ** POWER
        for tag in tags:
            sums[tag] += alike
    scores = {tag: score / max(carried.get(tag, 1), 1) ** COMMON for tag, score in sums.items() if score > 0}
    best = max(scores.values(), default=0.0) or 1.0
    for tag in named:
        scores[tag] = scores.get(tag, 0.0) + NAMED * best
    return sorted(scores, key=lambda tag: (-scores[tag], tag))


def weigh(stems: Iterable[str], rarity: Weights) -> dict[str, float]:
    """How often a stem stands there, dampened, by how telling it is."""
    return {stem: (1 + math.log(number)) * rarity[stem] for stem, number in Counter(stems).items() if rarity.get(stem)}


def likeness(mine: Weights, stems: Sequence[str], rarity: Weights) -> float:
    """Of a weighed text with an entry: 0 where they share nothing. A longer entry shares more by chance."""
    shared = weigh((stem for stem in stems if stem in mine), rarity)
    return sum(mine[stem] * weight for stem, weight in shared.items()) / math.sqrt(len(stems) + 1)
