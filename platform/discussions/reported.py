"""A discussion's page that was reported: who opened it is told when it is hidden."""

from __future__ import annotations

import re
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from discussions.domain.errors import DiscussionError
from discussions.domain.telling import tell_person
from discussions.domain.tending import hide_thread
from discussions.models import Thread
from discussions.permissions import can_hide
from reports.subjects import Removal, RemovalRefused, Subject, register

_PATH = re.compile(r"/discussions/(\d{1,18})/")


def register_talk() -> None:
    register(discussion_at)


def discussion_at(path: str) -> Subject | None:
    match = _PATH.fullmatch(path)
    thread = Thread.objects.select_related("opened_by").filter(pk=match[1]).first() if match else None
    if thread is None:
        return None
    label = gettext_lazy("Hide the whole discussion from everyone but moderators")
    return Subject(
        keepers=(thread.opened_by,) if thread.opened_by else (),
        removal=None if thread.hidden_at else Removal(label, partial(_hide, thread), can_hide),
        hint=_("One post alone is reported and removed where it stands."),
    )


def _hide(thread: Thread, user: User, reason: str) -> None:
    try:
        hide_thread(thread, user=user, hidden=True)
    except DiscussionError as error:
        raise RemovalRefused(str(error)) from error
    if thread.opened_by is not None:
        tell_person(thread.opened_by, _("A moderator hid your discussion"), reason, path="/discussions/")
