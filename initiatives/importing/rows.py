"""What passes between the steps of an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of one row, or worth saying about it."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as text under our column names. `line` is the file's line, or the record's number in JSON."""

    line: int
    values: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation as a row names it."""

    name: str
    identifiers: tuple[tuple[str, str], ...] = ()
    postcode: str = ""
    place_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    kind: str = ""
    website: str = ""


@dataclass(slots=True)
class ParsedRow:
    """One row's answers, ready to be written unless `faults` says otherwise."""

    line: int
    title: str = ""
    source_id: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lead: NamedOrganisation | None = None
    partners: tuple[tuple[str, NamedOrganisation], ...] = ()
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    place_note: str = ""
    given: frozenset[str] = frozenset()
