"""Choosing the reader for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from initiatives.importing.mapping import read_mapped, read_mapping
from initiatives.importing.readers.tables import read_table
from initiatives.importing.readers.threesixty import SOURCE, read_grants
from initiatives.importing.rows import SourceRow
from texts.opening import FileFault, Opened, look_into

Format = Literal["auto", "csv", "360", "mapping"]


@dataclass
class Reading:
    """A file with the reader that suits it. `said` gathers what was assumed or left out, while it is read."""

    opened: Opened
    format: Format
    source: str
    mapping: dict[str, Any] | None = None
    said: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[SourceRow]:
        """The rows, from the beginning. Raises FileFault where the file cannot be read further."""
        self.said[:] = [self.opened.assumed] if self.opened.assumed else []
        if self.format == "360":
            return read_grants(self.opened)
        if self.format == "mapping" and self.mapping is not None:
            return read_mapped(self.opened, read_mapping(self.mapping), self.said)
        return read_table(self.opened, self.said)


def choose_reader(
    path: Path, *, filename: str, asked: str = "auto", mapping: dict[str, Any] | None = None, source: str = ""
) -> Reading:
    """The reader for a file, by what was asked or by its look. Raises FileFault."""
    opened = look_into(path)
    chosen: Format
    if mapping is not None:
        chosen = "mapping"
        source = source or read_mapping(mapping).source
    elif asked == "mapping":
        raise FileFault(_("Rows of another shape need a mapping file. docs/importing.md shows one."))
    elif asked == "360" or (asked == "auto" and opened.is_json):
        _refuse_lists(path, opened)
        chosen, source = "360", source or SOURCE
    else:
        if opened.is_json:
            raise FileFault(_("This is JSON, not CSV. Choose 360Giving, or give a mapping file."))
        chosen = "csv"
    return Reading(opened, chosen, (source or Path(filename).stem)[:80], mapping)


def _refuse_lists(path: Path, opened: Opened) -> None:
    if not opened.is_json:
        raise FileFault(_("This is not JSON, so it is no 360Giving file of that kind. Is it a CSV?"))
    with path.open(encoding=opened.encoding, errors="replace") as text:
        if text.read(4096).lstrip().startswith("["):
            raise FileFault(_("This is a plain list of records. Give a mapping file that says which column is which."))
