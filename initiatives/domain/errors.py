"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from initiatives.models import Initiative


class InitiativeError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(InitiativeError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this. Ask an owner of the organisation to make you an editor."))


class Incomplete(InitiativeError):
    """Pages of the wizard that still lack something: step → sentences."""

    def __init__(self, missing: Mapping[str, Sequence[str]]) -> None:
        self.missing = missing
        super().__init__(_("Some questions are not answered yet."))


class EditConflict(InitiativeError):
    """Someone saved another version meanwhile; `theirs` is that version."""

    def __init__(self, theirs: Initiative, saved_by: str) -> None:
        self.theirs = theirs
        self.saved_by = saved_by
        super().__init__(_("%(name)s saved another version while you were writing.") % {"name": saved_by})


class NotWaiting(InitiativeError):
    def __init__(self) -> None:
        super().__init__(_("This is not waiting for clearance any more: someone else has answered it."))


class ChangedMeanwhile(InitiativeError):
    def __init__(self) -> None:
        super().__init__(_("It was changed while you were reading. Look at the new version before you decide."))
