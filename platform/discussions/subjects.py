"""What a thread may be about. Rooms register their kinds of thing; this room knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Person = Any  # a User or AnonymousUser: every predicate answers for both


@dataclass(frozen=True)
class Subject:
    """One thing that threads may be about: what it is called, where it is, and who may do what with its threads."""

    kind: str
    key: str
    title: str
    url: str
    byline: str = ""
    place: str | None = None  # the code of the place it lies in, for boards and for whoever coordinates it
    organisations: tuple[int, ...] = ()  # whose people hear of new threads about it
    is_public: bool = True  # else its kind says who may read of it


@dataclass(frozen=True)
class SubjectKind:
    """A kind of thing: how to find some by their keys or their addresses, and who may read about one."""

    name: str
    label: str | Promise
    many: Callable[[Iterable[str]], dict[str, Subject]]  # by their keys, those that there are: one question
    at: Callable[[Iterable[str]], dict[str, Subject]]  # public ones by the paths of their pages, those that there are
    can_read: Callable[[Person, Subject], bool]
    keeps_readers: bool = False  # who reads a discussion of named organisations follows from the thing: nobody opens it


_kinds: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Let threads be about things of this kind. Registered twice the later one counts."""
    _kinds[kind.name] = kind


def kinds() -> tuple[SubjectKind, ...]:
    return tuple(_kinds.values())


def find(kind: str, key: str) -> Subject | None:
    """The thing, None where there is none any more, or no such kind."""
    return find_many([(kind, key)]).get((kind, key))


def find_many(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """Things by kind and key, those that there are: one question a kind."""
    keys: dict[str, list[str]] = {}
    for kind, key in wanted:
        keys.setdefault(kind, []).append(key)
    return {
        (kind, key): subject
        for kind, some in keys.items()
        if kind in _kinds
        for key, subject in _kinds[kind].many(some).items()
    }


def keeps_readers(kind: str) -> bool:
    """Whether who reads is the thing's own business, and no person's."""
    return kind in _kinds and _kinds[kind].keeps_readers


def can_read(user: Person, subject: Subject) -> bool:
    return subject.is_public or _kinds[subject.kind].can_read(user, subject)


def at_paths(paths: Iterable[str]) -> dict[str, Subject]:
    """Public things by the paths of their pages: one question a kind."""
    wanted = list(dict.fromkeys(paths))
    found: dict[str, Subject] = {}
    for kind in _kinds.values() if wanted else ():
        found |= kind.at(wanted)
    return found
