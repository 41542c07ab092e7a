"""What a file is, told by its content; its name must say the same."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import filetype
from django.utils.translation import gettext as _

from discussions.files.documents import office_kind
from discussions.files.kinds import KINDS, FileKind, FileRefused, ending_of, instead_of, kind_by_name, what_can_be_sent

_PICTURES = {kind.content_type: kind for kind in KINDS.values() if kind.is_picture} | {"image/apng": KINDS["png"]}
_ZIP = b"PK\x03\x04"
_BEGINNING = 1024  # as far as readers of PDF look for their mark, and browsers for theirs
_WEB = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?php|\?xml)\b", re.IGNORECASE)
_PROGRAM = (b"#!", b"{\\rtf", b"%!PS")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")


def recognise(name: str, data: bytes) -> FileKind:
    """Raises FileRefused for what cannot be sent, for what is two things at once, and where name and content differ."""
    if not data:
        raise FileRefused(_("It is empty. Choose it again, or leave it out."))
    claimed = kind_by_name(name)
    if claimed is None:
        raise FileRefused(instead_of(ending_of(name)))
    found = _kind_of(data, claimed)
    if found is None:
        raise FileRefused(
            _("It is called %(claimed)s, and is something else inside. %(instead)s")
            % {"claimed": claimed.label, "instead": what_can_be_sent()}
        )
    if found != claimed:
        raise FileRefused(
            _("It is called %(claimed)s, and is %(found)s inside. Save it as %(claimed)s, or name it what it is.")
            % {"claimed": claimed.label, "found": found.label}
        )
    return found


def _kind_of(data: bytes, claimed: FileKind) -> FileKind | None:
    guessed = filetype.guess(data)
    if guessed is not None and guessed.mime in _PICTURES:
        return _single(data, _PICTURES[guessed.mime])
    if data.startswith(b"%PDF-"):
        return _single(data, KINDS["pdf"]) if b"%%EOF" in data[-2 * _BEGINNING :] else None
    if data.startswith(_ZIP):
        return office_kind(data)
    if _is_plain_text(data):
        return claimed if claimed.name in ("txt", "csv") else KINDS["txt"]
    return None


def _single(data: bytes, kind: FileKind) -> FileKind:
    """Raises FileRefused for what another program would read as something else."""
    beginning = data[:_BEGINNING]
    others = zipfile.is_zipfile(BytesIO(data)), bool(_WEB.search(beginning)), b"%PDF-" in beginning[1:]
    if any(others):
        raise FileRefused(
            _("It is two kinds of file in one. Save it anew, as a %(kind)s alone.") % {"kind": kind.label}
        )
    return kind


def _is_plain_text(data: bytes) -> bool:
    beginning = data[:_BEGINNING]
    if _WEB.search(beginning) or beginning.lstrip().startswith(_PROGRAM):
        return False
    text = _decoded(data)
    return text is not None and not _CONTROLS.search(text) and not _WEB.search(text[:_BEGINNING].encode())


def _decoded(data: bytes) -> str | None:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
