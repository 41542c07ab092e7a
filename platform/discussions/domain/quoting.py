"""What an answer shows of the post it answers, and that it shows it as it is now."""

from __future__ import annotations

from discussions.domain.numbering import next_changes
from discussions.domain.rendering import words_of
from discussions.events import PostChanged
from discussions.models import Post
from notifications.announcing import announce

_EXTRACT = 120
_ENOUGH = 600  # characters of the text, with its marks, that an extract is made from


def extract_of(post: Post) -> str:
    """The first words; none of a post that was removed."""
    if post.is_removed:
        return ""
    words = words_of(post.text[:_ENOUGH])
    return words if len(words) <= _EXTRACT else words[:_EXTRACT].rsplit(" ", 1)[0] + " …"


def tell_answers(post: Post) -> None:
    """Every post that answers this one has changed with it: the pages are told, and what was quoted is quoted no more.

    In the caller's transaction, under the thread's lock.
    """
    rows = Post.objects.filter(answers=post, thread_id=post.thread_id, removed_at=None).exclude(number=None)
    answers = list(rows.select_related("thread", "author", "organisation").order_by("number"))
    if not answers:
        return
    for answer, sequence in zip(answers, next_changes(post.thread_id, len(answers)), strict=True):
        answer.changed, answer.answers = sequence, post
    Post.objects.bulk_update(answers, ["changed"], batch_size=500)
    for answer in answers:
        announce(PostChanged(answer, answer.changed))
