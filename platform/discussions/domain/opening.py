"""Open a thread, with its first post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.errors import DiscussionError, NotAllowed
from discussions.domain.posting import post_message
from discussions.files.keeping import ReadyFile
from discussions.models import Post, Thread, Visibility
from discussions.permissions import can_open
from discussions.subjects import Subject, can_read
from organisations.models import Organisation


@dataclass(frozen=True)
class Opening:
    """What a new thread is: its title, who may read it, where it belongs."""

    title: str
    visibility: str = Visibility.PUBLIC
    subject: Subject | None = None
    place: str | None = None  # of a topic; a subject has its own
    tags: Sequence[str] = ()
    organisations: Iterable[Organisation] = ()  # for whom it is, where it is for named ones
    is_told: bool = False  # whoever opens it tells people in words of their own


@transaction.atomic
def open_thread(
    opening: Opening,
    *,
    user: User,
    text: str,
    client_id: str,
    organisation: Organisation | None = None,
    files: Sequence[ReadyFile] = (),
) -> Post:
    """The first post of a new thread; sent twice it is one thread. Raises DiscussionError."""
    if not can_open(user) or (opening.subject and not can_read(user, opening.subject)):
        raise NotAllowed
    User.objects.select_for_update().get(pk=user.pk)  # the same form sent twice at once
    before = Post.objects.filter(author=user, client_id=client_id).select_related("thread").first()
    if before is not None:
        return before
    parties = list(opening.organisations)
    if opening.visibility == Visibility.ORGANISATIONS and not parties:
        raise DiscussionError("Name the organisations it is for.")
    subject = opening.subject
    thread = Thread.objects.create(
        title=opening.title,
        subject_kind=subject.kind if subject else "",
        subject_key=subject.key if subject else "",
        place_id=subject.place if subject else opening.place,
        visibility=opening.visibility,
        opened_by=user,
        told=1 if opening.is_told else 0,
    )
    if opening.visibility == Visibility.ORGANISATIONS:
        thread.organisations.set(parties)
    thread.tags.add(*opening.tags)
    log(instance=thread, action="discussions.open", user=user)
    return post_message(thread, author=user, text=text, client_id=client_id, organisation=organisation, files=files)
