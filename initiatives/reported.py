"""An initiative's page that was reported: who looks after it, and how it is withdrawn from the public."""

from __future__ import annotations

import re
from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from initiatives.domain.errors import InitiativeError
from initiatives.domain.moderating import withdraw_initiative
from initiatives.models import Initiative
from initiatives.permissions import can_withdraw
from organisations.queries import writers_of
from reports.subjects import Removal, RemovalRefused, Subject, register

_PATH = re.compile(r"/initiatives/([-\w]+)/")


def register_reported() -> None:
    register(initiative_at)


def initiative_at(path: str) -> Subject | None:
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    one = Initiative.objects.select_related("lead_organisation").filter(slug=match[1]).first()
    if one is None:
        return None
    label = _("Withdraw it from the public: its editors keep it as a draft and may mend it")
    return Subject(
        keepers=tuple(writers_of(one.lead_organisation)),
        removal=Removal(label, partial(_withdraw, one), can_withdraw) if one.live else None,
        hint="" if one.live else _("It is not public any more."),
    )


def _withdraw(one: Initiative, user: User, reason: str) -> None:
    try:
        withdraw_initiative(one, moderator=user, reason=reason)
    except InitiativeError as error:
        raise RemovalRefused(str(error)) from error
