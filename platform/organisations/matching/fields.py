"""What a record is, and how its fields are read."""

from __future__ import annotations

import enum
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from texts.cleaning import fold

Record = Mapping[str, str]  # a field that is not there, or empty, says nothing
Pair = tuple[int, int]  # places of two records, the smaller one first


class How(enum.Enum):
    """How two values of a field are held against each other."""

    WORDS = "words"  # by the words they share, rare ones counting most, spelling slips and initials forgiven
    CODES = "codes"  # the same or not; of several, separated by spaces, one in common is enough


@dataclass(frozen=True)
class Field:
    name: str
    how: How = How.WORDS


@dataclass(frozen=True)
class Table:
    """Records read once: for each field each record's words, and what a word weighs."""

    fields: Sequence[Field]
    words: Mapping[str, Sequence[tuple[str, ...]]]
    weights: Mapping[str, float]
    size: int


def read(records: Sequence[Record], fields: Sequence[Field]) -> Table:
    """The records' words. A word weighs the logarithm of one over the share of records that have it in whichever field
    (Spärck Jones 1972): "london" is common even where it stands in a name."""
    words = {field.name: [_said(record, field) for record in records] for field in fields}
    spoken = [field.name for field in fields if field.how is How.WORDS]
    counts = Counter(word for at in range(len(records)) for word in {w for name in spoken for w in words[name][at]})
    weights = {word: math.log((len(records) + 1) / count) for word, count in counts.items()}
    return Table(tuple(fields), words, weights, len(records))


def _said(record: Record, field: Field) -> tuple[str, ...]:
    """Each word once; a code keeps its marks, or half a web address would be one."""
    text = record.get(field.name, "")
    return tuple(dict.fromkeys((fold(text) if field.how is How.WORDS else text.casefold()).split()))
