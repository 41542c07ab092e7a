"""The order of results, in one formula.

    score = text x (1 + 0.20 freshness + 0.15 nearness + 0.05 completeness)

- *text*: how well the words match (BM25 over title, summary, names and body); 1 where no words were asked for.
- *freshness*: 1 on the day somebody last said that it is so, halved every 180 days.
- *nearness*: 1 / (1 + miles / 5) where both positions are known; else 1/2 for what is of the place asked for and 0 for
  what reaches it from outside. Without a place everything has 0 alike.
- *completeness*: the part of the optional answers that is given.

More of any of them never ranks lower (tests/search/test_ranking.py). Together they can lift a result by two fifths: a
clearly better match of words is never overtaken by a fresher one.
"""

from __future__ import annotations

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

FRESHNESS, NEARNESS, COMPLETENESS = 0.20, 0.15, 0.05
HALF_LIFE_DAYS = 180
NEAR_MILES = 5
Numbers = NDArray[np.float64]


def relevance(
    text: Numbers, confirmed: Numbers, completeness: Numbers, miles: Numbers, local: NDArray[np.bool_]
) -> Numbers:
    """Scores of documents, given column by column: days of confirmation as `date.toordinal`, completeness of 100."""
    fresh, near, complete = shares(confirmed, completeness, miles, local)
    scores: Numbers = text * (1 + FRESHNESS * fresh + NEARNESS * near + COMPLETENESS * complete)
    return scores


def shares(
    confirmed: Numbers, completeness: Numbers, miles: Numbers, local: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """Freshness, nearness and completeness, each from 0 to 1."""
    age = np.maximum(timezone.localdate().toordinal() - confirmed, 0)
    nearness = np.where(np.isnan(miles), np.where(local, 0.5, 0.0), 1 / (1 + np.nan_to_num(miles) / NEAR_MILES))
    return 0.5 ** (age / HALF_LIFE_DAYS), nearness, np.minimum(completeness, 100) / 100
