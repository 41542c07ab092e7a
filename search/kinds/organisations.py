"""Organisations as they are searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from organisations.models import Organisation
from places.queries import gazetteer
from search.domain.describing import document_of
from search.domain.marking import extract, marked
from search.kinds.base import Shown, away
from search.models import SearchDocument
from search.query import Facet, What
from search.results import Hit
from search.traits import pack, region_codes
from texts.vocabulary import OrganisationKind, label_of


def public() -> QuerySet[Organisation]:
    return Organisation.objects.filter(is_public=True)


listed = public


def describe(ids: Sequence[int]) -> list[SearchDocument]:
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
            document_of(
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


def texts(ids: Sequence[int]) -> Mapping[int, str]:
    rows = Organisation.objects.filter(pk__in=ids).values_list("pk", "name", "description")
    return {pk: f"{name}. {text}" for pk, name, text in rows}


def show(hits: Sequence[Hit], stems: frozenset[str]) -> Mapping[int, Shown]:
    """One query however many."""
    found = public().select_related("place").in_bulk([hit.pk for hit in hits])
    return {hit.pk: _shown(found[hit.pk], hit, stems) for hit in hits if hit.pk in found}


def _shown(row: Organisation, hit: Hit, stems: frozenset[str]) -> Shown:
    return Shown(
        hit=hit,
        title=marked(row.name, stems),
        extract=extract("", row.description, stems),
        url=row.get_absolute_url(),
        byline=label_of(OrganisationKind, row.kind),
        byline_url="",
        place=row.place.name if row.place else "",
        labels=(),
        badges=(),
        miles=away(hit),
    )


def named(pks: Sequence[int]) -> dict[int, tuple[str, str]]:
    return {one.pk: (one.name, one.get_absolute_url()) for one in public().filter(pk__in=pks)}


def places(ids: Sequence[int]) -> set[str]:
    codes = Organisation.objects.filter(pk__in=ids).values_list("place_id", flat=True)
    return {code for code in codes if code}
