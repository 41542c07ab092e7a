"""A worry about a child goes at once to those who are named for it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import administrators, moderators, safeguarding_contacts
from notifications.domain.telling import tell

KIND = "safeguarding"  # no kind that somebody may have wishes about: no digest holds it up, no preference stops it


def who_is_alerted() -> list[User]:
    """Those who are named; where nobody is, or e-mail comes back from all of them, the moderators too; and then the
    administrators."""
    found: dict[int, User] = {}
    for people in (safeguarding_contacts(), moderators(), administrators()):
        found |= {person.pk: person for person in people}
        if any(not person.is_unreachable for person in found.values()):
            break
    return list(found.values())


def alert_contacts(path: str) -> None:
    """By e-mail and inbox, in the caller's transaction. They say no more than where to look: others read mail too."""
    title = _("A worry about a child or young person was reported")
    tell(who_is_alerted(), kind=KIND, subject=title, template="safeguarding", context={"path": path}, path=path)
