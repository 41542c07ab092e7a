"""Organisations, their people, and what public registers say of them."""

from organisations.models.membership import Invitation, JoinRequest, Membership, Role
from organisations.models.organisation import Identifier, IdentifierScheme, Organisation

__all__ = [
    "Identifier",
    "IdentifierScheme",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "Role",
]
