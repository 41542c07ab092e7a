"""Where reports lie: a file with one or many, a Maildir, or what a mail server pipes in."""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from notifications.bounces.reading import LARGEST


class NoMailbox(Exception):
    """Nothing is there that could be read; the message says so."""


def mails_in(where: str) -> Iterator[tuple[str, bytes]]:
    """Each with a name to speak of it by. A Maildir's new ones are moved to those that were read.

    No more of any is read than tells that it is too large. Raises NoMailbox.
    """
    if where == "-":
        yield _("standard input"), sys.stdin.buffer.read(LARGEST + 1)
        return
    path = Path(where)
    try:
        if path.is_dir():
            yield from _in_maildir(path)
        elif path.open("rb").read(5) == b"From ":
            yield from _in_mbox(path)
        else:
            with path.open("rb") as file:
                yield path.name, file.read(LARGEST + 1)
    except OSError as error:
        raise NoMailbox(_("%(path)s cannot be read: %(why)s.") % {"path": where, "why": error.strerror}) from error


def _in_mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    box = mailbox.mbox(path, create=False)
    for number, key in enumerate(box.iterkeys(), 1):
        with box.get_file(key) as file:
            yield f"{path.name}, {number}", file.read(LARGEST + 1)


def _in_maildir(path: Path) -> Iterator[tuple[str, bytes]]:
    if not (path / "new").is_dir():
        raise NoMailbox(_("%(path)s is a folder, but no Maildir: it has no folder “new”.") % {"path": path})
    (path / "cur").mkdir(exist_ok=True)
    for file in sorted((path / "new").iterdir()):
        with file.open("rb") as opened:
            yield file.name, opened.read(LARGEST + 1)
        file.rename(path / "cur" / f"{file.name.split(':')[0]}:2,S")
