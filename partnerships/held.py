"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, Row, Words, register
from texts.slugs import page_of


def _deed(name: str, title: Words, model: str, columns: dict[str, Words], way: str) -> Held:
    """`way`: the path to the partnership."""
    return Held(
        name,
        title,
        f"partnerships.{model}",
        columns,
        people=("user",),
        link=lambda row: _page(row, way),
        needs=(f"{way}__slug",),
    )


def _page(row: Row, way: str) -> str:
    return page_of("partnership", row[f"{way}__slug"])


def register_all() -> None:
    title = {"version__title": _("Partnership")}
    organisation = {"organisation__name": _("For")}
    register(
        Held(
            "partnerships",
            _("Partnerships you proposed"),
            "partnerships.Partnership",
            {"stands__title": _("Partnership"), "opened_at": _("When")},
            people=("opened_by",),
            link=lambda row: page_of("partnership", row["slug"]),
            needs=("slug",),
        ),
        Held(
            "versions",
            _("Versions of agreements that you sent"),
            "partnerships.Version",
            {
                "title": _("Partnership"),
                "number": _("Version"),
                "made_at": _("When"),
                "purpose": _("Purpose"),
                "note": _("Note"),
            },
            people=("made_by",),
        ),
        _deed(
            "agreements",
            _("What you agreed to"),
            "Agreement",
            {**title, "version__number": _("Version"), **organisation, "at": _("When")},
            "version__partnership",
        ),
        _deed(
            "changes",
            _("Changes you asked for"),
            "ChangeRequest",
            {**title, **organisation, "text": _("Your words"), "at": _("When")},
            "version__partnership",
        ),
        _deed(
            "departures",
            _("Notices you gave"),
            "Departure",
            {**title, **organisation, "given_at": _("When"), "reason": _("Your words")},
            "version__partnership",
        ),
        _deed(
            "stays",
            _("Notices you took back"),
            "Stay",
            {"departure__version__title": _("Partnership"), "at": _("When")},
            "departure__version__partnership",
        ),
        _deed(
            "closings",
            _("Partnerships you closed or renewed"),
            "Closing",
            {**title, **organisation, "how": _("How"), "outcome": _("Your words"), "at": _("When")},
            "partnership",
        ),
        _deed(
            "consents",
            _("Where you agreed that everyone may read the summary"),
            "Consent",
            {**organisation, "given_at": _("When"), "withdrawn_at": _("Taken back")},
            "partnership",
        ),
        Held(
            "actions",
            _("Actions you wrote down or ticked off"),
            "partnerships.Action",
            {"text": _("What"), "owner__name": _("By whom"), "made_at": _("Written"), "done_at": _("Done")},
            people=("made_by", "done_by"),
            link=lambda row: _page(row, "partnership"),
            needs=("partnership__slug",),
        ),
        Held(
            "calendar",
            _("Your calendar’s address"),
            "partnerships.CalendarFeed",
            {"made_at": _("Made")},
            people=("user",),
        ),
    )
