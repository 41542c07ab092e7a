"""The editors' side: the initiative as a snippet of the CMS, and the names of its audit log's entries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "initiatives.reject": (_("Reject"), _("Not accepted")),
    "initiatives.pause": (_("Pause"), _("Paused")),
    "initiatives.end": (_("End"), _("Ended")),
    "initiatives.reopen": (_("Reopen"), _("Reopened")),
    "initiatives.confirm": (_("Confirm"), _("Confirmed as running")),
    "initiatives.claim": (_("Claim"), _("Claimed")),
    "initiatives.import": (_("Import"), _("Imported")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
