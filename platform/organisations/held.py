"""What this room holds about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, Row, register
from texts.slugs import page_of

_NAME = {"organisation__name": _("Organisation")}


def _page(row: Row) -> str:
    return page_of("organisation", row["organisation__slug"])


def register_all() -> None:
    register(
        Held(
            "memberships",
            _("Where you belong"),
            "organisations.Membership",
            {**_NAME, "role": _("Role"), "joined_at": _("Since")},
            people=("user",),
            link=_page,
            needs=("organisation__slug",),
        ),
        Held(
            "organisations-entered",
            _("Organisations you entered"),
            "organisations.Organisation",
            {"name": _("Organisation"), "created_at": _("When")},
            people=("created_by",),
            link=lambda row: page_of("organisation", row["slug"]),
            needs=("slug",),
        ),
        Held(
            "claims",
            _("What you claimed to speak for"),
            "organisations.Claim",
            {
                **_NAME,
                "created_at": _("When"),
                "message": _("Your words"),
                "answered_at": _("Answered"),
                "accepted": _("Accepted"),
                "answer": _("The answer"),
                "evidence": _("By what"),
                "domain": _("Where your address lies"),
                "lapsed_at": _("Lapsed"),
                "lapse": _("Why"),
            },
            people=("user",),
        ),
        Held(
            "claims-answered",
            _("Claims you answered"),
            "organisations.Claim",
            {**_NAME, "answered_at": _("When"), "accepted": _("Accepted"), "answer": _("Your words")},
            people=("answered_by",),
        ),
        Held(
            "requests",
            _("Where you asked to join"),
            "organisations.JoinRequest",
            {
                **_NAME,
                "created_at": _("When"),
                "message": _("Your words"),
                "answered_at": _("Answered"),
                "accepted": _("Accepted"),
            },
            people=("user",),
        ),
        Held(
            "requests-answered",
            _("Requests to join that you answered"),
            "organisations.JoinRequest",
            {**_NAME, "answered_at": _("When"), "accepted": _("Accepted")},
            people=("answered_by",),
        ),
        Held(
            "invitations",
            _("Invitations to you"),
            "organisations.Invitation",
            {
                **_NAME,
                "email": _("Address"),
                "role": _("Role"),
                "created_at": _("When"),
                "accepted_at": _("Accepted"),
                "withdrawn_at": _("Withdrawn"),
            },
            people=("accepted_by",),
            addresses=("email",),
        ),
        Held(
            "invitations-sent",
            _("Invitations you sent"),
            "organisations.Invitation",
            {**_NAME, "role": _("Role"), "created_at": _("When"), "accepted_at": _("Accepted")},
            people=("invited_by",),
        ),
        Held(
            "duplicates",
            _("Organisations that you said are the same, or not"),
            "organisations.DuplicateProposal",
            {
                "first__name": _("One"),
                "second__name": _("The other"),
                "state": _("What you said"),
                "decided_at": _("When"),
            },
            people=("decided_by",),
        ),
        Held(
            "merges",
            _("Organisations you merged, or took apart"),
            "organisations.Merge",
            {
                "gone__name": _("Organisation"),
                "kept__name": _("Into"),
                "merged_at": _("Merged"),
                "undone_at": _("Taken apart"),
            },
            people=("merged_by", "undone_by"),
        ),
    )
