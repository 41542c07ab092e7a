"""The names of this room's entries in the audit log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

AUDIT_ACTIONS = {
    "overlaps.judge": (_("Say what two are to each other"), _("Said what the two are to each other")),
    "overlaps.withdraw": (_("Take a judgement back"), _("Judgement taken back")),
    "overlaps.lapse": (_("End a judgement"), _("Judgement counts no more: the person has no say in the pair")),
    "overlaps.learn": (_("Learn weights"), _("Weights learned from judgements")),
    "overlaps.turn-back": (_("Turn weights back"), _("Weights turned back")),
}


@hooks.register("register_log_actions")
def register_audit_actions(actions: Any) -> None:
    for name, (label, message) in AUDIT_ACTIONS.items():
        actions.register_action(name, label, message)
