"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class PartnershipError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(PartnershipError):
    def __init__(self) -> None:
        super().__init__(_("Only an owner or editor of a party may do this for it. Ask one of yours."))


class Superseded(PartnershipError):
    """`latest`: the number of the version that took its place."""

    def __init__(self, latest: int) -> None:
        self.latest = latest
        sentence = _("Version %(number)d was sent meanwhile. Read what differs, then answer that one.")
        super().__init__(sentence % {"number": latest})


class AlreadyEnded(PartnershipError):
    def __init__(self) -> None:
        super().__init__(_("This partnership is closed. Its record stays; propose a new one to go on together."))


class NotAsked(PartnershipError):
    def __init__(self) -> None:
        super().__init__(_("Your organisation is not asked to agree to this version."))
