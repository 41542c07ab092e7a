"""The names of this room's entries in the audit log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "discussions.open": (_("Start a discussion"), _("Discussion started")),
    "discussions.rename": (_("Rename"), _("Discussion renamed")),
    "discussions.close": (_("Close"), _("Discussion closed")),
    "discussions.reopen": (_("Open again"), _("Discussion opened again")),
    "discussions.pin": (_("Pin"), _("Discussion pinned")),
    "discussions.unpin": (_("Unpin"), _("Discussion no longer pinned")),
    "discussions.move": (_("Move"), _("Discussion moved")),
    "discussions.readers": (_("Change who may read"), _("Readers changed")),
    "discussions.remove": (_("Remove a post"), _("Post removed")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
