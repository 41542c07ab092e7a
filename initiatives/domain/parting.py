"""What becomes of initiatives when somebody closes their account: they are their organisation's."""

from __future__ import annotations

from accounts.leaving import Leaving
from initiatives.models import Initiative
from notifications.domain.parting import unname_lines
from notifications.models import Notice
from organisations.domain.parting import known_to
from organisations.models import Organisation
from organisations.queries import writers_of


def close(leaving: Leaving) -> None:
    """Drafts that nobody ever saw go, where nobody is left to go on with them; locks are taken off.

    One that is part of another stays: its address leads there.
    """
    user = leaving.user
    Initiative.objects.filter(locked_by=user).update(locked=False, locked_at=None, locked_by=None)
    drafts = Initiative.objects.filter(created_by=user, live=False, first_published_at=None, source="")
    for draft in drafts.filter(merged_into=None).select_related("lead_organisation"):
        is_seen = draft.workflow_states.exists()  # submitted once: moderators know of it
        if not is_seen and not writers_of(draft.lead_organisation).exclude(pk=user.pk).exists():
            draft.delete()
    _unname_lines(leaving)


def _unname_lines(leaving: Leaving) -> None:
    """Lines that told others that e-mail to them comes back."""
    theirs = Organisation.objects.filter(pk__in=known_to(leaving.user))
    pages = [organisation.get_absolute_url() for organisation in theirs.only("slug")]
    unname_lines(Notice.objects.filter(kind="still-running", path__in=pages), leaving.name)
