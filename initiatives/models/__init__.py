from initiatives.models.asking import Asking
from initiatives.models.importing import ImportedRow, ImportRun
from initiatives.models.initiative import Freshness, Initiative, InitiativeTag, Status
from initiatives.models.merging import InitiativeMerge, InitiativeMergedRow
from initiatives.models.parts import Handover, Intake, Partner
from initiatives.models.reach import Dimension, Listing, PlaceCount, ReachedPlace

__all__ = [
    "Asking",
    "Dimension",
    "Freshness",
    "Handover",
    "ImportRun",
    "ImportedRow",
    "Initiative",
    "InitiativeMerge",
    "InitiativeMergedRow",
    "InitiativeTag",
    "Intake",
    "Listing",
    "Partner",
    "PlaceCount",
    "ReachedPlace",
    "Status",
]
