"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "inbox",
            _("Your inbox"),
            "notifications.Notice",
            {
                "created_at": _("When"),
                "title": _("Line"),
                "number": _("Of how many things"),
                "read_at": _("Read"),
                "in_inbox": _("Shown"),
            },
            people=("user",),
            link=lambda row: str(row["path"]),
            needs=("path",),
        ),
        Held(
            "emails",
            _("E-mails to you"),
            "notifications.Message",
            {
                "created_at": _("Written"),
                "address": _("To"),
                "subject": _("Subject"),
                "sent_at": _("Sent"),
                "last_error": _("Why it was not sent"),
            },
            people=("user",),
            addresses=("address",),
        ),
        Held(
            "preferences",
            _("How you want to be told"),
            "notifications.Preference",
            {"kind": _("Of what"), "email": _("By e-mail"), "inbox": _("In the inbox")},
            people=("user",),
        ),
        Held(
            "failing",
            _("Addresses of yours that e-mail came back from"),
            "notifications.FailingAddress",
            {"address": _("Address"), "since": _("Since"), "status": _("Code"), "said": _("What their server said")},
            addresses=("address",),
        ),
        Held(
            "bounces",
            _("E-mails to you that came back"),
            "notifications.Bounce",
            {"address": _("Address"), "at": _("When"), "status": _("Code"), "said": _("What their server said")},
            addresses=("address",),
        ),
        Held(
            "quiet-hours",
            _("When you want no e-mail"),
            "notifications.QuietHours",
            {"start": _("From"), "end": _("Until")},
            people=("user",),
        ),
    )
