"""CSV read row by row, with the line each row starts on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from texts.opening import FileFault, Opened

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
