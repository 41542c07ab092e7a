"""What reasons are made of: the facts of initiatives as people read them. Five queries however many."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from initiatives.domain.listing import declared_places
from initiatives.models import Initiative, Intake, Partner
from initiatives.queries.cards import place_label
from places.queries import gazetteer
from search.domain.describing import grouped


@dataclass(frozen=True)
class Side:
    """One of two initiatives."""

    pk: int
    title: str
    url: str
    summary: str
    lead_id: int
    lead: str
    lead_url: str
    place: str  # in a few words
    codes: tuple[str, ...]
    reach: str
    stages: tuple[str, ...]
    transitions: tuple[str, ...]
    support: tuple[str, ...]
    focus: tuple[str, ...]
    age_min: int | None
    age_max: int | None
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    months: frozenset[int]
    tags: frozenset[str]
    organisations: tuple[tuple[int, str], ...]  # the lead and the partners
    point: tuple[float, float] | None


def sides(pks: Collection[int]) -> dict[int, Side]:
    """Those of them that everyone may read, by id."""
    rows = list(Initiative.objects.filter(pk__in=pks, live=True).select_related("lead_organisation"))
    keys = [one.pk for one in rows]
    through, tagged = Initiative.places.through.objects, Initiative.tags.through.objects
    places = grouped(through.filter(initiative__in=keys).values_list("initiative_id", "place_id"))
    tags = grouped(tagged.filter(content_object__in=keys).values_list("content_object_id", "tag__name"))
    days = grouped(Intake.objects.filter(initiative__in=keys).values_list("initiative_id", "closes_on"))
    told = Partner.objects.filter(initiative__in=keys, organisation__is_public=True).order_by("pk")
    named = told.values_list("initiative_id", "organisation_id", "organisation__name")
    partners = grouped((pk, (key, name)) for pk, key, name in named)
    return {one.pk: _side(one, sorted(places[one.pk]), tags[one.pk], days[one.pk], partners[one.pk]) for one in rows}


def _side(
    one: Initiative,
    codes: list[str],
    tags: Iterable[str],
    days: Iterable[datetime.date],
    partners: list[tuple[int, str]],
) -> Side:
    lead = one.lead_organisation
    return Side(
        pk=one.pk,
        title=one.title,
        url=one.get_absolute_url(),
        summary=one.summary,
        lead_id=lead.pk,
        lead=lead.name,
        lead_url=lead.get_absolute_url(),
        place=place_label(one.reach, codes),
        codes=declared_places(one.reach, codes, gazetteer()),
        reach=one.reach,
        stages=one.stages,
        transitions=one.transitions,
        support=one.support,
        focus=one.focus,
        age_min=one.age_min,
        age_max=one.age_max,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        months=frozenset(day.month for day in days),
        tags=frozenset(tags),
        organisations=((lead.pk, lead.name), *(found for found in partners if found[0] != lead.pk)),
        point=(one.latitude, one.longitude) if one.latitude is not None and one.longitude is not None else None,
    )
