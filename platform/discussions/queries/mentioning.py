"""Who may be mentioned in a thread, who is meant by a name, and who is to be told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Coordination, User
from accounts.permissions import is_moderator
from discussions.domain.rendering import Named
from discussions.domain.spotting import name_key
from discussions.models import Post, Thread, Visibility
from discussions.permissions import is_about_something_public, readers_among
from discussions.subjects import find
from organisations.models import Membership, Organisation
from organisations.permissions import WRITERS, organisation_ids
from places.queries import gazetteer
from texts.vocabulary import OrganisationKind, label_of

MOST_SUGGESTED = 8
_LEAST_ORGANISATIONS = 3  # have room among them, however many people there are
_MOST_NAMESAKES = 100
_MOST_POSTS = 500


@dataclass(frozen=True)
class Meant:
    """A person or an organisation that may be mentioned. `key` is what a form says for them: "p5", "o7"."""

    key: str
    name: str
    url: str = ""
    byline: str = ""

    @property
    def pk(self) -> int:
        return int(self.key[1:])

    @property
    def is_person(self) -> bool:
        return self.key.startswith("p")

    @property
    def named(self) -> Named:
        return Named(person=self.pk) if self.is_person else Named(url=self.url)


def mentionable_people(thread: Thread, user: Any) -> QuerySet[User]:
    """Whom `user` may mention: who wrote in the thread, who coordinates its place, the people of the organisations it
    is for, and of those it is about where `user` is shown their names. Only who may read it now."""
    wrote = Post.objects.filter(thread=thread, removed_at=None).exclude(number=None)
    who = Q(pk__in=wrote.values("author_id"))
    if thread.place_id:
        around = gazetteer().closure_up(thread.place_id)
        who |= Q(pk__in=Coordination.objects.filter(place__in=around).values("user_id"))
    if thread.visibility == Visibility.ORGANISATIONS:
        who |= Q(pk__in=_people_of(thread.organisations.values("pk")))
    about = set(_organisations_of_subject(thread))
    shown = about if is_moderator(user) else about.intersection(organisation_ids(user))
    if shown:
        who |= Q(pk__in=_people_of(shown))
    return readers_among(User.objects.filter(who).exclude(name=""), thread)


def mentionable_organisations(thread: Thread) -> QuerySet[Organisation]:
    """Public ones; where not every member may read the thread, those of them whose people may."""
    rows = Organisation.objects.filter(is_public=True)
    if thread.visibility == Visibility.ORGANISATIONS:
        rows = rows.filter(pk__in=thread.organisations.values("pk"))
    if not is_about_something_public(thread):
        rows = rows.filter(pk__in=_organisations_of_subject(thread))
    return rows


def who_is_meant(
    thread: Thread, *, user: Any, names: Collection[str], chosen: Collection[str] = ()
) -> Mapping[str, list[Meant]]:
    """By the key of each of these names those who are meant by it: who was chosen; else the only one of that name."""
    if not names:
        return {}
    spelt = {spelling for name in names for spelling in (name, name_key(name), name_key(name).replace("'", "’"))}
    namesakes: dict[str, list[Meant]] = defaultdict(list)
    for person in mentionable_people(thread, user).filter(name__in=spelt).order_by("pk")[:_MOST_NAMESAKES]:
        namesakes[name_key(person.name)].append(_person(person))
    for one in mentionable_organisations(thread).filter(name__in=spelt).order_by("pk")[:_MOST_NAMESAKES]:
        namesakes[name_key(one.name)].append(_organisation(one))
    meant = {}
    for key, ones in namesakes.items():
        picked = [one for one in ones if one.key in chosen]
        if picked or len(ones) == 1:
            meant[key] = picked or ones
    return meant


def suggested(thread: Thread, *, user: Any, typed: str) -> list[Meant]:
    """Those whose names go on as they were typed, people first."""
    begins = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")
    rows = mentionable_people(thread, user).exclude(pk=user.pk).filter(begins if typed else Q()).order_by("name", "pk")
    people = list(rows[:MOST_SUGGESTED])
    organisations: list[Organisation] = []
    if len(typed) > 1:
        found = mentionable_organisations(thread).filter(begins).order_by("name", "pk")
        organisations = list(found[: max(_LEAST_ORGANISATIONS, MOST_SUGGESTED - len(people))])
    people = people[: MOST_SUGGESTED - len(organisations)]
    write_for = _write_for(thread, people)
    return [
        *(_person(one, write_for.get(one.pk, "")) for one in people),
        *(_organisation(one) for one in organisations),
    ]


def mentioned_people(post: Post) -> QuerySet[User]:
    """Who is to be told that a post mentions them: people, and the editors and owners of organisations, as far as they
    may read it now; not its author."""
    if post.is_removed:
        return User.objects.none()
    mentions = post.mentions.all()
    writers = Membership.objects.filter(
        organisation__in=mentions.exclude(organisation=None).values("organisation"), role__in=WRITERS
    )
    named = mentions.exclude(user=None).values("user")
    people = User.objects.filter(Q(pk__in=named) | Q(pk__in=writers.values("user")))
    return readers_among(people.exclude(posts=post), post.thread)


def _people_of(organisations: Any) -> Any:
    return Membership.objects.filter(organisation__in=organisations).values("user_id")


def _organisations_of_subject(thread: Thread) -> tuple[int, ...]:
    subject = find(thread.subject_kind, thread.subject_key)
    return subject.organisations if subject else ()


def _write_for(thread: Thread, people: Collection[User]) -> dict[int, str]:
    """For whom they wrote here last: what tells namesakes apart, and was shown already."""
    rows = Post.objects.filter(thread=thread, author__in=people, removed_at=None).exclude(organisation=None)
    pairs = rows.exclude(number=None).order_by("-number").values_list("author_id", "organisation__name")
    found: dict[int, str] = {}
    for pk, name in pairs[:_MOST_POSTS] if people else ():
        found.setdefault(pk, name)
    return found


def _person(one: User, byline: str = "") -> Meant:
    return Meant(f"p{one.pk}", one.name, byline=byline)


def _organisation(one: Organisation) -> Meant:
    return Meant(f"o{one.pk}", one.name, one.get_absolute_url(), label_of(OrganisationKind, one.kind))
