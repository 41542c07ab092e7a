"""What this room holds about a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "searches",
            _("Your saved searches"),
            "search.SavedSearch",
            {
                "name": _("Name"),
                "address": _("What for"),
                "created_at": _("Saved"),
                "frequency": _("How often you are told"),
                "by_email": _("By e-mail"),
                "in_inbox": _("In the inbox"),
                "is_paused": _("Paused"),
            },
            people=("owner",),
            link=lambda row: reverse("saved-search", args=[row["id"]]),
            needs=("id",),
        ),
        Held(
            "found",
            _("What they told you"),
            "search.SavedResult",
            {
                "saved_search__name": _("Search"),
                "object_id": _("Number of what was found"),
                "told_at": _("When"),
                "is_silenced": _("Not to be told again"),
            },
            people=("saved_search__owner",),
        ),
    )
