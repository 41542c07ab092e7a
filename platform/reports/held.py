"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register


def register_all() -> None:
    register(
        Held(
            "page-reports",
            _("Pages you reported"),
            "reports.PageReport",
            {
                "title": _("Page"),
                "made_at": _("When"),
                "reason": _("Why"),
                "note": _("Your words"),
                "email": _("Your address, for an answer"),
                "decided_at": _("Looked at"),
                "outcome": _("What came of it"),
            },
            people=("reporter",),
            addresses=("email",),
            link=lambda row: str(row["path"]),
            needs=("path",),
        ),
        Held(
            "page-reports-decided",
            _("Reports of pages that you decided on"),
            "reports.PageReport",
            {
                "title": _("Page"),
                "reason": _("Why"),
                "decided_at": _("When"),
                "outcome": _("What came of it"),
                "words": _("Your words"),
            },
            people=("decided_by",),
            link=lambda row: str(row["path"]),
            needs=("path",),
        ),
    )
