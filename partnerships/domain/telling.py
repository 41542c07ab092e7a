"""Tell the parties' owners and editors what has become of a partnership."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.domain.notifying import News, notify
from notifications.domain.noting import mark_seen
from notifications.kinds import Frequency, Kind
from organisations.models import Membership
from organisations.permissions import WRITERS
from partnerships.models import Partnership

PARTNERSHIP = "partnership"
KIND = Kind(PARTNERSHIP, _("Partnerships of your organisation: proposals, answers and dates"), Frequency.AT_ONCE)


def about(pk: int) -> str:
    """What lines of an inbox belong to."""
    return f"partnership:{pk}"


def seen(partnership: Partnership, user: User) -> None:
    """They have the page before them: no line of their inbox says that it is new."""
    mark_seen(user.pk, about(partnership.pk), 0)


def tell_parties(
    partnership: Partnership,
    title: str | Promise,
    *,
    detail: str = "",
    but: User | None = None,
    only: Collection[int] | None = None,
) -> None:
    """One line for each owner and editor, in the caller's transaction. `but`: who did it; `only`: of which parties."""
    organisations = partnership.readers.values_list("pk", flat=True) if only is None else only
    writers = Membership.objects.filter(
        organisation__in=list(organisations), role__in=WRITERS, user__is_active=True
    ).values_list("user_id", flat=True)
    people = {pk: 1 for pk in writers if but is None or pk != but.pk}
    line = str(title)
    news = News(
        kind=PARTNERSHIP,
        title=lambda _number: line,
        path=partnership.get_absolute_url(),
        about=about(partnership.pk),
        position=0,
        detail=detail[:400],
    )
    notify(news, people)
