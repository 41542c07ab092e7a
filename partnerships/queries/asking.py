"""Whom a member asks who may not act for their organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from organisations.models import Membership, Organisation, Role
from organisations.permissions import is_member


@dataclass(frozen=True)
class Ask:
    """An organisation of theirs, and its owners' names: none where it has no owner at present."""

    organisation: Organisation
    owners: list[str] = field(default_factory=list)


def whom_to_ask(user: Any, organisations: Sequence[Organisation]) -> list[Ask]:
    """Of these organisations those that the person belongs to: one query."""
    asks = {one.pk: Ask(one) for one in organisations if is_member(user, one)}
    if asks:
        rows = Membership.objects.filter(organisation__in=asks, role=Role.OWNER, user__is_active=True)
        for row in rows.select_related("user").order_by("user__name", "pk"):
            asks[row.organisation_id].owners.append(str(row.user))
    return list(asks.values())
