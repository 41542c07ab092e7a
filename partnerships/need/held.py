"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "indices",
            _("Indices of need that you loaded"),
            "need.Index",
            {"source": _("From"), "loaded_at": _("When")},
            people=("loaded_by",),
        )
    )
