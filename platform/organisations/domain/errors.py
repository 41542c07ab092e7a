"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from organisations.models import Organisation


class OrganisationError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(OrganisationError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this. Ask an owner of the organisation."))


class LastOwner(OrganisationError):
    def __init__(self) -> None:
        super().__init__(_("An organisation needs an owner. Make someone else an owner first."))


class AlreadyRegistered(OrganisationError):
    """Another organisation carries this number."""

    def __init__(self, other: Organisation) -> None:
        self.other = other
        super().__init__(_("“%(name)s” is registered with this number already. Ask to join it.") % {"name": other.name})


class EditConflict(OrganisationError):
    """Someone saved other details meanwhile; `theirs` is how the row stands."""

    def __init__(self, theirs: Organisation) -> None:
        self.theirs = theirs
        super().__init__(_("Someone else saved other details while you were writing."))


class LinkRefused(OrganisationError):
    """An invitation's link that cannot be used; the sentence says why."""
