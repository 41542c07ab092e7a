"""Name people for worries about a child, and end it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.domain.granting import end_safeguarding_contact, make_safeguarding_contact
from accounts.models import User
from notifications.domain.telling import tell
from reports.domain.errors import NotAllowed, ReportError
from reports.permissions import can_name_contacts


@transaction.atomic
def name_contact(email: str, *, by: User) -> User:
    """Somebody with an account, who is told. Naming twice is naming once. Raises ReportError."""
    if not can_name_contacts(by):
        raise NotAllowed
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise ReportError(_("Nobody here has this e-mail address. Ask them to make an account first."))
    if make_safeguarding_contact(person):
        log(instance=person, action="reports.name", user=by)
        title = _("You are named for worries about children and young people")
        tell([person], kind="roles", subject=title, template="safeguarding_named", path="/reports/")
    return person


@transaction.atomic
def unname_contact(person: User, *, by: User) -> None:
    """Done twice it is done once. Raises NotAllowed."""
    if not can_name_contacts(by):
        raise NotAllowed
    if end_safeguarding_contact(person):
        log(instance=person, action="reports.unname", user=by)
