"""Organisations, their people, and what public registers say of them."""

from organisations.models.claim import Claim, Evidence, Lapse
from organisations.models.duplicates import DuplicateProposal
from organisations.models.membership import Invitation, JoinRequest, Membership, Role
from organisations.models.merging import UNDONE_WITHIN, Merge, MergedRow, Merging, Trace
from organisations.models.organisation import Identifier, IdentifierScheme, Organisation
from organisations.models.register import (
    EntryWord,
    RegisterEntry,
    RegisterGram,
    RegisterKind,
    RegisterLoad,
    RegisterWord,
)

__all__ = [
    "UNDONE_WITHIN",
    "Claim",
    "DuplicateProposal",
    "EntryWord",
    "Evidence",
    "Identifier",
    "IdentifierScheme",
    "Invitation",
    "JoinRequest",
    "Lapse",
    "Membership",
    "Merge",
    "MergedRow",
    "Merging",
    "Organisation",
    "RegisterEntry",
    "RegisterGram",
    "RegisterKind",
    "RegisterLoad",
    "RegisterWord",
    "Role",
    "Trace",
]
