"""The names of this room's entries in the audit log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "partnerships.propose": (_("Propose a partnership"), _("Partnership proposed")),
    "partnerships.agree": (_("Agree to a version"), _("Version agreed to")),
    "partnerships.begin": (_("Begin"), _("In force: all have agreed")),
    "partnerships.end": (_("End"), _("Ended: all parties have left")),
    "partnerships.decline": (_("Decline to join"), _("Invitation to join declined")),
    "partnerships.ask": (_("Ask for a change"), _("Change asked for")),
    "partnerships.amend": (_("Send a new version"), _("New version sent")),
    "partnerships.renew": (_("Propose to renew"), _("Renewal proposed")),
    "partnerships.leave": (_("Leave a partnership"), _("Party leaves")),
    "partnerships.stay": (_("Take back a notice to leave"), _("Notice to leave taken back")),
    "partnerships.act": (_("Add an action"), _("Action added")),
    "partnerships.change": (_("Change an action"), _("Action changed")),
    "partnerships.remove": (_("Remove an action"), _("Action removed")),
    "partnerships.finish": (_("Finish an action"), _("Action finished")),
    "partnerships.reopen": (_("Open an action again"), _("Action opened again")),
    "partnerships.consent": (_("Agree to a public summary"), _("Public summary agreed to")),
    "partnerships.withdraw": (_("Take back the public summary"), _("Public summary taken back")),
    "partnerships.close": (_("Close a partnership"), _("Partnership closed")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
