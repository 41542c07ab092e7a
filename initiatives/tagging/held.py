"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "tag-words",
            _("Words that you said mean a tag"),
            "tagging.Synonym",
            {"word": _("Word"), "tag__name": _("Tag"), "created_at": _("When")},
            people=("created_by",),
        )
    )
