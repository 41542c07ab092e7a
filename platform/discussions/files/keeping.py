"""Files on their way to a post, on the disk, and away from it."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from discussions.files.kinds import FileKind, FileRefused
from discussions.files.pictures import redrawn
from discussions.files.recognising import recognise
from discussions.models import Attachment
from discussions.models.enclosed import attachment_storage
from texts.cleaning import clean_line

logger = logging.getLogger("steppingstones.files")
_UNFIT = re.compile(r'[/\\:*?"<>|%#;\u200b-\u200f\u2060]+')
_LONGEST_STEM = 80
_SMALL = ".small"


@dataclass(frozen=True)
class ReadyFile:
    """A file that was looked into and may be kept: a picture drawn anew, or a document as it is."""

    name: str
    kind: FileKind
    data: bytes
    small: bytes = b""
    width: int = 0
    height: int = 0
    alt: str = ""


def ready(name: str, data: bytes) -> ReadyFile:
    """Raises FileRefused."""
    kind = recognise(name, data)
    name = safe_name(name, kind)
    if not kind.is_picture:
        return ReadyFile(name, kind, data)
    picture = redrawn(data, kind)
    return ReadyFile(name, kind, picture.data, picture.small, picture.width, picture.height)


def safe_name(name: str, kind: FileKind) -> str:
    """The name without what misleads, ending as its content says."""
    stem = " ".join(_UNFIT.sub(" ", clean_line(name).rpartition(".")[0]).split()).strip(". ")
    return f"{stem[:_LONGEST_STEM].strip('. ') or 'file'}.{kind.name}"


def lay_down(files: Sequence[ReadyFile]) -> list[Attachment]:
    """Write them; the rows are the caller's to store, with their post. Raises FileRefused where the disk is full."""
    laid_down = [
        Attachment(
            token=secrets.token_hex(20),
            name=file.name,
            kind=file.kind.name,
            size=len(file.data),
            alt=file.alt,
            width=file.width,
            height=file.height,
        )
        for file in files
    ]
    storage = attachment_storage()
    try:
        for row, file in zip(laid_down, files, strict=True):
            storage.save(path_of(row.token), ContentFile(file.data))
            if file.small:
                storage.save(path_of(row.token, small=True), ContentFile(file.small))
    except OSError as error:
        logger.exception("Files could not be kept")
        take_away([row.token for row in laid_down])
        raise FileRefused(_("Your files could not be kept just now. Try again in a minute.")) from error
    return laid_down


def take_away(tokens: Sequence[str]) -> None:
    """From the disk, at once. What is gone already is no error."""
    storage = attachment_storage()
    for token in tokens:
        storage.delete(path_of(token))
        storage.delete(path_of(token, small=True))


def content_of(attachment: Attachment, *, small: bool = False) -> bytes:
    """Raises FileNotFoundError."""
    with attachment_storage().open(path_of(attachment.token, small=small)) as opened:
        data: bytes = opened.read()
    return data


def path_of(token: str, *, small: bool = False) -> str:
    return f"{token[:2]}/{token}{_SMALL if small else ''}"


def token_of(filename: str) -> str:
    """The reverse, of a name without its folder."""
    return filename.removesuffix(_SMALL)


def in_short(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    """What is kept with the post, to show its files without asking for them."""
    kept = ("token", "name", "kind", "size", "alt", "width", "height")
    return [{name: getattr(one, name) for name in kept} for one in attachments]
