"""What happens to tags, by name, in Wagtail’s record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "tagging.merge": (_("Merge tags"), _("A tag was merged into it")),
    "tagging.rename": (_("Rename a tag"), _("Renamed")),
    "tagging.retire": (_("Retire a tag"), _("Retired")),
    "tagging.take_up": (_("Take a tag up again"), _("Taken up again")),
    "tagging.describe": (_("Describe a tag"), _("Described")),
    "tagging.synonym": (_("Add a word for a tag"), _("A word was added")),
    "tagging.no_synonym": (_("Remove a word for a tag"), _("A word was removed")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
