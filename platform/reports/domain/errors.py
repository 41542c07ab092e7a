"""What can go wrong with a verb, in words for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.models import PageReport


class ReportError(Exception):
    """A rule was not met; the text says which and how to mend it."""


class NotAllowed(ReportError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this."))


class AlreadyDecided(ReportError):
    """Somebody else was first."""

    def __init__(self, report: PageReport) -> None:
        words = {"who": report.decided_by or _("Somebody"), "what": report.get_outcome_display()}
        super().__init__(_("%(who)s has decided this already: %(what)s. Nothing was done twice.") % words)
