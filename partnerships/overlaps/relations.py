"""From parts to relations: for each a logistic score, whose weights people's judgements improve (`domain.learning`).

The weights that are shipped were set by hand and then fitted, held close to the hand's, to half of the demo's pairs
(`tests.benchmarks overlap`, O2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from partnerships.overlaps.models import Relation
from partnerships.overlaps.parts import Numbers

Weights = Mapping[str, Mapping[str, float]]  # relation → part → weight; "" is the constant
BIAS = ""

# Every relation but the twin needs the place, which is why it weighs most.
SHIPPED: Weights = {
    Relation.OVERLAP: {
        BIAS: -9.1,
        "place": 2.3,
        "people": 2.5,
        "step": 1.1,
        "support": 3.2,
        "focus": 0.7,
        "time": 0.2,
        "purpose": 3.0,
        "tags": 0.9,
        "partners": 0.1,
    },
    Relation.NEXT_STEP: {
        BIAS: -7.9,
        "place": 4.1,
        "follows": 4.9,
        "support": -0.4,
        "focus": 0.9,
        "purpose": 1.9,
        "tags": 0.2,
        "ages": -0.9,
        "partners": 0.6,
    },
    Relation.COMPLEMENT: {
        BIAS: -8.2,
        "place": 2.1,
        "people": 4.3,
        "step": 0.6,
        "otherwise": 3.0,
        "focus": 0.8,
        "time": 0.2,
        "purpose": 0.2,
        "partners": 0.8,
    },
    Relation.TWIN: {
        BIAS: -8.8,
        "apart": 4.1,
        "step": 1.0,
        "ages": 0.9,
        "support": 1.6,
        "focus": 0.3,
        "purpose": 4.4,
        "tags": 1.1,
    },
}


@dataclass(frozen=True)
class Scored:
    """Scores of one initiative with many: `scores[relation]`; of the next step the better direction, told by `forward`
    (the one comes first)."""

    scores: Mapping[str, Numbers]
    forward: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def best(self) -> tuple[Numbers, np.ndarray[tuple[int], np.dtype[np.intp]]]:
        """The strongest score of each pair and the number of its relation, in the order of `Relation`."""
        table = np.vstack([self.scores[relation] for relation in Relation.values])
        return table.max(axis=0), table.argmax(axis=0)


def score(parts: Mapping[str, Numbers], weights: Weights) -> Scored:
    """Score every relation."""
    forward = parts["follows"] >= parts["precedes"]
    turned = {**parts, "follows": np.maximum(parts["follows"], parts["precedes"])}
    return Scored({relation: _logistic(turned, weights[relation]) for relation in Relation.values}, forward)


def logit(parts: Mapping[str, Numbers], weights: Mapping[str, float]) -> Numbers:
    total = np.full(len(parts["place"]), weights[BIAS])
    for name, weight in weights.items():
        if name != BIAS and name in parts:
            total = total + weight * parts[name]
    return total


def _logistic(parts: Mapping[str, Numbers], weights: Mapping[str, float]) -> Numbers:
    result: Numbers = 1.0 / (1.0 + np.exp(-logit(parts, weights)))
    return result
