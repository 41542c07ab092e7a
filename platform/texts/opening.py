"""Looking into a file before it is read: what it is, how it is encoded, and whether it can be used at all."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

LARGEST_UPLOAD = 50 * 1024 * 1024
_BLOCK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class FileFault(Exception):
    """The file, or the rest of it, cannot be read. The text says where and what would help."""


@dataclass(frozen=True)
class Opened:
    """A file that can be read. `assumed` says what was guessed about it, in a sentence or not at all."""

    path: Path
    encoding: str
    is_json: bool
    assumed: str = ""

    def text(self) -> IO[str]:
        """The file as text; bytes that mean nothing in its encoding become replacement signs."""
        return self.path.open(encoding=self.encoding, errors="replace", newline="")

    def utf8(self) -> IO[bytes]:
        """The file as UTF-8 bytes without a byte order mark, whatever it is encoded in."""
        return _Recoded(self.text())  # type: ignore[return-value]  # only `read` is asked of it


class _Recoded:
    """Enough of a binary file for a parser that reads by size."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text

    def read(self, size: int = -1) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")

    def close(self) -> None:
        self._text.close()


def look_into(path: Path) -> Opened:
    """What a file is. Raises FileFault with a sentence for one that cannot be used."""
    with path.open("rb") as file:
        head = file.read(8192)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise FileFault(_("The file is empty. Choose one that has a header and at least one row."))
    _refuse_other_formats(head)
    encoding, assumed = _encoding(path, head)
    with path.open(encoding=encoding, errors="replace") as text:
        first = text.read(4096).lstrip()[:1]
    return Opened(path, encoding, first in {"{", "["}, assumed)


def _refuse_other_formats(head: bytes) -> None:
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileFault(
            _("This is a workbook or an archive, not a CSV file. In the spreadsheet choose “Save as” and CSV (UTF-8).")
        )
    if head.startswith(
        (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"\x7fELF", b"BZh")
    ):
        raise FileFault(_("This is not a text file, so it holds no rows. Choose a CSV or a JSON file."))
    if head.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileFault(_("This is a web page or an XML file. Choose a CSV or a JSON file."))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _encoding(path: Path, head: bytes) -> tuple[str, str]:
    """The encoding, and a sentence where it is a guess."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, ""
    if (wide := _wide(head)) is not None:
        return wide, _("The file looks like UTF-16 without saying so, and was read as that.")
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if controls > max(8, len(head) // 50):
        raise FileFault(_("This is not a text file, so it holds no rows. Choose a CSV or a JSON file."))
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
    except UnicodeDecodeError:
        return "cp1252", _("The file is not UTF-8; it was read as Windows-1252. Check accents and pound signs.")
    if decoder.getstate()[0]:
        return "utf-8", _("The file ends in the middle of a letter: it may have been cut off.")
    return "utf-8", ""


def _wide(head: bytes) -> str | None:
    """UTF-16 by its look: every other byte is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half > 3 and odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if half > 3 and even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return None
