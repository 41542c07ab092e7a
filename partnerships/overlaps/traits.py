"""The traits of every listed initiative as arrays, so that one is compared with thousands at a stroke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.models import Profile
from places.queries import Gazetteer, gazetteer
from texts.vocabulary import Stage

# Ages as commonly understood where nobody gave any (`texts.vocabulary.Stage`).
STAGE_AGES = {
    Stage.EARLY_YEARS: (0, 4),
    Stage.PRIMARY: (5, 11),
    Stage.SECONDARY: (11, 16),
    Stage.SIXTEEN_TO_EIGHTEEN: (16, 18),
    Stage.HIGHER: (18, 24),
    Stage.STARTING_WORK: (16, 25),
    Stage.AT_WORK: (18, 66),
    Stage.RETURNING: (18, 66),
}
FOREVER = 4_000_000  # a day that no calendar reaches
_STAGES = list(Stage)
_WORD = 64

ROW = np.dtype(
    [
        ("pk", np.int64),
        ("noted", np.int64),  # tells a changed one from what it was
        ("lead", np.int64),
        ("stages", np.uint32),
        ("transitions", np.uint32),
        ("support", np.uint32),
        ("focus", np.uint32),
        ("first_stage", np.int8),  # -1 where none is given
        ("last_stage", np.int8),
        ("youngest", np.float32),  # not a number where neither ages nor stages tell
        ("oldest", np.float32),
        ("areas", np.uint64, (8,)),  # a bit for each authority it reaches
        ("size", np.int16),  # how many those are
        ("latitude", np.float64),
        ("longitude", np.float64),
        ("starts", np.int32),
        ("ends", np.int32),
        ("months", np.uint16),
    ]
)
Rows = NDArray[np.void]
COLUMNS = tuple(field.attname for field in Profile._meta.concrete_fields)


@dataclass(frozen=True)
class Sets:
    """What of an initiative is no number: ids of tags, organisations and of the initiatives it hands on to."""

    tags: frozenset[int]
    organisations: frozenset[int]
    next_ones: frozenset[int]


@dataclass(frozen=True)
class One:
    """One initiative, or a draft of one, as it is compared with others."""

    row: Any  # of `ROW`
    sets: Sets


def one_of(profile: Profile) -> One:
    return One(row_of(profile), sets_of(profile))


def sets_of(profile: Profile) -> Sets:
    return Sets(frozenset(profile.tags), frozenset(profile.organisations), frozenset(profile.next_ones))


def row_of(profile: Profile) -> Any:
    """One initiative as a row of `ROW`."""
    row = np.zeros((), dtype=ROW)
    numbers = [at for at, stage in enumerate(_STAGES) if stage in profile.stages]
    row["pk"], row["noted"], row["lead"] = profile.initiative_id, profile.noted, profile.lead_id
    for name in ("stages", "transitions", "support", "focus"):
        field: Any = Profile._meta.get_field(name)
        row[name] = field.mask(getattr(profile, name))
    row["first_stage"], row["last_stage"] = (numbers[0], numbers[-1]) if numbers else (-1, -1)
    row["youngest"], row["oldest"] = _ages(profile)
    row["areas"] = areas_of(tuple(profile.places))
    row["size"] = int(np.bitwise_count(row["areas"]).sum())
    row["latitude"] = np.nan if profile.latitude is None else profile.latitude
    row["longitude"] = np.nan if profile.longitude is None else profile.longitude
    row["starts"] = 0 if profile.starts is None else profile.starts
    row["ends"] = FOREVER if profile.ends is None else profile.ends
    row["months"] = profile.months
    return row


def rows_of(profiles: Iterable[Profile]) -> Rows:
    return np.array([row_of(profile) for profile in profiles], dtype=ROW)


def _ages(profile: Profile) -> tuple[float, float]:
    known = [STAGE_AGES[stage] for stage in _STAGES if stage in profile.stages]
    youngest: float | None = profile.age_min
    oldest: float | None = profile.age_max
    if youngest is None:
        youngest = min((low for low, _high in known), default=np.nan if oldest is None else 0)
    if oldest is None:
        oldest = max((high for _low, high in known), default=np.nan if np.isnan(youngest) else youngest + 7)
    return youngest, max(oldest, youngest)


def areas_of(codes: tuple[str, ...]) -> NDArray[np.uint64]:
    """The authorities within these places, a bit each in the gazetteer's order."""
    return _areas(codes, gazetteer())


@lru_cache(maxsize=5_000)
def _areas(codes: tuple[str, ...], gaz: Gazetteer) -> NDArray[np.uint64]:
    bits = np.zeros(8, dtype=np.uint64)
    numbers = _numbers(gaz)
    for code in codes:
        for authority in gaz.authorities_in(code) if code in gaz else ():
            at = numbers[authority]
            bits[at // _WORD] |= np.uint64(1 << (at % _WORD))
    bits.flags.writeable = False
    return bits


@lru_cache(maxsize=2)
def _numbers(gaz: Gazetteer) -> dict[str, int]:
    codes = sorted(place.code for place in gaz.places if place.is_authority)
    if len(codes) > 8 * _WORD:
        raise ValueError(f"{len(codes)} authorities and room for {8 * _WORD}")
    return {code: at for at, code in enumerate(codes)}


def codes_of(areas: NDArray[np.uint64]) -> list[str]:
    """The authorities that the bits stand for."""
    codes = sorted(_numbers(gazetteer()), key=_numbers(gazetteer()).__getitem__)
    return [code for at, code in enumerate(codes) if int(areas[at // _WORD]) >> (at % _WORD) & 1]
