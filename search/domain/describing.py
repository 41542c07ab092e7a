"""What can be searched of an initiative and of an organisation: their public words and traits."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from initiatives.domain.listing import declared_places
from initiatives.models import Initiative, Intake, Partner, Status
from organisations.models import Organisation
from places.queries import UK_CODE, gazetteer
from search.models import SearchDocument
from search.query import Facet, What
from search.traits import pack, region_codes
from search.words import tokens
from texts.vocabulary import Focus, OrganisationKind, Stage, Support, Transition

_OPTIONAL = (
    *("description", "age_min", "focus", "transitions", "venue_postcode", "cost", "how_to_join"),
    *("website", "contact_email", "evidence", "starts_on", "capacity"),
)


def describe_initiatives(ids: Sequence[int]) -> list[SearchDocument]:
    """Documents of those among them that a list may show: five queries however many."""
    rows = Initiative.objects.filter(pk__in=ids, live=True).exclude(status=Status.ENDED)
    found = list(rows.select_related("lead_organisation").order_by("pk"))
    keys = [one.pk for one in found]
    through = Initiative.places.through.objects.filter(initiative_id__in=keys)
    places = _grouped(through.values_list("initiative_id", "place_id"))
    tagged = Initiative.tags.through.objects.filter(content_object_id__in=keys)
    tags = _grouped(tagged.values_list("content_object_id", "tag__name"))
    partners = _grouped(
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


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


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
    return _document(
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


def describe_organisations(ids: Sequence[int]) -> list[SearchDocument]:
    """Documents of those among them that everyone may read."""
    gaz = gazetteer()
    documents = []
    for one in Organisation.objects.filter(pk__in=ids, is_public=True).order_by("pk"):
        around = gaz.closure_up(one.place_id) if one.place_id else ()
        traits, areas = pack({Facet.KIND: [one.kind], Facet.REGION: set(around) & set(region_codes())})
        names = [str(OrganisationKind(one.kind).label)]
        if one.place_id and one.place_id in gaz:
            names += [gaz[one.place_id].name, gaz[one.place_id].name_cy]
        documents.append(
            _document(
                kind=What.ORGANISATIONS,
                object_id=one.pk,
                texts=(one.name, "", " ".join(names), one.description),
                traits=traits,
                areas=areas,
                place_id=one.place_id or "",
                latitude=one.latitude,
                longitude=one.longitude,
                published=int(one.created_at.timestamp()),
                confirmed=timezone.localdate(one.updated_at).toordinal(),
                completeness=round(
                    100 * sum(map(bool, (one.description, one.website, one.email, one.phone, one.postcode))) / 5
                ),
            )
        )
    return documents


def _document(*, texts: tuple[str, str, str, str], **columns: object) -> SearchDocument:
    words = [tokens(text) for text in texts]
    title, summary, names, body = (" ".join(found) for found in words)
    return SearchDocument(
        title_words=title,
        summary_words=summary,
        name_words=names,
        body_words=body,
        length=sum(map(len, words)),
        **columns,
    )
