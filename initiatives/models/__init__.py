from initiatives.models.importing import ImportedRow, ImportRun
from initiatives.models.initiative import Initiative, InitiativeTag, Status
from initiatives.models.parts import Handover, Intake, Partner
from initiatives.models.reach import Dimension, Listing, PlaceCount, ReachedPlace

__all__ = [
    "Dimension",
    "Handover",
    "ImportRun",
    "ImportedRow",
    "Initiative",
    "InitiativeTag",
    "Intake",
    "Listing",
    "Partner",
    "PlaceCount",
    "ReachedPlace",
    "Status",
]
