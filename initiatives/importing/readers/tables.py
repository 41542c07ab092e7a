"""Our own CSV: its columns, however they are spelt, and the rows under them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from initiatives.importing.columns import COLUMNS, NEEDED, column_of, missing_column, unknown_column
from initiatives.importing.rows import Fault, SourceRow
from texts.cells import read_cells
from texts.opening import FileFault, Opened


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
