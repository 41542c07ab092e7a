"""Changing what an organisation says of itself."""

from __future__ import annotations

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from notifications.announcing import announce, announce_within
from organisations.domain.errors import EditConflict, NotAllowed
from organisations.domain.registering import COLUMNS, Details, write_identifiers
from organisations.events import OrganisationEntered, OrganisationsChanged
from organisations.models import Organisation
from organisations.permissions import can_edit_organisation


def version_of(organisation: Organisation) -> str:
    """What an edit carries to say which version it was made from."""
    return organisation.updated_at.isoformat()


@transaction.atomic
def edit_organisation(organisation: Organisation, details: Details, *, user: User, seen: str | None) -> Organisation:
    """Save new details. `seen` is the version the person was shown, None to save over another's knowingly.

    Raises NotAllowed; EditConflict with the row as it stands; AlreadyRegistered.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not can_edit_organisation(user, row):
        raise NotAllowed
    if _says(row, details):
        return row  # nothing changes, as when the form was posted twice
    if seen is not None and seen != version_of(row):
        raise EditConflict(row)
    shown = (row.name, row.kind, row.place_id)
    for column in COLUMNS:
        setattr(row, column, getattr(details, column))
    row.place_id = details.place_code
    _set_identifiers(row, details)
    row.save()
    log(instance=row, action="wagtail.edit", user=user)
    announce_within(OrganisationsChanged((row.pk,), renamed=shown != (row.name, row.kind, row.place_id)))
    announce(OrganisationEntered(row.pk))
    return row


def _says(row: Organisation, details: Details) -> bool:
    columns = all(getattr(row, column) == getattr(details, column) for column in COLUMNS)
    numbers = set(row.identifiers.values_list("scheme", "value"))
    return columns and row.place_id == details.place_code and numbers == set(details.identifiers)


def _set_identifiers(row: Organisation, details: Details) -> None:
    wanted = set(details.identifiers)
    for identifier in row.identifiers.all():
        if (identifier.scheme, identifier.value) in wanted:
            wanted.discard((identifier.scheme, identifier.value))
        else:
            identifier.delete()
    write_identifiers(row, sorted(wanted))
