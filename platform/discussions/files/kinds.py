"""What may be sent, and what to send instead of something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.domain.errors import DiscussionError

LARGEST = 10 * 1024 * 1024
MOST_FILES = 5


class FileRefused(DiscussionError):
    """The text says what is wrong with a file, and what can be sent instead."""


@dataclass(frozen=True)
class FileKind:
    """`name` is how names of such files end, `others` what else they may end with."""

    name: str
    content_type: str
    is_picture: bool = False
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.name.upper() if self.name != "jpg" else "JPEG"


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
KINDS: Final = {
    kind.name: kind
    for kind in (
        FileKind("jpg", "image/jpeg", True, ("jpeg", "jpe", "jfif")),
        FileKind("png", "image/png", True),
        FileKind("webp", "image/webp", True),
        FileKind("gif", "image/gif", True),
        FileKind("pdf", "application/pdf"),
        FileKind("docx", f"{_OFFICE}.wordprocessingml.document"),
        FileKind("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
        FileKind("pptx", f"{_OFFICE}.presentationml.presentation"),
        FileKind("odt", f"{_OPEN}.text"),
        FileKind("ods", f"{_OPEN}.spreadsheet"),
        FileKind("odp", f"{_OPEN}.presentation"),
        FileKind("txt", "text/plain"),
        FileKind("csv", "text/csv"),
    )
}
_BY_ENDING: Final = {ending: kind for kind in KINDS.values() for ending in (kind.name, *kind.others)}

# What people would like to send as well: how its name ends → what they can do.
_INSTEAD: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("svg svgz", gettext_lazy("An SVG picture can carry programs. Save it as PNG and send that.")),
    (
        "htm html xhtml shtml mht mhtml xml php",
        gettext_lazy("A web page can carry programs. Print it to a PDF and send that, or post its address."),
    ),
    ("docm dotm dotx doc dot rtf wps", gettext_lazy("Save it as DOCX, without macros, or as PDF and send that.")),
    ("xlsm xltm xltx xlsb xls xlam", gettext_lazy("Save it as XLSX, without macros, or as CSV and send that.")),
    ("pptm potm ppsm ppsx potx ppt pps", gettext_lazy("Save it as PPTX, without macros, or as PDF and send that.")),
    ("pages numbers key pub vsd vsdx one epub ps eps tex md", gettext_lazy("Save it as PDF and send that.")),
    ("heic heif avif tif tiff bmp jxl raw psd ai ico", gettext_lazy("Save the picture as JPEG or PNG and send that.")),
    (
        "mp4 mov avi mkv webm m4v mp3 m4a wav ogg aac flac wma wmv mpg mpeg",
        gettext_lazy("Films and recordings are not kept here. Post a link to it."),
    ),
    ("zip rar 7z gz tgz tar bz2 xz iso dmg", gettext_lazy("Send what is packed in it, one file at a time.")),
)
_INSTEAD_OF: Final = {ending: sentence for endings, sentence in _INSTEAD for ending in endings.split()}


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_by_name(name: str) -> FileKind | None:
    return _BY_ENDING.get(ending_of(name))


def instead_of(ending: str) -> str:
    """What can be sent instead of files whose names end so."""
    return str(_INSTEAD_OF.get(ending, "")) or what_can_be_sent()


def what_can_be_sent() -> str:
    return _(
        "You can send pictures (JPEG, PNG, WebP, GIF), documents (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP) and plain text "
        "(TXT, CSV)."
    )
