"""Why something cannot be confirmed, each with its sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class ConfirmingError(Exception):
    """The text says what is the matter and how to mend it."""


class NotAllowed(ConfirmingError):
    def __str__(self) -> str:
        return _("Only those who coordinate this place, and moderators, can confirm this.")


class SomethingIsThere(ConfirmingError):
    """`count` initiatives name the place or a part of it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        said = ngettext(
            "%(n)d initiative here says that it does this. If it does not any more, ask it to say so; then confirm.",
            "%(n)d initiatives here say that they do this. If they do not any more, ask them to say so; then confirm.",
            self.count,
        )
        return said % {"n": self.count}
