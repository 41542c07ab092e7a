"""The parts of which the relations of two initiatives are made: one against many, each from 0 to 1.

Sets are compared by the mean of what they share of both together (Jaccard) and of the smaller (overlap coefficient), so
that one who does a little more than another is still the like. What nobody said counts half.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.traits import Rows
from texts.vocabulary import Stage

Numbers = NDArray[np.float64]
STRUCTURE = ("step", "follows", "precedes", "support", "otherwise", "ages", "focus", "place", "people", "apart", "time")
SETS = ("tags", "partners")
PARTS = (*STRUCTURE, *SETS, "purpose")
UNKNOWN = 0.5
NEIGHBOUR_MILES = 10.0  # so far away, nearness is down to a third
_EARTH_MILES = 3958.8
# How far along a life each stage is: after 16 to 18 come university or work, and whoever returns may begin with either.
_POSITION = {
    Stage.EARLY_YEARS: 0.0,
    Stage.PRIMARY: 1.0,
    Stage.SECONDARY: 2.0,
    Stage.SIXTEEN_TO_EIGHTEEN: 3.0,
    Stage.HIGHER: 4.0,
    Stage.STARTING_WORK: 4.5,
    Stage.AT_WORK: 5.5,
    Stage.RETURNING: 4.0,
}
_POSITIONS = np.array([*(_POSITION[stage] for stage in Stage), np.nan])  # the last for none: -1
_YEARS_A_STEP = 3.0


def structure(one: Any, many: Rows) -> dict[str, Numbers]:
    """All parts but those of tags, partners and purpose. `follows`: each of the many comes after the one."""
    together = _place(one, many)
    steps = _bits(one["transitions"], many["transitions"], none=np.nan)
    stages = _bits(one["stages"], many["stages"], none=UNKNOWN)
    support, ages = _bits(one["support"], many["support"], none=UNKNOWN), _ages(one, many)
    return {
        "step": np.where(np.isnan(steps), stages, 0.6 * np.nan_to_num(steps) + 0.4 * stages),
        "follows": _after(one, many, forward=True),
        "precedes": _after(one, many, forward=False),
        "support": support,
        "otherwise": (1.0 - support) ** 2,  # one kind in common, and the help is hardly another
        "ages": ages,
        "focus": _focus(one["focus"], many["focus"]),
        "place": together,
        "people": together * ages,
        "apart": 1.0 - together,
        "time": _time(one, many),
    }


def shared(number: Numbers, one: int, many: Numbers) -> Numbers:
    """How alike sets are of which so many things are shared; nought where either is empty."""
    smaller, union = np.minimum(one, many), one + many - number
    with np.errstate(divide="ignore", invalid="ignore"):
        alike: Numbers = (number / union + number / smaller) / 2
    return np.where(smaller > 0, alike, 0.0)


def common(number: Numbers) -> Numbers:
    """Of partners in common two are as telling as more."""
    return np.minimum(number, 2.0) / 2.0


def _bits(one: Any, many: Any, *, none: float) -> Numbers:
    number = np.bitwise_count(one & many).astype(float)
    left, right = float(np.bitwise_count(one)), np.bitwise_count(many).astype(float)
    if not left:
        return np.full(len(right), none)
    return np.where(right > 0, shared(number, int(left), right), none)


def _focus(one: Any, many: Any) -> Numbers:
    """Work for everyone is a little like any; two that are for everyone are more so."""
    alike = _bits(one, many, none=np.nan)
    open_to_all = 0.7 if not one else 0.4
    return np.where(np.isnan(alike), np.where(many == 0, open_to_all, 0.4), alike)


def _ages(one: Any, many: Rows) -> Numbers:
    low = np.maximum(one["youngest"], many["youngest"])
    high = np.minimum(one["oldest"], many["oldest"])
    number = np.clip(high - low + 1, 0, None)
    own = one["oldest"] - one["youngest"] + 1
    others = many["oldest"] - many["youngest"] + 1
    alike = (number / (own + others - number) + number / np.minimum(own, others)) / 2
    return np.where(np.isnan(alike), UNKNOWN, alike).astype(float)


def _after(one: Any, many: Rows, *, forward: bool) -> Numbers:
    """Whether who finishes the first can go on to the second: it begins or ends later, neither earlier, and they meet.
    By stages and by ages; what is not known counts a little."""
    earlier, later = (one, many) if forward else (many, one)
    stages = _onward(
        (_POSITIONS[earlier["first_stage"]], _POSITIONS[earlier["last_stage"]]),
        (_POSITIONS[later["first_stage"]], _POSITIONS[later["last_stage"]]),
        step=1.0,
    )
    ages = _onward((earlier["youngest"], earlier["oldest"]), (later["youngest"], later["oldest"]), step=_YEARS_A_STEP)
    return (stages + ages) / 2 * np.ones(len(many))


def _onward(earlier: tuple[Any, Any], later: tuple[Any, Any], *, step: float) -> Numbers:
    begins, ends = later[0] - earlier[0], later[1] - earlier[1]
    progress = np.clip((begins + ends) / 2 / step, 0.0, 1.0)
    gap = np.clip(later[0] - earlier[1] - 1.0, 0.0, None)  # a year, or a stage, on is no gap
    onward = np.where((begins >= 0) & (ends >= 0), progress * np.exp(-gap), 0.0)
    return np.where(np.isnan(begins + ends), 0.3, onward)


def _place(one: Any, many: Rows) -> Numbers:
    """Authorities that both reach, worth less where one reaches far more; venues near by across a boundary count."""
    number = np.bitwise_count(many["areas"] & one["areas"]).sum(axis=1).astype(float)
    sizes, own = many["size"].astype(float), float(one["size"])
    smaller, union = np.minimum(sizes, own), sizes + own - number
    with np.errstate(divide="ignore", invalid="ignore"):
        inside, both = number / smaller, number / union
    reach = np.where(smaller > 0, np.nan_to_num(inside) * (0.5 + 0.5 * np.nan_to_num(both) ** 0.25), 0.0)
    near = 0.8 * np.exp(-miles_between(one, many) / NEIGHBOUR_MILES)
    return np.maximum(reach, np.nan_to_num(near))


def miles_between(one: Any, many: Rows) -> Numbers:
    """Between venues, as the crow flies; not a number where either is not known. Equirectangular: within a tenth of
    a per cent at such distances."""
    north = np.radians(many["latitude"] - one["latitude"])
    east = np.radians(many["longitude"] - one["longitude"]) * np.cos(
        np.radians((one["latitude"] + many["latitude"]) / 2)
    )
    result: Numbers = _EARTH_MILES * np.hypot(north, east)
    return result


def _time(one: Any, many: Rows) -> Numbers:
    """Running together, and best with a month in which both take people."""
    together = (one["starts"] <= many["ends"]) & (many["starts"] <= one["ends"])
    month = (one["months"] & many["months"]) > 0
    return np.where(together, np.where(month, 1.0, 0.8), 0.0)
