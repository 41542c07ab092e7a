"""Why an index is not loaded: each fault a sentence, with its line where it has one."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

MOST = 20


class NeedRefused(Exception):
    """The file or its description cannot be used; nothing was written. The text is for people, a line a fault."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def at_line(line: int, sentence: str) -> str:
    """The sentence, told where."""
    return _("Line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}


def refuse_all(faults: Sequence[tuple[int, str]]) -> None:
    """Raises NeedRefused with the first faults, by line; does nothing where there are none."""
    if not faults:
        return
    told = [at_line(line, sentence) for line, sentence in sorted(faults)[:MOST]]
    if len(faults) > MOST:
        told.append(_("… and %(more)s more.") % {"more": len(faults) - MOST})
    raise NeedRefused(*told)
