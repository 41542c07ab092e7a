"""What this room holds about a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.held import Held, Row, register

_TITLE = {"thread__title": _("Discussion")}
_OF_POST = {"post__thread__title": _("Discussion")}


def _post(thread: int | None, number: int | None) -> str:
    if thread is None:
        return ""
    return reverse("discussion-at", args=[thread, number]) if number else reverse("discussion", args=[thread])


def _at_post(row: Row) -> str:
    return _post(row["post__thread_id"], row["post__number"])


_POST_NEEDS = ("post__thread_id", "post__number")


def register_all() -> None:
    register(
        Held(
            "posts",
            _("Your posts"),
            "discussions.Post",
            {
                **_TITLE,
                "posted_at": _("When"),
                "organisation__name": _("For"),
                "text": _("Text"),
                "edited_at": _("Edited"),
                "removed_at": _("Removed"),
                "removed_because": _("Why a moderator removed it"),
            },
            people=("author",),
            link=lambda row: _post(row["thread_id"], row["number"]),
            needs=("thread_id", "number"),
        ),
        Held(
            "posts-before",
            _("What your posts said before you edited them"),
            "discussions.PostVersion",
            {**_OF_POST, "replaced_at": _("Replaced"), "text": _("Text"), "taken": _("Files taken away")},
            people=("post__author",),
            link=_at_post,
            needs=_POST_NEEDS,
        ),
        Held(
            "files",
            _("Files of your posts"),
            "discussions.Attachment",
            {**_OF_POST, "name": _("File"), "size": _("Bytes"), "alt": _("What it shows")},
            people=("post__author",),
            link=lambda row: reverse("file", args=[row["token"], row["name"]]),
            needs=("token",),
        ),
        Held(
            "discussions",
            _("Discussions you opened"),
            "discussions.Thread",
            {"title": _("Discussion"), "opened_at": _("When")},
            people=("opened_by",),
            link=lambda row: _post(row["id"], None),
            needs=("id",),
        ),
        Held(
            "followed",
            _("Discussions you read or follow"),
            "discussions.Participation",
            {**_TITLE, "attention": _("You are told"), "read": _("Read up to post")},
            people=("user",),
            link=lambda row: _post(row["thread_id"], None),
            needs=("thread_id",),
        ),
        Held(
            "mentions",
            _("Posts that mention you"),
            "discussions.Mention",
            _OF_POST,
            people=("user",),
            link=_at_post,
            needs=_POST_NEEDS,
        ),
        Held(
            "reports",
            _("Posts you reported"),
            "discussions.Report",
            {
                **_OF_POST,
                "made_at": _("When"),
                "reason": _("Why"),
                "note": _("Your words"),
                "decided_at": _("Looked at"),
            },
            people=("reporter",),
            link=_at_post,
            needs=_POST_NEEDS,
        ),
        Held(
            "reports-decided",
            _("Reports you decided on"),
            "discussions.Report",
            {**_OF_POST, "reason": _("Why"), "decided_at": _("When")},
            people=("decided_by",),
            link=_at_post,
            needs=_POST_NEEDS,
        ),
        Held(
            "removed",
            _("Posts you removed"),
            "discussions.Post",
            {**_TITLE, "removed_at": _("When"), "removed_because": _("Your words")},
            people=("removed_by",),
        ),
        Held(
            "warnings",
            _("What moderators told you"),
            "discussions.Warning",
            {"made_at": _("When"), "reason": _("Their words")},
            people=("user",),
        ),
        Held(
            "warnings-made",
            _("What you told others as a moderator"),
            "discussions.Warning",
            {"made_at": _("When"), "reason": _("Your words")},
            people=("made_by",),
        ),
        Held(
            "mutings",
            _("Where you could not write"),
            "discussions.Muting",
            {
                "place__name": _("Place"),
                "made_at": _("From"),
                "until": _("Until"),
                "lifted_at": _("Lifted"),
                "reason": _("Why"),
            },
            people=("user",),
        ),
        Held(
            "mutings-made",
            _("Where you decided that others do not write"),
            "discussions.Muting",
            {"place__name": _("Place"), "made_at": _("From"), "until": _("Until"), "lifted_at": _("Lifted")},
            people=("made_by", "lifted_by"),
        ),
    )
