"""What hangs on an initiative, in one query: partners, hand-overs, intakes, tags and places.

It is written out, as `cards` is: as five queries of Django's it took a sixth of the whole page, all of it before the
database was asked.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from texts.slugs import pages_of
from texts.vocabulary import PartnerRole, label_of


@dataclass(frozen=True, slots=True)
class Linked:
    """An organisation, an initiative or a tag by name, with its page and what is said about the link."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """When to apply: by the last day, from the first where there is one."""

    opens_on: datetime.date | None
    closes_on: datetime.date
    note: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """Partners by role, those who come from and go on to listed initiatives, intakes by day, tags and places' codes."""

    partners: Sequence[tuple[str, Sequence[Linked]]]
    goes_on_to: Sequence[Linked]
    comes_from: Sequence[Linked]
    intakes: Sequence[Days]
    tags: Sequence[Linked]
    codes: Sequence[str]


# Each row: what it is, by which it is sorted, then three texts.
_ROWS = """
SELECT 'partner', o.id, p.role, o.name, o.slug FROM initiatives_partner p
JOIN organisations_organisation o ON o.id = p.organisation_id WHERE p.initiative_id = %(pk)s
UNION ALL SELECT 'next', h.id, h.note, i.title, i.slug FROM initiatives_handover h
JOIN initiatives_initiative i ON i.id = h.next_initiative_id AND i.live WHERE h.initiative_id = %(pk)s
UNION ALL SELECT 'from', h.id, h.note, i.title, i.slug FROM initiatives_handover h
JOIN initiatives_initiative i ON i.id = h.initiative_id AND i.live WHERE h.next_initiative_id = %(pk)s
UNION ALL SELECT 'intake', k.id, COALESCE({first}, ''), {last}, k.note
FROM initiatives_intake k WHERE k.initiative_id = %(pk)s
UNION ALL SELECT 'tag', 0, '', t.name, t.slug FROM initiatives_initiativetag g
JOIN taggit_tag t ON t.id = g.tag_id WHERE g.content_object_id = %(pk)s
UNION ALL SELECT 'place', 0, '', w.place_id, '' FROM initiatives_initiative_places w WHERE w.initiative_id = %(pk)s
"""
# SQLite keeps a day as a text; PostgreSQL's would go by the server's settings.
_DAY = {"sqlite": "{}", "postgresql": "to_char({}, 'YYYY-MM-DD')"}


def hanging_on(pk: int) -> Hanging:
    """What hangs on a cleared initiative."""
    day = _DAY[connection.vendor].format
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(first=day("k.opens_on"), last=day("k.closes_on")), {"pk": pk})
        rows = cursor.fetchall()
    found: defaultdict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for kind, *columns in rows:
        found[kind].append(tuple(columns))
    initiative, organisation = pages_of("initiative"), pages_of("organisation")
    return Hanging(
        partners=by_role((role, Linked(name, organisation(slug))) for _pk, role, name, slug in found["partner"]),
        goes_on_to=[Linked(title, initiative(slug), note) for _pk, note, title, slug in sorted(found["next"])],
        comes_from=[Linked(title, initiative(slug), note) for _pk, note, title, slug in sorted(found["from"])],
        intakes=[
            Days(datetime.date.fromisoformat(first) if first else None, datetime.date.fromisoformat(last), note)
            for _pk, first, last, note in sorted(found["intake"], key=lambda row: (row[2], row[0]))
        ],
        tags=linked_tags((name, slug) for _pk, _none, name, slug in found["tag"]),
        codes=[code for _pk, _none, code, _slug in found["place"]],
    )


def linked_tags(tags: Iterable[tuple[str, str]]) -> list[Linked]:
    """From names and slugs, sorted by name."""
    page = pages_of("tag")
    return [Linked(name, page(slug)) for name, slug in sorted(tags)]


def by_role(partners: Iterable[tuple[str, Linked]]) -> list[tuple[str, list[Linked]]]:
    """Partners under the label of their role, in the order of the vocabulary and of their names."""
    order = PartnerRole.values.index
    known = sorted(partners, key=lambda one: (order(one[0]), one[1].name))
    return [
        (label_of(PartnerRole, role), [one for _role, one in group]) for role, group in groupby(known, lambda p: p[0])
    ]
