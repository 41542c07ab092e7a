"""Who may read, write and look after threads. Every predicate answers for visitors too."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import (
    EDITORS,
    MODERATORS,
    coordinated_codes,
    is_cms_editor,
    is_moderator,
    is_safeguarding_contact,
)
from discussions.models import Muting, Post, Thread, Visibility
from discussions.subjects import can_read as can_read_subject
from discussions.subjects import find, keeps_readers
from organisations.models import Membership
from organisations.permissions import organisation_ids
from places.queries import gazetteer
from reports.reasons import Reason

Person = Any  # a User or AnonymousUser: every predicate answers for both


def is_taking_part(user: Person) -> bool:
    """Belongs to an organisation, or serves the registry in another way: whoever may post at all."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(organisation_ids(user) or coordinated_codes(user)) or is_moderator(user) or is_cms_editor(user)


def mutings_of(user: Person) -> tuple[Muting, ...]:
    """What keeps this person from writing at present: one query, remembered on the person."""
    if not user.is_authenticated:
        return ()
    if not hasattr(user, "_mutings"):
        rows = Muting.objects.filter(user=user, lifted_at=None).order_by("pk")
        user._mutings = tuple(rows.filter(Q(until=None) | Q(until__gt=timezone.now())))
    mutings: tuple[Muting, ...] = user._mutings
    return mutings


def muting_in(user: Person, thread: Thread) -> Muting | None:
    """What keeps them from writing in this thread: a muting everywhere, or in a place that it lies in."""
    mutings = mutings_of(user)
    around = gazetteer().closure_up(thread.place_id) if mutings and thread.place_id else ()
    return next((one for one in mutings if one.place_id is None or one.place_id in around), None)


def can_read(user: Person, thread: Thread) -> bool:
    """One query at the most for threads of named organisations, and one where the thing it is about may be hidden."""
    if (thread.hidden_at or _is_empty_to(user, thread)) and not is_moderator(user):
        return False
    if thread.visibility == Visibility.MEMBERS and not is_taking_part(user):
        return False
    if thread.visibility == Visibility.ORGANISATIONS and not _is_party(user, thread):
        return False
    return _subject_is_readable(user, thread)


def _is_empty_to(user: Person, thread: Thread) -> bool:
    """Its first post waits for a moderator: it is there for who wrote it alone."""
    return not thread.posts and thread.opened_by_id != user.pk


def _is_party(user: Person, thread: Thread) -> bool:
    """Belongs to one of the organisations a thread is for. Nobody's office opens it to them."""
    own = organisation_ids(user)
    return bool(own) and thread.organisations.filter(pk__in=own).exists()


def _subject_is_readable(user: Person, thread: Thread) -> bool:
    if not thread.subject_kind:
        return True
    subject = find(thread.subject_kind, thread.subject_key)
    return subject is None or can_read_subject(user, subject)


def readers_among(people: QuerySet[User], thread: Thread) -> QuerySet[User]:
    """Those of these people for whom `can_read` is true: one query however many they are, where what the thread is
    about is public, or keeps who reads it in step with who may see it."""
    people = people.filter(is_active=True)
    moderators = Q(is_superuser=True) | Q(groups__name=MODERATORS)
    if thread.hidden_at or not thread.posts:
        people = people.filter(pk__in=User.objects.filter(moderators).values("pk"))
    if thread.visibility == Visibility.MEMBERS:
        serves = moderators | Q(groups__name=EDITORS) | Q(coordinations__isnull=False) | Q(memberships__isnull=False)
        people = people.filter(pk__in=User.objects.filter(serves).values("pk"))
    if thread.visibility == Visibility.ORGANISATIONS:
        parties = Membership.objects.filter(organisation__in=thread.organisations.all())
        people = people.filter(pk__in=parties.values("user_id"))
    if not _follows_its_subject(thread) and not is_about_something_public(thread):
        people = people.filter(pk__in=[one.pk for one in people if _subject_is_readable(one, thread)])
    return people


def _follows_its_subject(thread: Thread) -> bool:
    """Whose organisations it is for is who may see what it is about: to belong to one of them is the answer."""
    return thread.visibility == Visibility.ORGANISATIONS and keeps_readers(thread.subject_kind)


def is_about_something_public(thread: Thread) -> bool:
    """Everyone may read what it is about, or it is a topic of its own."""
    return _subject_is_readable(AnonymousUser(), thread)


