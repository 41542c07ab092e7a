"""What is held about a person: each room says which of its rows, and whoever asks for their data is given them all.

A table names its columns by path, so each costs one query however many rows there are. No column may be another
person's: titles of what they wrote publicly are as far as it goes. `tests/house/test_what_is_held.py` fails for a
column that leads to a person and stands in no table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from accounts.models import User

Row = Mapping[str, Any]
Words = str | Promise


@dataclass(frozen=True)
class Held:
    """Rows of one model that are about a person or by them.

    `people`: the columns that lead to the person; `addresses`: those that hold one of their e-mail addresses.
    `columns`: path → what it is called; `link`: of a row's columns its page here, "" for none.
    """

    name: str
    title: Words
    model: str
    columns: Mapping[str, Words]
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    link: Callable[[Row], str] | None = None
    needs: tuple[str, ...] = ()  # columns that the link is made of and nobody is shown

    @property
    def of(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, user: User, owned: frozenset[str]) -> QuerySet[Any, dict[str, Any]]:
        """`owned`: the person's e-mail addresses. One query, once it is read."""
        wanted = Q(pk__in=())
        for path in self.people:
            wanted |= Q(**{path: user.pk})
        for path in self.addresses:
            wanted |= Q(**{f"{path}__in": owned})
        paths = dict.fromkeys((*self.columns, *self.needs))
        found: QuerySet[Any, dict[str, Any]] = self.of._default_manager.filter(wanted).order_by("pk").values(*paths)
        return found


_held: dict[str, Held] = {}


def register(*tables: Held) -> None:
    """In a room's `ready`. Registered twice the later one counts."""
    for table in tables:
        _held[table.name] = table


def held() -> tuple[Held, ...]:
    """Everything, in the order in which the rooms said so."""
    return tuple(_held.values())
