"""Initiatives as lists show them: one query however many.

It is written out: Django takes longer to put it together and to make forty objects of twenty rows than the database to
answer it, and lists and search need nothing of those objects.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.models import Freshness, Initiative, Status
from places.queries import gazetteer
from texts.slugs import pages_of
from texts.vocabulary import Reach, Stage, label_of


@dataclass(frozen=True)
class Card:
    """One initiative in a list."""

    title: str
    url: str
    summary: str
    lead_name: str
    lead_url: str
    place_label: str
    stage_labels: tuple[str, ...]
    badges: tuple[str, ...]
    description: str = ""  # its Markdown, where it was asked for


_ROWS = (
    "SELECT i.id, i.title, i.slug, i.summary, i.reach, i.stages, i.status, i.freshness, i.source, i.claimed_at, "
    "o.name, o.slug, {told}, "
    "(SELECT {joined}(p.place_id, ',') FROM initiatives_initiative_places p WHERE p.initiative_id = i.id) "
    "FROM initiatives_initiative i JOIN organisations_organisation o ON o.id = i.lead_organisation_id "
    "WHERE i.id IN ({ids}) {only}"
)
_JOINED = {"sqlite": "group_concat", "postgresql": "string_agg"}
Page = Callable[[str], str]  # a slug's address
_STAGES: Any = Initiative._meta.get_field("stages")


def cards(ids: Sequence[int]) -> list[Card]:
    """Cards in the order of the ids; ids that are gone are left out."""
    found = cards_by_id(ids)
    return [found[pk] for pk in ids if pk in found]


def cards_by_id(ids: Collection[int], *, live: bool = False, described: bool = False) -> dict[int, Card]:
    """The card of each initiative: of all, or of those everyone may read; `described` with their descriptions."""
    if not ids:
        return {}
    told, only = "i.description" if described else "''", "AND i.live" if live else ""
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(ids=marks, told=told, only=only, joined=_JOINED[connection.vendor]), list(ids))
        rows = cursor.fetchall()
    initiative, organisation, language = pages_of("initiative"), pages_of("organisation"), get_language()
    return {pk: _card(columns, initiative, organisation, language) for pk, *columns in rows}


def _card(columns: Sequence[Any], initiative: Page, organisation: Page, language: str | None) -> Card:
    title, slug, summary, reach, stages, status, freshness, source, claimed_at, *rest = columns
    lead_name, lead_slug, description, places = rest
    codes = sorted(places.split(",")) if places else []
    badges = [] if status == Status.RUNNING else [label_of(Status, status)]
    if freshness != Freshness.FRESH and status != Status.ENDED:
        badges.append(label_of(Freshness, Freshness.STALE))
    if source and claimed_at is None:  # Initiative.is_imported
        badges.append(_("Imported"))
    return Card(
        title=title,
        url=initiative(slug),
        summary=summary,
        lead_name=lead_name,
        lead_url=organisation(lead_slug),
        place_label=place_label(reach, codes),
        stage_labels=_stage_labels(stages, language),
        badges=tuple(badges),
        description=description,
    )


@lru_cache(maxsize=2_000)
def _stage_labels(stages: int, _language: str | None) -> tuple[str, ...]:
    """In the language of the moment, which is named so that another one's are not taken for them."""
    return tuple(label_of(Stage, value) for value in _STAGES.words(stages))


def place_label(reach: str, codes: Sequence[str]) -> str:
    """Where it reaches, in a few words: at most three names and how many more."""
    if reach in (Reach.UK, Reach.ONLINE):
        return label_of(Reach, reach)
    gaz = gazetteer()
    names = [gaz[code].name for code in codes if code in gaz]
    if not names:
        return _("Place not known")
    if len(names) <= 3:
        return ", ".join(names)
    return _("%(names)s and %(more)d more") % {"names": ", ".join(names[:3]), "more": len(names) - 3}
