"""Mapping files: where plain rows have what our columns want. TOML or JSON, described in docs/importing.md."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from initiatives.importing.columns import COLUMNS, NEEDED, closest_to, unknown_column
from initiatives.importing.readers.json_items import read_items
from initiatives.importing.rows import SourceRow
from texts.cells import read_cells
from texts.opening import FileFault, Opened

SHIPPED = Path(__file__).parent / "mappings"
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Piece:
    """Where one column's text comes from: source columns joined, or a constant."""

    columns: tuple[str, ...] = ()
    join: str = " "
    value: str = ""

    def text(self, row: Mapping[str, Any]) -> str:
        if not self.columns:
            return self.value
        return self.join.join(filter(None, (_text(row.get(column)).strip() for column in self.columns)))


@dataclass(frozen=True)
class RowMapping:
    """A mapping file, checked. `rows` names the list in a JSON file, "" where the file is the list."""

    fields: dict[str, Piece]
    source: str = ""
    rows: str = ""


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(_text(item) for item in value)
    return "" if value is None or isinstance(value, dict) else str(value)


def load_mapping(path: Path) -> dict[str, Any]:
    """A mapping file's content, checked; a shipped one may be given by name. Raises FileFault."""
    if not path.exists() and (SHIPPED / f"{path.name}.toml").exists():
        path = SHIPPED / f"{path.name}.toml"
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise FileFault(_("The mapping file “%(name)s” cannot be opened.") % {"name": path.name}) from None
    return parse_mapping(text)


def parse_mapping(text: str) -> dict[str, Any]:
    """A mapping file's content, checked. Raises FileFault."""
    try:
        content = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileFault(
            _("The mapping file is neither TOML nor JSON: %(error)s") % {"error": str(error)[:200]}
        ) from None
    _refuse_unwritable(content)
    return _kept(read_mapping(content))


def _refuse_unwritable(content: object) -> None:
    """Raises FileFault where a text, however deep, holds what neither a page nor the database can: null or half a
    character, which both formats can spell out."""
    left = [content]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            left += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            left += part
        elif isinstance(part, str) and _UNWRITABLE.search(part):
            readable = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", part)[:80]
            raise FileFault(
                _("“%(text)s” in the mapping file holds a character that no text can. Take it out.")
                % {"text": readable}
            )


def _kept(mapping: RowMapping) -> dict[str, Any]:
    """What was checked and nothing else, as a run keeps it."""
    fields = {
        target: {"pieces": list(piece.columns), "join": piece.join} if piece.columns else {"value": piece.value}
        for target, piece in mapping.fields.items()
    }
    return {"fields": fields, "source": mapping.source, "rows": mapping.rows}


def read_mapping(content: Mapping[str, Any]) -> RowMapping:
    """A mapping from its file's content. Raises FileFault that names the entry which is wrong."""
    fields = content.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise FileFault(_("The mapping has no [fields] table that says which column is which."))
    pieces: dict[str, Piece] = {}
    for target, entry in fields.items():
        if target not in COLUMNS:
            raise FileFault(unknown_column(target))
        pieces[target] = _piece(target, entry)
    for needed in NEEDED:
        if needed not in pieces:
            raise FileFault(_("The mapping says nothing of “%(name)s”, which every row needs.") % {"name": needed})
    return RowMapping(pieces, str(content.get("source", ""))[:80], str(content.get("rows", "")))


def _piece(target: str, entry: object) -> Piece:
    if isinstance(entry, str):
        return Piece((entry,))
    if isinstance(entry, dict) and isinstance(entry.get("value"), str):
        return Piece(value=entry["value"])
    if isinstance(entry, dict):
        columns = entry.get("pieces", [entry.get("column")])
        if isinstance(columns, list) and columns and all(isinstance(column, str) for column in columns):
            return Piece(tuple(columns), str(entry.get("join", " ")))
    raise FileFault(
        _("The mapping of “%(name)s” should be a column's name, {value = …}, or {pieces = […], join = …}.")
        % {"name": target}
    )


def read_mapped(opened: Opened, mapping: RowMapping, said: list[str]) -> Iterator[SourceRow]:
    """Plain rows of a JSON list or a CSV under our columns. Raises FileFault."""
    rows = read_items(opened, mapping.rows) if opened.is_json else _table(opened)
    for index, (line, row) in enumerate(rows):
        if not index:
            said += _absent(mapping, row)
        yield SourceRow(line, {target: piece.text(row) for target, piece in mapping.fields.items()})


def _table(opened: Opened) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = read_cells(opened)
    _line, headings = next(rows, (0, []))
    for line, cells in rows:
        yield line, {heading.strip(): cell for heading, cell in zip(headings, cells, strict=False)}


def _absent(mapping: RowMapping, row: Mapping[str, Any]) -> list[str]:
    """Sentences about source columns that the first row does not have."""
    wanted = dict.fromkeys(column for piece in mapping.fields.values() for column in piece.columns)
    return [
        _("The mapping asks for “%(name)s”, which the first row does not have. The closest is “%(near)s”.")
        % {"name": column, "near": closest_to(column, row) or "–"}
        for column in wanted
        if column not in row
    ]
