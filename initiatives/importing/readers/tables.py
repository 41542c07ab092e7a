"""CSV read row by row, with the line each row starts on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from initiatives.importing.columns import COLUMNS, NEEDED, column_of, missing_column, unknown_column
from initiatives.importing.readers.opening import Opened
from initiatives.importing.rows import Fault, FileFault, SourceRow

_LONGEST_CELL = 1 << 20
_DELIMITERS = (",", ";", "\t")


class _Lines:
    """The lines as they are handed to the parser: which one it is at, and whether its quotation marks are paired."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.number = 0
        self.quotes = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.number += 1
            self.quotes += line.count('"')
            yield line


def read_cells(opened: Opened) -> Iterator[tuple[int, list[str]]]:
    """Each row's first line and its cells, the header among them. Raises FileFault where it cannot go on."""
    csv.field_size_limit(_LONGEST_CELL)
    with opened.text() as file:
        delimiter = _delimiter(file)
        lines = _Lines(file)
        reader = csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=True)
        doubtful: tuple[int, list[str]] | None = None  # an odd number of quotation marks: fine, unless it is the last
        while True:
            start, lines.quotes = lines.number + 1, 0
            try:
                cells = next(reader)
            except StopIteration:
                if doubtful:
                    raise FileFault(_unclosed(doubtful[0])) from None
                return
            except csv.Error:
                raise FileFault(_unclosed(start)) from None
            if doubtful:
                yield doubtful
                doubtful = None
            if lines.quotes % 2 and lines.number > start:
                doubtful = start, cells
            elif any(cell.strip() for cell in cells):
                yield start, cells


def _unclosed(line: int) -> str:
    return _(
        "From line %(line)s on the file could not be read: a quotation mark opens there and never closes. "
        "Was the file cut off?"
    ) % {"line": line}


def _delimiter(file: IO[str]) -> str:
    """What parts the cells, by the header. Leaves the file at its beginning."""
    header = next((line for line in file if line.strip()), "")
    file.seek(0)
    return max(_DELIMITERS, key=header.count)


def read_table(opened: Opened, said: list[str]) -> Iterator[SourceRow]:
    """Rows of our own CSV, by the names of its columns. What is worth saying of the header goes to `said`."""
    rows = read_cells(opened)
    _line, headings = next(rows, (0, []))
    names = [column_of(heading) for heading in headings]
    _check_header(headings, names, said)
    for line, cells in rows:
        faults: tuple[Fault, ...] = ()
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            reason = _(
                "The row has %(cells)s cells, the header %(columns)s. Put quotation marks round cells with commas."
            )
            faults = (Fault("", reason % {"cells": len(cells), "columns": len(names)}),)
        values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        yield SourceRow(line, values, faults)


def _check_header(headings: list[str], names: list[str], said: list[str]) -> None:
    known = [name for name in names if name]
    if not known:
        raise FileFault(
            _("The first line names none of our columns (%(columns)s, …). Start from the template, or give a mapping.")
            % {"columns": ", ".join(COLUMNS[:4])}
        )
    twice = next((name for name in known if known.count(name) > 1), "")
    if twice:
        raise FileFault(_("The column “%(name)s” is there twice. Keep one of them.") % {"name": twice})
    strangers = [heading for heading, name in zip(headings, names, strict=True) if not name and heading.strip()]
    for needed in NEEDED:
        if needed not in known:
            raise FileFault(missing_column(needed, strangers))
    said += [unknown_column(heading, set(COLUMNS) - set(known)) for heading in strangers]
