"""What this room and the packages behind it hold about a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.held import Held, register

_WHEN = {"created_at": _("When")}
_LOGGED = {"timestamp": _("When"), "action": _("What"), "label": _("On what")}


def register_own() -> None:
    register(
        Held(
            "profile",
            _("You"),
            "accounts.User",
            {
                "name": _("Name"),
                "email": _("E-mail address"),
                "date_joined": _("Joined"),
                "last_login": _("Last signed in"),
                "is_staff": _("May enter the administration"),
                "is_superuser": _("Administrator"),
                "failing_email": _("Address that e-mail came back from"),
            },
            people=("pk",),
        ),
        Held(
            "addresses",
            _("Your e-mail addresses"),
            "account.EmailAddress",
            {"email": _("Address"), "verified": _("Confirmed"), "primary": _("The one we write to")},
            people=("user",),
        ),
        Held("roles", _("Your roles"), "accounts.User_groups", {"group__name": _("Role")}, people=("user",)),
        Held(
            "permissions",
            _("What you may do besides"),
            "accounts.User_user_permissions",
            {"permission__name": _("What")},
            people=("user",),
        ),
        Held(
            "coordinations",
            _("Places you coordinate"),
            "accounts.Coordination",
            {"place__name": _("Place"), "granted_at": _("Since")},
            people=("user",),
        ),
        Held(
            "coordinations-granted",
            _("Places you gave to coordinators"),
            "accounts.Coordination",
            {"place__name": _("Place"), "granted_at": _("When")},
            people=("granted_by",),
        ),
        Held(
            "factors",
            _("Second steps and passkeys"),
            "mfa.Authenticator",
            {"type": _("Kind"), "created_at": _("Set up"), "last_used_at": _("Last used")},
            people=("user",),
        ),
        Held(
            "sessions",
            _("Where you are signed in"),
            "usersessions.UserSession",
            {"created_at": _("Since"), "last_seen_at": _("Last seen"), "ip": _("From"), "user_agent": _("With")},
            people=("user",),
        ),
        Held(
            "elsewhere",
            _("Accounts elsewhere that you sign in with"),
            "socialaccount.SocialAccount",
            {
                "provider": _("Where"),
                "uid": _("Their number for you"),
                "extra_data": _("What they told us"),
                "date_joined": _("Connected"),
                "last_login": _("Last used"),
            },
            people=("user",),
        ),
        *_of_the_cms(),
    )


def _of_the_cms() -> tuple[Held, ...]:
    pages: dict[str, Any] = {"title": _("Page"), "slug": _("Address")}
    return (
        Held(
            "log",
            _("What was recorded of what you did"),
            "wagtailcore.ModelLogEntry",
            _LOGGED,
            people=("user",),
        ),
        Held("page-log", _("The same, on pages"), "wagtailcore.PageLogEntry", _LOGGED, people=("user",)),
        Held(
            "administration-log",
            _("What was recorded of what you did in the administration"),
            "admin.LogEntry",
            {"action_time": _("When"), "action_flag": _("What"), "content_type__model": _("On what")},
            people=("user",),
        ),
        Held(
            "drafts-saved",
            _("Versions you saved"),
            "wagtailcore.Revision",
            {"object_str": _("Of"), "created_at": _("When")},
            people=("user",),
        ),
        Held(
            "submitted",
            _("What you submitted"),
            "wagtailcore.WorkflowState",
            {"created_at": _("When"), "status": _("State")},
            people=("requested_by",),
        ),
        Held(
            "cleared",
            _("What you cleared or sent back"),
            "wagtailcore.TaskState",
            {"finished_at": _("When"), "status": _("State"), "comment": _("Your words")},
            people=("finished_by",),
        ),
        Held("pages", _("Pages you own or lock"), "wagtailcore.Page", pages, people=("owner", "locked_by")),
        Held(
            "page-comments",
            _("Your remarks on pages"),
            "wagtailcore.Comment",
            {"page__title": _("Page"), "text": _("Text"), **_WHEN},
            people=("user",),
        ),
        Held(
            "page-comments-settled",
            _("Remarks that you settled"),
            "wagtailcore.Comment",
            {"page__title": _("Page"), "resolved_at": _("When")},
            people=("resolved_by",),
        ),
        Held(
            "page-replies",
            _("Your replies to remarks"),
            "wagtailcore.CommentReply",
            {"comment__page__title": _("Page"), "text": _("Text"), **_WHEN},
            people=("user",),
        ),
        Held(
            "pages-followed",
            _("Pages whose remarks you follow"),
            "wagtailcore.PageSubscription",
            {"page__title": _("Page"), "comment_notifications": _("E-mail")},
            people=("user",),
        ),
        Held(
            "editor",
            _("How the page editor is set up for you"),
            "wagtailusers.UserProfile",
            {
                "preferred_language": _("Language"),
                "current_time_zone": _("Time zone"),
                "theme": _("Theme"),
                "density": _("Density"),
                "contrast": _("Contrast"),
                "avatar": _("Picture"),
            },
            people=("user",),
        ),
        Held(
            "documents",
            _("Documents you uploaded"),
            "wagtaildocs.Document",
            {"title": _("Title"), **_WHEN},
            people=("uploaded_by_user",),
        ),
        Held(
            "images",
            _("Pictures you uploaded"),
            "wagtailimages.Image",
            {"title": _("Title"), **_WHEN},
            people=("uploaded_by_user",),
        ),
    )
