"""What somebody has just done elsewhere, as a short post in the discussion of those it concerns."""

from __future__ import annotations

import uuid
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from discussions.domain.attending import take_part
from discussions.domain.composing import compose
from discussions.domain.numbering import store_next
from discussions.events import PostChanged
from discussions.models import Post, Thread
from discussions.permissions import can_read
from notifications.announcing import announce
from organisations.models import Organisation


@transaction.atomic
def note(thread: Thread, *, author: User, organisation: Organisation, text: str) -> Post | None:
    """A post in the words of the room that the thread belongs to; None where the thread is closed or gone.

    No limit counts it and no moderator looks at it first, for nobody typed it; and only the page tells of it, for the
    room tells of the deed in words of its own.
    """
    composed = compose(text, thread=thread, author=author)
    post = Post(
        thread=thread,
        author=author,
        organisation=organisation,
        text=text,
        html=composed.html,
        links=composed.links,
        client_id=uuid.uuid4().hex,
        posted_at=timezone.now(),
    )
    if not store_next(post):
        return None
    number = post.number or 0
    Thread.objects.filter(pk=thread.pk, told=number - 1).update(told=number)
    announce(PostChanged(post, post.changed, is_new=True))
    if can_read(author, thread):  # who is only asked to join does not read it yet
        transaction.on_commit(partial(take_part, thread, user=author, number=number), robust=True)
    return post
