"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "watches",
            _("Places whose changes you read or follow"),
            "history.Watch",
            {"place__name": _("Place"), "read_at": _("Read up to"), "follows": _("You follow it")},
            people=("user",),
        )
    )
