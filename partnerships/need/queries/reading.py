"""Reads for other rooms: what each index says of a place, and one index's shares of need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnerships.need.means import weighted_mean
from partnerships.need.models import Index, Value
from places.queries import PlaceFacts, gazetteer


@dataclass(frozen=True, slots=True)
class Need:
    """What one index says of one place. `share` goes from nought (least in need) to one (most)."""

    index: str  # its slug
    name: str
    year: int
    is_illustrative: bool
    place: str  # its code
    value: float
    share: float
    rank: int
    of: int
    tied: bool
    how: str
    made_of: tuple[str, ...]
    known: float


def need_of(place: PlaceFacts) -> tuple[Need, ...]:
    """Every index that says something of a place, newest first, made-up ones last. One query."""
    rows = Value.objects.filter(place=place.code).select_related("index")
    return tuple(_told(row) for row in rows.order_by("index"))


def need_shares(index: Index | str, places: Iterable[str] | None = None) -> Mapping[str, float]:
    """Code → share of need, of the places asked for that have one; of all without `places`. One query."""
    slug = index if isinstance(index, str) else index.slug
    shares = dict(Value.objects.filter(index__slug=slug).values_list("place_id", "share"))
    if places is None:
        return shares
    return {code: shares[code] for code in places if code in shares}


def share_together(index: Index | str, places: Iterable[str]) -> float | None:
    """The share of need of several council areas together, by people; None where it says something of none."""
    shares = need_shares(index, places)
    if not shares:
        return None
    gaz = gazetteer()
    return weighted_mean(list(shares.values()), [float(gaz[code].population or 0) for code in shares])


def _told(row: Value) -> Need:
    return Need(
        index=row.index.slug,
        name=row.index.name,
        year=row.index.year,
        is_illustrative=row.index.is_illustrative,
        place=row.place_id,
        value=row.value,
        share=row.share,
        rank=row.rank,
        of=row.of,
        tied=row.tied,
        how=row.how,
        made_of=tuple(row.made_of),
        known=row.known,
    )
