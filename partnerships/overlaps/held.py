"""What this room holds about a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "judgements",
            _("What you said of pairs of initiatives"),
            "overlaps.Judgement",
            {
                "low__title": _("One"),
                "high__title": _("The other"),
                "verdict": _("What you said"),
                "note": _("Your words"),
                "behalf": _("For"),
                "made_at": _("When"),
                "counts": _("Counts"),
            },
            people=("user",),
            link=lambda row: reverse("pair", args=[row["low_id"], row["high_id"]]),
            needs=("low_id", "high_id"),
        ),
        Held(
            "weights",
            _("Weights of pairs that you set"),
            "overlaps.Weighting",
            {"made_at": _("When"), "note": _("Note")},
            people=("made_by",),
        ),
    )
