"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _


class DiscussionError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(DiscussionError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this here. Belong to an organisation to take part, or ask who opened this."))


class TooFast(DiscussionError):
    """`seconds`: how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(_("That is a lot at once. It can be posted in %(seconds)d seconds.") % {"seconds": seconds})


class Muted(DiscussionError):
    def __init__(self, reason: str) -> None:
        super().__init__(_("You cannot write here at present: %(reason)s") % {"reason": reason})


class Closed(DiscussionError):
    def __init__(self) -> None:
        super().__init__(_("This discussion is closed. Your text is still here: start a new one with it."))


class Gone(DiscussionError):
    def __init__(self) -> None:
        super().__init__(_("This post was removed meanwhile."))
