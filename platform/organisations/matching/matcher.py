"""The matcher: records in, likely pairs out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from organisations.matching.blocking import Budget, candidates, possible_pairs
from organisations.matching.comparing import compare
from organisations.matching.fields import Field, Pair, Record, read
from organisations.matching.model import probabilities

THRESHOLD = 0.5


@dataclass(frozen=True)
class Match:
    """Two records that are likely one, and how alike each field is (None where one of them says nothing)."""

    pair: Pair
    probability: float
    alike: dict[str, float | None] = field(hash=False)


@dataclass(frozen=True)
class Matching:
    """What was found, the likeliest first: `likely` is every pair over the threshold, `matches` a partner a record."""

    matches: list[Match]
    likely: list[Match]
    compared: int
    possible: int


def match(
    records: Sequence[Record],
    fields: Sequence[Field],
    *,
    left: int | None = None,
    threshold: float = THRESHOLD,
    budget: Budget | None = None,
    apart: Iterable[Pair] = (),
) -> Matching:
    """Duplicates within one table, or across two where `left` says how many records the first of them has.

    No record gets two partners: the likelier pair goes first, and what contradicts it waits until that is decided
    (ZeroER's constraint for tables without duplicates, Wu and others 2020). Pairs that are known to be `apart` are
    learned from and not given.
    """
    table = read(records, fields)
    pairs = candidates(table, left=left, budget=budget or Budget())
    vectors = compare(table, pairs)
    known = set(apart)
    likely = [
        Match(
            pair,
            float(probability),
            {f.name: None if v != v else float(v) for f, v in zip(fields, row, strict=True)},
        )
        for pair, probability, row in zip(pairs, probabilities(vectors), vectors, strict=True)
        if probability >= threshold and pair not in known
    ]
    likely.sort(key=lambda one: _order(one, records))
    return Matching(_one_each(likely), likely, len(pairs), possible_pairs(table.size, left))


def _order(one: Match, records: Sequence[Record]) -> tuple[object, ...]:
    """Likeliest first, then most alike, then by what they say: never by where the records happen to stand."""
    alike = sum(value or 0.0 for value in one.alike.values())
    said = sorted(sorted(records[place].items()) for place in one.pair)
    return (-round(one.probability, 6), -round(alike, 6), said)


def _one_each(likely: Sequence[Match]) -> list[Match]:
    taken: set[int] = set()
    kept = []
    for one in likely:
        if taken.isdisjoint(one.pair):
            taken.update(one.pair)
            kept.append(one)
    return kept
