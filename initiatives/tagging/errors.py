"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class TagError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(TagError):
    def __init__(self) -> None:
        super().__init__(_("Only moderators look after the tags."))
