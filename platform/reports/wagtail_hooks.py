"""The names of this room's entries in the audit log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "reports.report": (_("Report a page"), _("Page reported")),
    "reports.thanks": (_("Thank for a report"), _("Report answered with thanks")),
    "reports.removed": (_("Take a reported page away"), _("Reported page taken away")),
    "reports.replied": (_("Reply to a report"), _("Report replied to")),
    "reports.name": (_("Name a safeguarding contact"), _("Named as safeguarding contact")),
    "reports.unname": (_("End a safeguarding contact"), _("No longer safeguarding contact")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
