"""Initiatives as they are searched."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from initiatives.domain.listing import declared_places
from initiatives.models import Initiative, Intake, Partner
from initiatives.queries.cards import Card, cards_by_id
from initiatives.queries.listed import listed as listed
from places.queries import UK_CODE, gazetteer
from search.domain.describing import document_of, grouped
from search.domain.marking import extract_of_markdown, marked
from search.kinds.base import Shown, away
from search.models import SearchDocument
from search.query import Facet, What
from search.results import Hit
from search.traits import pack, region_codes
from texts.markdown import plain_text
from texts.vocabulary import Focus, Stage, Support, Transition

_OPTIONAL = (
    *("description", "age_min", "focus", "transitions", "venue_postcode", "cost", "how_to_join"),
    *("website", "contact_email", "evidence", "starts_on", "capacity"),
)


def public() -> QuerySet[Initiative]:
    return Initiative.objects.filter(live=True)


def describe(ids: Sequence[int]) -> list[SearchDocument]:
    """Documents of those among them that a list may show: five queries however many."""
    found = list(listed().filter(pk__in=ids).select_related("lead_organisation").order_by("pk"))
    keys = [one.pk for one in found]
    through = Initiative.places.through.objects.filter(initiative_id__in=keys)
    places = grouped(through.values_list("initiative_id", "place_id"))
    tagged = Initiative.tags.through.objects.filter(content_object_id__in=keys)
    tags = grouped(tagged.values_list("content_object_id", "tag__name"))
    partners = grouped(
        Partner.objects.filter(initiative_id__in=keys).values_list("initiative_id", "organisation__name")
    )
    coming = Intake.objects.filter(initiative_id__in=keys, closes_on__gte=timezone.localdate())
    closing: dict[int, datetime.date] = {}
    for pk, day in coming.order_by("-closes_on").values_list("initiative_id", "closes_on"):
        closing[pk] = day
    return [
        _initiative(one, places.get(one.pk, ()), tags.get(one.pk, ()), partners.get(one.pk, ()), closing.get(one.pk))
        for one in found
    ]


def _initiative(
    one: Initiative,
    codes: Sequence[str],
    tags: Sequence[str],
    partners: Sequence[str],
    closes_on: datetime.date | None,
) -> SearchDocument:
    gaz = gazetteer()
    declared = [code for code in declared_places(one.reach, codes, gaz) if code in gaz and code != UK_CODE]
    around = {above for code in declared for above in gaz.closure_up(code)}
    labels = [
        *(Stage(word).label for word in one.stages),
        *(Support(word).label for word in one.support),
        *(Transition(word).label for word in one.transitions),
        *(Focus(word).label for word in one.focus),
    ]
    names = [one.lead_organisation.name, *partners, one.other_partners, one.venue_name, *tags, *map(str, labels)]
    names += [name for code in declared for name in (gaz[code].name, gaz[code].name_cy, *gaz[code].other_names)]
    traits, areas = pack(
        {
            Facet.STAGE: one.stages,
            Facet.TRANSITION: one.transitions,
            Facet.SUPPORT: one.support,
            Facet.FOCUS: one.focus,
            Facet.REGION: around & set(region_codes()),
            Facet.KIND: [one.lead_organisation.kind],
            Facet.REACH: [one.reach],
            Facet.STATUS: [one.status],
        }
    )
    published = one.first_published_at or one.created_at
    return document_of(
        kind=What.INITIATIVES,
        object_id=one.pk,
        texts=(one.title, one.summary, " ".join(names), f"{one.description} {one.how_to_join}"),
        traits=traits,
        areas=areas,
        latitude=one.latitude,
        longitude=one.longitude,
        published=int(published.timestamp()),
        confirmed=timezone.localdate(one.confirmed_at or published).toordinal(),
        closes=closes_on.toordinal() if closes_on else None,
        completeness=round(100 * sum(bool(getattr(one, name)) for name in _OPTIONAL) / len(_OPTIONAL)),
    )


def texts(ids: Sequence[int]) -> Mapping[int, str]:
    rows = Initiative.objects.filter(pk__in=ids).values_list("pk", "title", "summary", "description")
    return {pk: f"{title}. {summary} {plain_text(text)}".strip() for pk, title, summary, text in rows}


def show(hits: Sequence[Hit], stems: frozenset[str]) -> Mapping[int, Shown]:
    """One query however many."""
    cards = cards_by_id([hit.pk for hit in hits], live=True, described=True)
    return {hit.pk: _shown(cards[hit.pk], hit, stems) for hit in hits if hit.pk in cards}


def _shown(card: Card, hit: Hit, stems: frozenset[str]) -> Shown:
    return Shown(
        hit=hit,
        title=marked(card.title, stems),
        extract=extract_of_markdown(card.summary, card.description, stems),
        url=card.url,
        byline=card.lead_name,
        byline_url=card.lead_url,
        place=card.place_label,
        labels=card.stage_labels,
        badges=card.badges,
        miles=away(hit),
    )


def named(pks: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = public().filter(pk__in=pks).only("pk", "title", "slug")
    return {one.pk: (one.title, one.get_absolute_url()) for one in rows}


def places(ids: Sequence[int]) -> set[str]:
    through = Initiative.places.through.objects.filter(initiative_id__in=ids)
    return set(through.values_list("place_id", flat=True).distinct())
