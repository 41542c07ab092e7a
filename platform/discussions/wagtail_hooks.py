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
    "discussions.hide": (_("Hide"), _("Discussion hidden")),
    "discussions.show": (_("Show again"), _("Discussion shown again")),
    "discussions.pin": (_("Pin"), _("Discussion pinned")),
    "discussions.unpin": (_("Unpin"), _("Discussion no longer pinned")),
    "discussions.move": (_("Move"), _("Discussion moved")),
    "discussions.readers": (_("Change who may read"), _("Readers changed")),
    "discussions.remove": (_("Take a post away"), _("Post taken away")),
    "discussions.restore": (_("Put a post back"), _("Post put back")),
    "discussions.release": (_("Publish a post that waited"), _("Post published")),
    "discussions.refuse": (_("Do not publish a post"), _("Post not published")),
    "discussions.report": (_("Report a post"), _("Post reported")),
    "discussions.keep": (_("Leave a reported post"), _("Post left as it is")),
    "discussions.warn": (_("Warn"), _("Person warned")),
    "discussions.mute": (_("Keep somebody from writing"), _("Person kept from writing")),
    "discussions.unmute": (_("Let somebody write again"), _("Person may write again")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
