"""What can go wrong with a verb of this room, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class OverlapError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(OverlapError):
    def __init__(self) -> None:
        super().__init__(
            _("Only people of either organisation, coordinators of a place they reach and moderators may say this.")
        )


class NotListed(OverlapError):
    """One of the two is over, or was never cleared."""

    def __init__(self) -> None:
        super().__init__(
            _("One of the two initiatives is over or no longer listed, so nothing more can be said of the pair.")
        )
