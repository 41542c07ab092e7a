"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationsChanged:
    """What everyone may read of these organisations changed. Told within the change.

    `renamed`: their name, kind or place, which what they lead shows too.
    """

    ids: tuple[int, ...]
    renamed: bool = False


@dataclass(frozen=True)
class OrganisationEntered:
    """An organisation was put on record, or its details changed. Told after the commit."""

    id: int


@dataclass(frozen=True)
class OrganisationsMerged:
    """`gone_id` goes into `kept_id`. Told within the change, before rows move: rooms move what no foreign key names
    (`organisations.domain.carrying.carry`), or raise an OrganisationError to refuse."""

    kept_id: int
    gone_id: int
    merge_id: int


@dataclass(frozen=True)
class MembershipEnded:
    """Somebody no longer belongs to an organisation. Told after the commit."""

    user_id: int
    organisation_id: int


@dataclass(frozen=True)
class OwnerLeft:
    """Somebody is no longer an owner of an organisation. Told within the change."""

    organisation_id: int
    user_id: int


@dataclass(frozen=True)
class RoleChanged:
    """Somebody has another role in an organisation now. Told within the change."""

    user_id: int
    organisation_id: int