def can_read_post(user: Person, post: Post) -> bool:
    """As its thread; one without a number is its author's, and the moderators' who decide on it."""
    if post.number is not None:
        return can_read(user, post.thread)
    if not user.is_authenticated:
        return False
    return post.author_id == user.pk or (is_moderator(user) and can_read(user, post.thread))


def can_post(user: Person, thread: Thread) -> bool:
    if thread.closed_at is not None or not is_taking_part(user) or not can_read(user, thread):
        return False
    return muting_in(user, thread) is None


def can_open(user: Person) -> bool:
    return is_taking_part(user)


def looks_after(user: Person, thread: Thread) -> bool:
    """Closes, renames, moves and pins: whoever opened it, who coordinates its place, moderators."""
    if not user.is_authenticated:
        return False
    if is_moderator(user):
        return True
    return can_read(user, thread) and (thread.opened_by_id == user.pk or _coordinates(user, thread))


def _coordinates(user: Person, thread: Thread) -> bool:
    codes = coordinated_codes(user)
    return bool(codes and thread.place_id and codes.intersection(gazetteer().closure_up(thread.place_id)))


def can_pin(user: Person, thread: Thread) -> bool:
    return is_moderator(user) or (can_read(user, thread) and _coordinates(user, thread))


def can_hide(user: Person) -> bool:
    """A whole discussion, from everyone else."""
    return is_moderator(user)


def can_edit(user: Person, post: Post) -> bool:
    """One's own words, while the thread is open and they stand."""
    return bool(user.is_authenticated) and post.author_id == user.pk and not post.is_removed


def can_remove(user: Person, post: Post) -> bool:
    return can_edit(user, post) or (not post.is_removed and (is_moderator(user) or _is_asked_to_care(user, post)))


def _is_asked_to_care(user: Person, post: Post) -> bool:
    """Is named for worries about a child, and this post was reported as one."""
    return is_safeguarding_contact(user) and post.reports.filter(reason=Reason.SAFEGUARDING).exists()


def can_restore(user: Person, post: Post) -> bool:
    """What a moderator took away; what its author took back is theirs."""
    if not post.is_removed or post.number is None or post.removed_by_id == post.author_id:
        return False
    return is_moderator(user) or _is_asked_to_care(user, post)


def can_see_versions(user: Person, post: Post) -> bool:
    """What a post said before: its author, moderators, and who takes part where it stands. What was taken out may be a
    name that not everybody on the web should find."""
    if not user.is_authenticated:
        return False
    return post.author_id == user.pk or is_moderator(user) or (is_taking_part(user) and can_read(user, post.thread))


def can_report(user: Person | None, post: Post) -> bool:
    """Whoever may read it, visitors too (None)."""
    return not post.is_removed and post.number is not None and can_read(user or AnonymousUser(), post.thread)


def can_see_queue(user: Person) -> bool:
    return is_moderator(user)


def can_moderate(user: Person, post: Post) -> bool:
    """Decides on what waits and what was reported: where they may read it, and where somebody who may asked them to.
    Who is named for worries about a child, and no moderator, decides on these alone."""
    if is_moderator(user):
        return can_read(user, post.thread) or post.reports.exists()
    return _is_asked_to_care(user, post)


def can_mute(user: Person, person: User) -> bool:
    """Moderators, and nobody their own kind."""
    return is_moderator(user) and not is_moderator(person)


def public_threads() -> QuerySet[Thread]:
    """What everyone may read, unless what it is about is hidden."""
    return Thread.objects.filter(visibility=Visibility.PUBLIC, hidden_at=None, posts__gt=0)


def readable_threads(user: Person) -> QuerySet[Thread]:
    """Every thread this person may find in a list. (What a thread is about may be hidden: then it is its people's.)"""
    rows = Thread.objects.all()
    if not is_moderator(user):
        begun = Q(posts__gt=0) | Q(opened_by=user.pk) if user.is_authenticated else Q(posts__gt=0)
        rows = rows.filter(begun, hidden_at=None)
    readable = Q(visibility=Visibility.PUBLIC)
    if is_taking_part(user):
        readable |= Q(visibility=Visibility.MEMBERS)
    own = organisation_ids(user)
    if own:
        party = Thread.organisations.through.objects.filter(organisation_id__in=own)
        readable |= Q(visibility=Visibility.ORGANISATIONS, pk__in=party.values("thread_id"))
    return rows.filter(readable)
