"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "gaps",
            _("Where you looked and found that nobody does this"),
            "coverage.Confirmation",
            {
                "place__name": _("Place"),
                "step": _("Stage or transition"),
                "support": _("Kind of support"),
                "note": _("How you looked"),
                "role": _("As"),
                "confirmed_at": _("When"),
                "lapses_on": _("Until"),
                "closed_at": _("Closed"),
            },
            people=("user",),
        )
    )
