"""An index's file, row after row: encoding and columns as the description has them, numbers read, doubles found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from partnerships.need.description import Description
from partnerships.need.faults import NeedRefused, at_line, refuse_all
from partnerships.need.numbers import NotANumber, read_number, read_rank
from texts.cells import read_cells
from texts.cleaning import clean_line
from texts.opening import LARGEST_UPLOAD, FileFault, Opened, look_into

_LONGEST = 120  # letters of a name or a number that are read
Said = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One area of the file; `value` is None where the file gives none."""

    line: int
    code: str
    name: str
    value: float | None
    rank: int | None

    @property
    def label(self) -> str:
        return self.name or self.code


def read_rows(path: Path, description: Description, progress: Said = lambda rows: None) -> list[Row]:
    """Every area once. Raises NeedRefused with each line that cannot be used."""
    try:
        cells = _cells(path, description)
        head = next(cells, (1, []))[1]
        at = _columns(head, description)
        rows, faults = [], []
        percentages: dict[bool, int] = {}
        for line, row in cells:
            progress(1)
            try:
                read, is_percentage = _row(line, row, at)
            except NotANumber as fault:
                faults.append((line, str(fault)))
                continue
            if read.value is not None:
                percentages.setdefault(is_percentage, line)
            rows.append(read)
    except FileFault as fault:
        raise NeedRefused(str(fault)) from None
    if len(percentages) == 2:
        faults.append(
            (
                percentages[True],
                _("this is a percentage, and line %(other)s is not. Write all of them in the same way.")
                % {"other": percentages[False]},
            )
        )
    kept = _once(rows, faults)
    refuse_all(faults)
    if not any(row.value is not None for row in kept):
        raise NeedRefused(_("The file has a header and no row with a number, so nothing was changed."))
    return kept


def _cells(path: Path, description: Description) -> Iterator[tuple[int, list[str]]]:
    if not path.is_file():
        raise NeedRefused(_("There is no file “%(name)s”.") % {"name": path})
    if path.stat().st_size > LARGEST_UPLOAD:
        raise NeedRefused(_("The file is larger than 50 MB: that is hardly an index of council areas."))
    opened = look_into(path)
    if opened.is_json:
        raise NeedRefused(_("This is JSON. An index is read from a CSV file."))
    encoding = (
        "utf-8-sig" if description.encoding.lower().replace("_", "-") in ("utf-8", "utf8") else description.encoding
    )
    _check_encoding(path, encoding)
    return read_cells(Opened(path, encoding, False))


def _check_encoding(path: Path, encoding: str) -> None:
    data = path.read_bytes()
    try:
        data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        other = "windows-1252" if encoding.startswith("utf") else "utf-8"
        told = _(
            'this is not %(encoding)s. Write encoding = "%(other)s" in the description, or save the file as UTF-8.'
        )
        raise NeedRefused(at_line(line, told % {"encoding": encoding.removesuffix("-sig"), "other": other})) from None


def _columns(head: list[str], description: Description) -> dict[str, int]:
    names = [clean_line(cell).casefold() for cell in head]
    missing = [column for column in description.columns.values() if column.casefold() not in names]
    if missing:
        found = ", ".join(f"“{clean_line(cell)[:40]}”" for cell in head[:20] if cell.strip())
        raise NeedRefused(
            _("The file has no column “%(missing)s”, which the description names. It has %(found)s.")
            % {"missing": missing[0], "found": found or _("no columns at all")}
        )
    twice = [column for column in description.columns.values() if names.count(column.casefold()) > 1]
    if twice:
        raise NeedRefused(_("The file has two columns “%(name)s”. Keep one of them.") % {"name": twice[0]})
    return {part: names.index(column.casefold()) for part, column in description.columns.items()}


def _row(line: int, cells: list[str], at: dict[str, int]) -> tuple[Row, bool]:
    def cell(part: str) -> str:
        index = at.get(part)
        return clean_line(cells[index])[:_LONGEST] if index is not None and index < len(cells) else ""

    code, name = cell("code"), cell("name")
    if not code and not name:
        raise NotANumber(_("this row names no area."))
    value, is_percentage = read_number(cell("value"))
    return Row(line, code, name, value, read_rank(cell("rank")) if "rank" in at else None), is_percentage


def _once(rows: list[Row], faults: list[tuple[int, str]]) -> list[Row]:
    """The same row again is read once; another value for the same area is a fault that names both lines."""
    kept: dict[str, Row] = {}
    for row in rows:
        key = (row.code or row.name).casefold()
        first = kept.setdefault(key, row)
        if first is not row and (first.value, first.rank) != (row.value, row.rank):
            told = _("“%(name)s” is there with another number than in line %(first)s. Keep the right one.")
            faults.append((row.line, told % {"name": row.label, "first": first.line}))
    return list(kept.values())
