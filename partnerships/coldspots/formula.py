"""How cold a spot is: need, what near work leaves open, what work from afar leaves open.

    score = 100 × need^power × (1 − min(1, near / enough)) × (1 − afar × min(1, far / enough))

`need` is the share of need, nought (least) to one (most); `near` and `far` are how many initiatives reach the place
from near and from afar. decisions/0015 says why it is so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from partnerships.coverage.grid import Numbers
from partnerships.coverage.states import ENOUGH


@dataclass(frozen=True, slots=True)
class Weights:
    """What can be adjusted of the formula."""

    power: float = 1.0  # how much need counts: at 0 not at all, at 2 the places most in need stand out
    afar: float = 0.25  # the part of what is open that enough work from afar closes
    enough: float = float(ENOUGH)  # initiatives from which on nothing is open


USUAL = Weights()
COLD = 25.0  # the score from which on a spot is called cold; the rest is ranked below it
LIMITS = {"power": (0.0, 4.0), "afar": (0.0, 1.0), "enough": (1.0, 50.0)}


@dataclass(frozen=True, slots=True)
class Factors:
    """The formula's three factors, each from nought to one, and the score from nought to a hundred."""

    need: Numbers
    near: Numbers  # left open by what is near
    afar: Numbers  # left open by what is from afar

    @property
    def score(self) -> Numbers:
        return 100 * self.need * self.near * self.afar


def factors(need: ArrayLike, near: ArrayLike, far: ArrayLike, weights: Weights) -> Factors:
    """Of single numbers or of arrays alike, which are spread over each other as NumPy does."""
    return Factors(
        np.asarray(need, dtype=float) ** weights.power,
        1 - np.minimum(1.0, np.asarray(near) / weights.enough),
        1 - weights.afar * np.minimum(1.0, np.asarray(far) / weights.enough),
    )
