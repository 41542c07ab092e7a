"""A coordinator's board: the pairs of their places, narrowed and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import coordinated_codes
from partnerships.overlaps.models import Pair, Relation, Standing
from partnerships.overlaps.permissions import Person
from partnerships.overlaps.queries.judged import said_of
from partnerships.overlaps.queries.pairs import pairs_in
from partnerships.overlaps.queries.showing import shown
from partnerships.overlaps.saying import said_label
from partnerships.queries.together import names_both
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.vocabulary import label_of

PAGE_SIZE = 20
MOST_EXPORTED = 5_000
COLUMNS = (
    *("relation", "score", "initiative", "organisation", "place", "other initiative", "other organisation"),
    *("other place", "why", "differs", "standing", "people say", "address"),
)


@dataclass(frozen=True)
class BoardQuery:
    """What of which place, for whom: round-trips to an address."""

    place: PlaceFacts
    relation: str = ""
    standing: str = Standing.OPEN.value
    where: str = ""  # as a moderator typed it
    faults: tuple[str, ...] = ()
    reader: Person = field(default_factory=AnonymousUser)

    def pairs(self) -> QuerySet[Pair]:
        return self.of_every_relation().filter(**({"relation": self.relation} if self.relation else {}))

    def of_every_relation(self) -> QuerySet[Pair]:
        """A partnership in force that the reader may see is working together, where nobody said anything else."""
        rows = pairs_in(self.place.code, every=True)
        seen = names_both("low", "high", reader=self.reader)
        agreed = Q(standing=Standing.OPEN, agreed=True) & Q(seen)
        if self.standing == Standing.TOGETHER:
            return rows.filter(Q(standing=Standing.TOGETHER) | agreed)
        return rows.filter(standing=self.standing).exclude(agreed)

    def address(self, page: int = 1) -> str:
        given = {"place": self.place.slug, "relation": self.relation, "standing": self.standing}
        if page > 1:
            given["page"] = str(page)
        return "?" + urlencode({key: value for key, value in given.items() if value})


def read_board(given: Any, places: list[PlaceFacts], reader: Person) -> BoardQuery:
    """What an address asks for; what makes no sense is left out. `places`: that this person sees, at least one."""
    place = next((one for one in places if one.slug == given.get("place")), places[0])
    query = BoardQuery(place, reader=reader)
    if given.get("relation") in Relation.values:
        query = replace(query, relation=given["relation"])
    if given.get("standing") in Standing.values:
        query = replace(query, standing=given["standing"])
    return query


def places_of(user: Any, wanted: str = "") -> list[PlaceFacts]:
    """The places whose board somebody sees: those they coordinate; a moderator the one they ask for, else the UK."""
    gaz = gazetteer()
    own = sorted((gaz[code] for code in coordinated_codes(user) if code in gaz), key=lambda place: place.name)
    asked = gaz.by_slug(wanted) if wanted else None
    return [*own, *([asked] if asked and asked not in own else [])] or [gaz[UK_CODE]]


def exported(query: BoardQuery, site: str) -> Iterator[list[object]]:
    """Rows of `COLUMNS`. Seven queries a hundred pairs."""
    pairs = list(query.pairs()[:MOST_EXPORTED])
    for start in range(0, len(pairs), 100):
        some = shown(pairs[start : start + 100], reader=query.reader)
        said = said_of([(one.pair.low_id, one.pair.high_id) for one in some])
        for one in some:
            titles = (one.one.title, one.other.title)
            if one.one.pk != one.pair.low_id:
                titles = titles[::-1]
            yield [
                one.label,
                round(one.pair.strength, 2),
                *(one.one.title, one.one.lead, one.one.place),
                *(one.other.title, one.other.lead, one.other.place),
                " ".join((one.reasons.first, *one.reasons.because)),
                " ".join(one.reasons.differs),
                one.standing or label_of(Standing, Standing.OPEN),
                "; ".join(
                    f"{said_label(verdict, forward, titles)} ({number})"
                    for verdict, forward, number in said.get((one.pair.low_id, one.pair.high_id), ())
                ),
                site.rstrip("/") + one.url,
            ]


@dataclass(frozen=True)
class Number:
    """How many pairs of one relation, and where they are listed."""

    label: str
    number: int
    url: str
    is_chosen: bool


def numbers(query: BoardQuery) -> list[Number]:
    """Of every relation, all of them first. One query."""
    counted = query.of_every_relation().order_by().values_list("relation").annotate(number=Count("pk"))
    found = dict(counted.values_list("relation", "number"))
    labels = [("", _("All")), *Relation.choices]
    return [
        Number(
            str(label),
            found.get(value, 0) if value else sum(found.values()),
            replace(query, relation=value).address(),
            value == query.relation,
        )
        for value, label in labels
    ]


def choices(query: BoardQuery) -> dict[str, list[tuple[str, str, bool]]]:
    """What can be chosen: value, label, whether it is chosen."""
    relations = [("", _("Every relation")), *Relation.choices]
    return {
        "relation": [(value, str(label), value == query.relation) for value, label in relations],
        "standing": [(value, str(label), value == query.standing) for value, label in Standing.choices],
    }
