"""How much places are in need, by one index or by several together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerships.coldspots.asking import ColdQuery
from partnerships.need.means import weighted_mean
from partnerships.need.models import Index
from partnerships.need.queries.reading import need_shares


def known_indices() -> list[Index]:
    """Every index, newest first, made-up ones last: the first is what everybody gets. One query."""
    return list(Index.objects.all())


def weighing(query: ColdQuery, indices: Sequence[Index]) -> list[tuple[Index, float]]:
    """The indices that a query goes by, with their weights; nothing where none is loaded."""
    weights = dict(query.indices)
    return [(index, weights[index.slug]) for index in indices if index.slug in weights] or [
        (index, 1.0) for index in indices[:1]
    ]


def shares_of(query: ColdQuery, indices: Sequence[Index]) -> Mapping[str, float]:
    """Code → share of need: the weighted mean of the indices that say something of the place. One query an index."""
    found: dict[str, list[tuple[float, float]]] = {}
    for index, weight in weighing(query, indices):
        for code, share in need_shares(index).items():
            found.setdefault(code, []).append((share, weight))
    return {code: weighted_mean(*map(list, zip(*pairs, strict=True))) for code, pairs in found.items()}
