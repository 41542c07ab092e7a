"""Words from a moderator to whoever wrote or reported a post."""

from __future__ import annotations

from django.utils.translation import gettext

from accounts.models import User
from discussions.models import Post, Report
from notifications.domain.noting import note
from notifications.domain.telling import tell

KIND = "moderation"


def tell_author(post: Post, title: str, reason: str) -> None:
    """By e-mail and inbox, with their own words: nothing they wrote is lost to them."""
    if post.author is not None:
        path = post.thread.get_absolute_url() if post.number is None else post.get_absolute_url()
        tell_person(post.author, title, reason, path=path, text=post.text)


def tell_person(person: User, title: str, reason: str, *, path: str, text: str = "") -> None:
    context = {"title": title, "reason": reason, "text": text, "path": path}
    tell([person], kind=KIND, subject=title, template="moderated", context=context, path=path)


def tell_reporters(reports: list[Report], post: Post, decision: str) -> None:
    people = [report.reporter for report in reports if report.reporter]
    title = gettext("A moderator has looked at the post you reported")
    note(people, kind=KIND, title=title, detail=decision, path=post.thread.get_absolute_url())
