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
        BIAS: -9.2,
        "place": 4.0,
        "step": 1.6,
        "ages": 1.6,
        "support": 2.2,
        "focus": 0.6,
        "time": 0.4,
        "purpose": 3.4,
        "tags": 0.8,
        "partners": 0.4,
    },
    Relation.NEXT_STEP: {
        BIAS: -8.2,
        "place": 3.6,
        "follows": 5.4,
        "support": 0.4,
        "focus": 0.8,
        "purpose": 1.6,
        "tags": 0.6,
        "ages": -0.8,
        "partners": 0.6,
    },
    Relation.COMPLEMENT: {
        BIAS: -5.6,
        "place": 4.2,
        "step": 1.2,
        "ages": 2.2,
        "support": -3.6,
        "focus": 1.4,
        "time": 0.4,
        "purpose": 0.8,
        "partners": 1.0,
    },
    Relation.TWIN: {
        BIAS: -8.6,
        "apart": 3.4,
        "step": 1.2,
        "ages": 1.0,
        "support": 1.8,
        "focus": 0.6,
        "purpose": 4.6,
        "tags": 1.2,
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
