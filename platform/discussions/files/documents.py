"""Office documents: packed files whose parts say what they are, and whether they carry programs."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from discussions.files.kinds import KINDS, FileKind, FileRefused

_END = b"PK\x05\x06"  # the last record of a packed file; 22 bytes where nothing follows it
_MOST_PARTS = 10_000
_LARGEST_UNPACKED = 400 * 1024 * 1024
_LARGEST_LIST = 2 * 1024 * 1024
_LIST = "[Content_Types].xml"
_TYPES = re.compile(r"ContentType\s*=\s*[\"']([^\"']*)[\"']")
_MACROS = re.compile(
    r"vbaproject|vbadata|(?:^|/)macrosheets/|^scripts/.*[^/]$|^basic/.*/(?!(?:script|dialog)-l[bc]\.xml$)[^/]+$"
    r"|\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|lnk|msi)$"
)


def office_kind(data: bytes) -> FileKind | None:
    """DOCX, XLSX, PPTX, ODT, ODS or ODP; None for another packed file.

    Raises FileRefused for one with macros, one that is locked or damaged, and one that would unpack to no end.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            _refuse_strange(data, parts)
            kind = _open_document(packed, parts) or _office_document(packed, parts)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, EOFError) as error:
        raise FileRefused(_("It is damaged. Save it anew and send that.")) from error
    if kind and any(_MACROS.search(part.filename.lower()) for part in parts):
        raise _macros(kind)
    return kind


def _refuse_strange(data: bytes, parts: Sequence[zipfile.ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    alone = parts and min(part.header_offset for part in parts) == 0 and data[-22:-18] == _END
    if not alone or len(names) != len(parts):
        raise FileRefused(_("Something else is packed up with it. Save it anew and send that."))
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise FileRefused(_("It is far larger unpacked than packed. Save it as PDF and send that."))
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_("It is locked with a password, so nobody here could look into it. Send it without."))


def _open_document(packed: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> FileKind | None:
    first = min(parts, key=lambda part: part.header_offset)
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.file_size > 100:
        return None
    stated = packed.read(first).decode("ascii", "replace")
    kinds = (KINDS["odt"], KINDS["ods"], KINDS["odp"])
    return next((kind for kind in kinds if kind.content_type == stated), None)


def _office_document(packed: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> FileKind | None:
    listed = next((part for part in parts if part.filename == _LIST), None)
    if listed is None or listed.file_size > _LARGEST_LIST:
        return None
    with packed.open(listed) as opened:
        text = opened.read(_LARGEST_LIST + 1).decode("utf-8-sig")
    if "&#" in text or "<!" in text:  # nobody writes it so who has nothing to hide
        return None
    types = _TYPES.findall(text)
    kinds = [kind for kind in (KINDS["docx"], KINDS["xlsx"], KINDS["pptx"]) if f"{kind.content_type}.main+xml" in types]
    macros = any("macro" in one.lower() or "vba" in one.lower() for one in types)
    if macros:
        raise _macros(kinds[0] if kinds else None)
    return kinds[0] if len(kinds) == 1 else None


def _macros(kind: FileKind | None) -> FileRefused:
    if kind is None:
        return FileRefused(_("It carries macros. Save it without them, as DOCX, XLSX or PPTX, and send that."))
    return FileRefused(_("It carries macros. Save it as %(kind)s without them and send that.") % {"kind": kind.label})
