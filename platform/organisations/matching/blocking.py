"""Which pairs are worth comparing: those that share something rare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from organisations.matching.fields import How, Pair, Table

_RAREST = 8  # words of a field that are joined in twos
_Key = tuple[str, ...]


@dataclass(frozen=True)
class Budget:
    """How many pairs may be compared: a share of all, at most so many for each record, but no fewer than the least."""

    share: float = 0.01
    each: int = 10
    least: int = 0

    def of(self, possible: int, size: int) -> int:
        return min(possible, max(self.least, min(int(possible * self.share), self.each * size)))


def possible_pairs(size: int, left: int | None) -> int:
    """How many pairs there are: within one table, or across two of which the first has `left` records."""
    return size * (size - 1) // 2 if left is None else left * (size - left)


def candidates(table: Table, *, left: int | None = None, budget: Budget) -> list[Pair]:
    """The pairs that share a word, two words or a code of a field, rarest first, until the budget is spent.

    A key that does not fit in whole ends it, so the order of the records does not matter.
    """
    allowed = budget.of(possible_pairs(table.size, left), table.size)
    groups = sorted((_size(places, left), key, places) for key, places in _index(table).items())
    found: set[Pair] = set()
    for size, _key, places in groups:
        if size > allowed:
            break
        new = {pair for pair in combinations(places, 2) if left is None or pair[0] < left <= pair[1]} - found
        if len(found) + len(new) > allowed:
            break
        found |= new
    return sorted(found)


def _size(places: list[int], left: int | None) -> int:
    if left is None:
        return possible_pairs(len(places), None)
    return possible_pairs(len(places), sum(place < left for place in places))


def _index(table: Table) -> dict[_Key, list[int]]:
    index: dict[_Key, list[int]] = defaultdict(list)
    for place in range(table.size):
        for key in _keys(table, place):
            index[key].append(place)
    return {key: places for key, places in index.items() if len(places) > 1}


def _keys(table: Table, place: int) -> Iterator[_Key]:
    for field in table.fields:
        words = table.words[field.name][place]
        yield from ((field.name, word) for word in words)
        if field.how is How.WORDS:
            rarest = sorted(words, key=lambda word: (-table.weights[word], word))[:_RAREST]
            yield from ((field.name, *two) for two in combinations(sorted(rarest), 2))
