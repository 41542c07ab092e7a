"""What the log calls this room's deeds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action("coverage.confirm", _("Confirm a gap"), _("Confirmed that nobody does this here"))
    actions.register_action("coverage.withdraw", _("Take back a gap"), _("Took back that nobody does this here"))
