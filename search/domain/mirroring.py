"""Documents as Elasticsearch holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from initiatives.models import Initiative
from initiatives.models.reach import ReachedPlace
from places.queries import gazetteer
from search.domain.describing import grouped
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.models import SearchDocument
from search.query import Facet, What
from search.traits import region_codes, unpack

_SAME = (
    *("object_id", "title_words", "summary_words", "name_words", "body_words"),
    *("published", "confirmed", "closes", "completeness"),
)

_NAMES = {facet: facet.value for facet in Facet}


def as_indexed(documents: Sequence[SearchDocument]) -> list[dict[str, Any]]:
    """What the index should hold for these rows, in their order: two queries, and one a kind for their meaning."""
    ids = [row.object_id for row in documents if row.kind == What.INITIATIVES]
    tagged = Initiative.tags.through.objects.filter(content_object_id__among=ids)
    tags = grouped(tagged.values_list("content_object_id", "tag__name"))
    rows = ReachedPlace.objects.filter(initiative_id__among=ids).values_list("initiative_id", "place_id", "declared")
    pairs = list(rows)
    reached = grouped((pk, code) for pk, code, _declared in pairs)
    declared = grouped((pk, code) for pk, code, is_declared in pairs if is_declared)
    meanings, regions = _meanings(documents), region_codes()
    found = [
        _indexed(
            row, tags.get(row.object_id, []), (reached.get(row.object_id, []), declared.get(row.object_id, [])), regions
        )
        if row.kind == What.INITIATIVES
        else _indexed(row, [], (_around(row.place_id), []), regions)
        for row in documents
    ]
    for row, document in zip(documents, found, strict=True):
        if (vector := meanings.get((row.kind, row.object_id))) is not None:
            document["meaning"] = vector.tolist()
    return found


def _meanings(documents: Sequence[SearchDocument]) -> dict[tuple[str, int], Vector]:
    """The vectors there are, where there is an encoder to ask with."""
    encoder = current_encoder()
    if encoder is None:
        return {}
    found: dict[tuple[str, int], Vector] = {}
    for kind in {row.kind for row in documents}:
        vectors = vectors_of(kind, [row.object_id for row in documents if row.kind == kind], encoder.name)
        found |= {(kind, pk): vector for pk, vector in vectors.items()}
    return found


def _around(code: str) -> list[str]:
    """The places that an organisation's authority lies in."""
    return list(gazetteer().closure_up(code)) if code in gazetteer() else []


def _indexed(
    row: SearchDocument, tags: list[str], places: tuple[list[str], list[str]], regions: tuple[str, ...]
) -> dict[str, Any]:
    """`places`: that it reaches, and those of them that were declared."""
    reached, declared = places
    document: dict[str, Any] = {"what": str(row.kind)} | {name: getattr(row, name) for name in _SAME}
    document |= {_NAMES[facet]: words for facet, words in unpack(row.traits, row.areas, regions).items()}
    document |= {"tag": sorted(tags), "reached": sorted(reached), "declared": sorted(declared)}
    if row.latitude is not None and row.longitude is not None:
        document["location"] = {"lat": row.latitude, "lon": row.longitude}
    return document
