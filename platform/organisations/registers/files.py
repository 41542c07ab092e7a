"""A register's file, row after row: how it is encoded and parted is found out, its columns are checked first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from organisations.registers.readers import Register
from texts.cells import read_cells
from texts.cleaning import clean_line
from texts.opening import FileFault, look_into


def read_rows(path: Path, register: Register, said: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's line and its cells by the names of the register's columns, whatever their case and order.

    What was guessed about the file goes to `said`. Raises FileFault with a sentence for one that cannot be used.
    """
    opened = look_into(path)
    if opened.is_json:
        raise FileFault(_("This is JSON. A register is read from a CSV file."))
    if opened.assumed:
        said.append(opened.assumed)
    rows = read_cells(opened)
    _line, headings = next(rows, (0, []))
    names = [heading.strip().strip("\ufeff").casefold().replace(" ", "_") for heading in headings]
    _check(register, headings, names)
    wanted = {names.index(name): name for name in (*register.needed, *register.optional) if name in names}
    for line, cells in rows:
        row = {name: cells[index] for index, name in wanted.items() if index < len(cells)}
        yield line, {**dict.fromkeys(register.needed, ""), **row}


def _check(register: Register, headings: list[str], names: list[str]) -> None:
    missing = [name for name in register.needed if name not in names]
    if missing:
        found = ", ".join(f"“{clean_line(heading)[:40]}”" for heading in headings[:20] if heading.strip())
        raise FileFault(
            _("The file has no column %(missing)s. It has %(found)s. A file of this register needs %(needed)s.")
            % {
                "missing": _(" and no column ").join(f"“{name}”" for name in missing),
                "found": found or _("no columns at all"),
                "needed": ", ".join(f"“{name}”" for name in register.needed),
            }
        )
    twice = next((name for name in (*register.needed, *register.optional) if names.count(name) > 1), "")
    if twice:
        raise FileFault(_("The column “%(name)s” is there twice. Keep one of them.") % {"name": twice})
