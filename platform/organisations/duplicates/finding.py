"""Which pairs are proposed: by rule, and by the matcher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from organisations.duplicates.entries import Entry
from organisations.duplicates.reasons import Reason, known_apart, strong, weak
from organisations.matching.blocking import Budget
from organisations.matching.fields import Field, How, Record
from organisations.matching.matcher import match

FIELDS = (Field("name"), Field("place"), Field("postcode", How.CODES), Field("domain", How.CODES))
_BUDGET = Budget(least=1_000)  # a small registry has few pairs, and one in a hundred of them teaches nothing
_SHARED = 8  # a postcode or a domain of more entries is an office building's or a host's


@dataclass(frozen=True)
class Found:
    first: int
    second: int
    reasons: Sequence[Reason]
    probability: float = 1.0


def find(all_of_them: Sequence[Entry], apart: Iterable[tuple[int, int]] = ()) -> list[Found]:
    """Every pair worth a moderator's look but those known to be `apart`, each once."""
    known = set(apart)
    found = {pair: one for pair, one in _by_rule(all_of_them) if pair not in known}
    for pair, one in _by_matcher(all_of_them, known):
        found.setdefault(pair, one)
    return [found[pair] for pair in sorted(found)]


def find_for(one: Entry, others: Iterable[Entry]) -> list[Found]:
    """The pairs of one entry that a rule proposes."""
    pairs = (sorted((one, other), key=lambda entry: entry.pk) for other in others if other.pk != one.pk)
    return [Found(a.pk, b.pk, reasons) for a, b in pairs if (reasons := strong(a, b))]


def _by_rule(all_of_them: Sequence[Entry]) -> Iterator[tuple[tuple[int, int], Found]]:
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in all_of_them:
        keys: set[tuple[str, ...]] = {("number", value) for _scheme, value in entry.numbers}
        keys |= {("postcode", entry.key, entry.postcode), ("domain", entry.domain)}
        for key in keys:
            if key[-1]:
                groups[key].append(entry)
    for together in groups.values():
        if len(together) <= _SHARED:
            for one, other in combinations(together, 2):
                if reasons := strong(one, other):
                    yield (one.pk, other.pk), Found(one.pk, other.pk, reasons)


def _by_matcher(all_of_them: Sequence[Entry], known: set[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Found]]:
    places = {entry.pk: place for place, entry in enumerate(all_of_them)}
    apart = [(places[a], places[b]) for a, b in known if a in places and b in places]
    for one in match([_record(entry) for entry in all_of_them], FIELDS, budget=_BUDGET, apart=apart).matches:
        first, second = (all_of_them[place] for place in one.pair)
        if not known_apart(first, second) and (reasons := weak(first, second)):
            yield (first.pk, second.pk), Found(first.pk, second.pk, reasons, one.probability)


def _record(entry: Entry) -> Record:
    return {
        "name": entry.key,
        "place": entry.place,
        "postcode": entry.postcode,
        "domain": entry.domain,
    }
