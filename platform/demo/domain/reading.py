"""The made-up data as it lies in files: organisations, people, initiatives by area."""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, Any]


def _rows(pattern: str) -> list[Row]:
    return [row for path in sorted(DATA.glob(pattern)) for row in json.loads(path.read_text("utf-8"))]


@cache
def organisations() -> list[Row]:
    return _rows("organisations*.json")


@cache
def initiatives() -> list[Row]:
    return _rows("initiatives*.json")


@cache
def people() -> list[Row]:
    return _rows("people.json")


@cache
def pairs() -> list[Row]:
    """Pairs of initiatives and what they are to each other, as the texts were written to have it."""
    return _rows("pairs.json")


@cache
def searches() -> list[Row]:
    """Saved searches, each with its owner's address."""
    return _rows("searches.json")


@cache
def threads() -> list[Row]:
    """Discussions, each with its posts."""
    return _rows("threads.json")


@cache
def partnerships() -> list[Row]:
    """Partnerships, each with its versions; a later version says only what it changes."""
    return _rows("partnerships.json")


@cache
def changes() -> list[Row]:
    """What was changed in public initiatives of late."""
    return _rows("changes.json")


@cache
def missed() -> list[Row]:
    """What was looked for and not found."""
    return _rows("missed.json")


@cache
def reports() -> list[Row]:
    """Reports of pages that wait."""
    return _rows("reports.json")


@cache
def tags() -> list[Row]:
    """What was decided about tags: meanings, other words, which are retired."""
    return _rows("tags.json")


@cache
def gaps() -> list[Row]:
    """What coordinators confirmed that nobody does."""
    return _rows("gaps.json")


def registers() -> list[tuple[str, Path]]:
    """The made-up registers: which one, and its file."""
    return [(path.stem.removeprefix("register-"), path) for path in sorted(DATA.glob("register-*.csv"))]


def need() -> tuple[Path, Path]:
    """A made-up index of need, and its description."""
    return DATA / "need.csv", DATA / "need.toml"


def day(offset: int | None, today: datetime.date) -> datetime.date | None:
    """A day so many days from today, so that the demo stays fresh."""
    return None if offset is None else today + datetime.timedelta(days=offset)
