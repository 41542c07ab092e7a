"""Post, edit, remove and react: each takes the thread's next number, and the pages are told once it is committed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from discussions.domain.attending import take_part
from discussions.domain.composing import Composed, compose, keep_mentions
from discussions.domain.errors import Closed, DiscussionError, Gone, Muted, NotAllowed
from discussions.domain.holding import keep_waiting, must_wait
from discussions.domain.limiting import slow_down
from discussions.domain.numbering import next_change, store_next
from discussions.domain.quoting import extract_of, tell_answers
from discussions.events import PostChanged
from discussions.files.keeping import ReadyFile, in_short, lay_down, take_away
from discussions.models import Attachment, Post, PostVersion, ReactionKind, Thread
from discussions.models.post import LONGEST
from discussions.permissions import can_edit, can_post, can_read, can_remove, can_restore, muting_in
from notifications.announcing import announce
from organisations.models import Organisation
from organisations.permissions import is_member
from texts.cleaning import clean_written, says_something


def post_message(
    thread: Thread,
    *,
    author: User,
    text: str,
    client_id: str,
    answers: Post | None = None,
    organisation: Organisation | None = None,
    mentioned: Collection[str] = (),
    files: Sequence[ReadyFile] = (),
) -> Post:
    """Publish a post; sent again with the same `client_id` it is the same post. Raises DiscussionError.

    One that has to wait for a moderator comes back without a number.
    `mentioned`: the keys of whom its author picked from the suggestions.
    """
    text = _said(text)
    if not can_post(author, thread):
        return _sent_before(author, client_id, _why_not(author, thread))
    slow_down(author, thread)
    if organisation is not None and not is_member(author, organisation):
        raise NotAllowed
    if answers is not None and answers.thread_id != thread.pk:
        raise DiscussionError(_("What you answer is in another discussion."))
    composed = compose(text, thread=thread, author=author, chosen=mentioned)
    laid_down = lay_down(files)
    post = Post(
        thread=thread,
        author=author,
        organisation=organisation,
        text=text,
        html=composed.html,
        links=composed.links,
        files=in_short(laid_down),
        answers=answers,
        client_id=client_id,
        posted_at=timezone.now(),
    )
    stored, waits = False, must_wait(author, composed)
    try:
        stored = _store(post, composed, laid_down, waits)
    except IntegrityError as error:
        return _sent_before(author, client_id, error)
    finally:
        if not stored:
            take_away([file.token for file in laid_down])
    if not stored:
        return _sent_before(author, client_id, Closed())
    if waits:
        return post
    announce(PostChanged(post, post.changed, is_new=True))
    # Whoever writes has seen what is above, and wants to hear the answers: kept once the pages are told.
    transaction.on_commit(partial(take_part, thread, user=author, number=post.number or 0), robust=True)
    return post


def _why_not(author: User, thread: Thread) -> DiscussionError:
    if can_read(author, thread) and thread.is_closed:
        return Closed()
    muting = muting_in(author, thread)
    return Muted(muting.reason) if muting else NotAllowed()


def _store(post: Post, composed: Composed, files: Sequence[Attachment], waits: bool) -> bool:
    """With all that it carries; most posts are words alone, and one statement."""
    if waits:
        keep_waiting(post, composed, files)
        return True
    if not composed.mentioned and not files:
        return store_next(post)
    with transaction.atomic():
        if not store_next(post):
            return False
        keep_mentions(post, composed.mentioned)
        for file in files:
            file.post = post
        Attachment.objects.bulk_create(files)
    return True


def _sent_before(author: User, client_id: str, otherwise: Exception) -> Post:
    """The post that this was sent as already; else the error."""
    before = Post.objects.filter(author=author, client_id=client_id).first()
    if before is None:
        raise otherwise
    return before


@transaction.atomic
def edit_post(post: Post, *, user: User, text: str, mentioned: Collection[str] = ()) -> Post:
    """Put one's own words right; what they were is kept. Raises DiscussionError."""
    text = _said(text)
    current = _locked(post)
    if current.is_removed:
        raise Gone
    if not can_edit(user, current) or not can_post(user, current.thread):
        raise NotAllowed
    if current.text == text:
        return current
    PostVersion.objects.create(post=current, text=current.text)
    said_before = extract_of(current)
    composed = compose(text, thread=current.thread, author=user, chosen=_still_meant(current, mentioned))
    keep_mentions(current, composed.mentioned)
    current.text, current.html, current.links = text, composed.html, composed.links
    current.edited_at = timezone.now()
    _changed(current, "text", "html", "links", "edited_at")
    if extract_of(current) != said_before:
        tell_answers(current)
    return current


