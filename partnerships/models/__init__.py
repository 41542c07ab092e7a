from partnerships.models.course import Action, Closing, Consent, Departure, Stay
from partnerships.models.kept import AlreadyKept
from partnerships.models.outside import CalendarFeed, Reminder
from partnerships.models.partnership import Partnership, State
from partnerships.models.version import (
    Agreement,
    ChangeRequest,
    Commencement,
    Party,
    PartyRole,
    Version,
    VersionInitiative,
    VersionKind,
    VersionPlace,
)

__all__ = [
    "Action",
    "Agreement",
    "AlreadyKept",
    "CalendarFeed",
    "ChangeRequest",
    "Closing",
    "Commencement",
    "Consent",
    "Departure",
    "Partnership",
    "Party",
    "PartyRole",
    "Reminder",
    "State",
    "Stay",
    "Version",
    "VersionInitiative",
    "VersionKind",
    "VersionPlace",
]
