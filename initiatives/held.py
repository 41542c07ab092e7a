"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register
from texts.slugs import page_of


def register_all() -> None:
    register(
        Held(
            "initiatives",
            _("Initiatives you registered, drafts among them"),
            "initiatives.Initiative",
            {
                "title": _("Initiative"),
                "lead_organisation__name": _("Organisation"),
                "created_at": _("When"),
                "live": _("Public"),
            },
            people=("created_by", "locked_by"),
            link=lambda row: page_of("initiative", row["slug"]),
            needs=("slug",),
        ),
        Held(
            "contacts",
            _("Initiatives that name your address as the contact’s"),
            "initiatives.Initiative",
            {
                "title": _("Initiative"),
                "contact_name": _("Name"),
                "contact_email": _("E-mail address"),
                "contact_phone": _("Telephone number"),
            },
            addresses=("contact_email",),
            link=lambda row: page_of("initiative", row["slug"]),
            needs=("slug",),
        ),
        Held(
            "imports",
            _("Files you imported"),
            "initiatives.ImportRun",
            {"filename": _("File"), "created_at": _("When"), "state": _("State"), "created": _("New")},
            people=("started_by",),
        ),
    )
    register(
        Held(
            "initiative-merges",
            _("Initiatives you merged, or parted again"),
            "initiatives.InitiativeMerge",
            {
                "kept__title": _("Initiative"),
                "gone__title": _("What became part of it"),
                "merged_at": _("When"),
                "undone_at": _("Undone"),
            },
            people=("merged_by", "undone_by"),
        ),
    )