def _still_meant(post: Post, mentioned: Collection[str]) -> set[str]:
    """Who was meant before stays meant, where the name still stands there."""
    before = post.mentions.values_list("user_id", "organisation_id")
    return {*mentioned, *(f"p{user}" if user else f"o{organisation}" for user, organisation in before)}


@transaction.atomic
def change_files(post: Post, *, user: User, alts: Mapping[str, str], without: Collection[str]) -> Post:
    """`alts`: what pictures show; `without`: which files are taken away; both by token. Raises DiscussionError."""
    current = _locked(post)
    if current.is_removed:
        raise Gone
    if not can_edit(user, current) or not can_post(user, current.thread):
        raise NotAllowed
    files = list(current.attachments.all())
    gone = [file for file in files if file.token in without]
    kept = [file for file in files if file.token not in without]
    for file in kept:
        file.alt = alts.get(file.token, file.alt) if file.width else ""
    if in_short(kept) == current.files:
        return current
    Attachment.objects.bulk_update(kept, ["alt"])
    if gone:
        _take_away(current, gone)
        PostVersion.objects.create(post=current, text=current.text, taken=[file.name for file in gone])
        current.edited_at = timezone.now()
    current.files = in_short(kept)
    _changed(current, "files", "edited_at")
    return current


def _take_away(post: Post, files: Sequence[Attachment]) -> None:
    """From the post now, from the disk once that is certain."""
    post.attachments.filter(pk__in=[file.pk for file in files]).delete()
    transaction.on_commit(partial(take_away, [file.token for file in files]), robust=True)


@transaction.atomic
def remove_post(post: Post, *, user: User, reason: str = "") -> Post:
    """Take a post away; a mark stays where it was. What its author takes back is gone with its files; what a moderator
    hides can be restored. Raises DiscussionError."""
    current = _locked(post)
    if current.is_removed:
        return current
    if not can_remove(user, current):
        raise NotAllowed
    current.removed_at, current.removed_by, current.removed_because = timezone.now(), user, reason
    if user.pk == current.author_id:
        current.files = []
        _take_away(current, list(current.attachments.all()))
        keep_mentions(current, ())
    else:
        log(instance=current.thread, action="discussions.remove", user=user, data=_logged(current, reason))
    _changed(current, "removed_at", "removed_by", "removed_because", "files")
    tell_answers(current)
    return current


@transaction.atomic
def restore_post(post: Post, *, user: User) -> Post:
    """What a moderator hid stands again. Raises DiscussionError."""
    current = _locked(post)
    if not current.is_removed:
        return current
    if not can_restore(user, current):
        raise NotAllowed
    current.removed_at, current.removed_by, current.removed_because = None, None, ""
    log(instance=current.thread, action="discussions.restore", user=user, data=_logged(current))
    _changed(current, "removed_at", "removed_by", "removed_because")
    tell_answers(current)
    return current


def _logged(post: Post, reason: str = "") -> dict[str, object]:
    return {"number": post.number, **({"reason": reason} if reason else {})}


@transaction.atomic
def react(post: Post, *, user: User, kind: str, wanted: bool) -> Post:
    """Say one of the few things that need no post, or take it back. Twice is once. Raises DiscussionError."""
    if kind not in ReactionKind.values:
        raise DiscussionError(_("Choose one of the reactions."))
    current = _locked(post)
    if current.is_removed:
        raise Gone
    if not can_post(user, current.thread):
        raise NotAllowed
    said = [pk for pk in current.reactions.get(kind, []) if pk != user.pk]
    if wanted == (len(said) < len(current.reactions.get(kind, []))):
        return current
    current.reactions = {**current.reactions, kind: [*said, user.pk] if wanted else said}
    _changed(current, "reactions")
    return current


def _said(text: str) -> str:
    said = clean_written(text)
    if not says_something(said):
        raise DiscussionError(_("Write something first."))
    if len(said) > LONGEST:
        raise DiscussionError(_("That is too long: ten thousand characters at most. Divide it in two."))
    return said


def _locked(post: Post) -> Post:
    """The post as it stands, held; its thread first, so that two who change it wait in one line."""
    Thread.objects.select_for_update().get(pk=post.thread_id)
    rows = Post.objects.select_related("thread", "author", "organisation", "answers__author")
    return rows.get(pk=post.pk)


def _changed(post: Post, *fields: str) -> None:
    sequence = next_change(post.thread_id)
    if sequence is None:
        raise Gone
    post.changed = sequence
    post.save(update_fields=["changed", *fields])
    announce(PostChanged(post, sequence))
