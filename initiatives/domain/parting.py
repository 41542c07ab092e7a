"""What becomes of initiatives when somebody closes their account: they are their organisation's."""

from __future__ import annotations

from accounts.leaving import Leaving
from initiatives.models import Initiative
from organisations.queries import writers_of


def close(leaving: Leaving) -> None:
    """Drafts that nobody ever saw go, where nobody is left to go on with them; locks are taken off."""
    user = leaving.user
    Initiative.objects.filter(locked_by=user).update(locked=False, locked_at=None, locked_by=None)
    drafts = Initiative.objects.filter(created_by=user, live=False, first_published_at=None, source="")
    for draft in drafts.select_related("lead_organisation"):
        is_seen = draft.workflow_states.exists()  # submitted once: moderators know of it
        if not is_seen and not writers_of(draft.lead_organisation).exclude(pk=user.pk).exists():
            draft.delete()
