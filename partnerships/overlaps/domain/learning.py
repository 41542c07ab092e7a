"""Weights from what people judged: logistic regression on the parts, held close to the weights that are shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.models import Relation, Verdict
from partnerships.overlaps.relations import BIAS, SHIPPED, Weights

FEWEST = 50  # judgements from which on something is learned
HELD = 2.0  # how strongly the weights are held to the shipped ones, in judgements
_STEPS = 25
_MEANS = {verdict: verdict for verdict in Relation.values} | {Verdict.DUPLICATE.value: Relation.OVERLAP.value}
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One judgement: the parts as they were, what was said, for which organisation (none: a coordinator's; by its name
    where it is gone) and by whom (none: an account that is gone). Of a next step `forward`: the first comes before."""

    parts: Mapping[str, float]
    verdict: str
    organisation: int | str | None
    judge: int | None = None
    forward: bool | None = None


def learn(examples: Sequence[Example], shipped: Weights = SHIPPED) -> Weights:
    """Weights for every relation. That two work together already says nothing of what they are to each other."""
    told = [one for one in examples if one.verdict != Verdict.TOGETHER]
    shares = _shares(told)
    return {relation: _fit_relation(relation, told, shares, shipped[relation]) for relation in Relation.values}


def _shares(examples: Sequence[Example]) -> Matrix:
    """How much each counts: no organisation and no person counts for more than all the others together."""
    for_whom = _most_of_each([("of", one.organisation) if one.organisation else ("by", one.judge) for one in examples])
    by_whom = _most_of_each([one.judge for one in examples])
    return np.minimum(for_whom, by_whom)


def _most_of_each(voices: Sequence[Hashable]) -> Matrix:
    numbers = Counter(voices)
    return np.array([min(numbers[one], len(voices) - numbers[one]) / numbers[one] for one in voices])


def _fit_relation(
    relation: str, examples: Sequence[Example], shares: Matrix, prior: Mapping[str, float]
) -> dict[str, float]:
    names = [name for name in prior if name != BIAS]
    rows = np.array([[1.0, *(_part(one, name) for name in names)] for one in examples]).reshape(-1, len(names) + 1)
    wanted = np.array([float(_MEANS.get(one.verdict) == relation) for one in examples])
    weights = fit(rows, wanted, shares, np.array([prior[BIAS], *(prior[name] for name in names)]))
    return {BIAS: round(float(weights[0]), 3)} | {
        name: round(float(weight), 3) for name, weight in zip(names, weights[1:], strict=True)
    }


def _part(one: Example, name: str) -> float:
    """Of a next step the direction that was said; else the better one stands for it, as in `relations.score`."""
    if name == "follows" and one.forward is None:
        return max(one.parts.get("follows", 0.0), one.parts.get("precedes", 0.0))
    if name == "follows" and not one.forward:
        return one.parts.get("precedes", 0.0)
    return one.parts.get(name, 0.0)


def fit(rows: Matrix, wanted: Matrix, shares: Matrix, prior: Matrix) -> Matrix:
    """Newton's method for logistic regression with a quadratic penalty around `prior` (Bishop 2006, 4.3.3 and 4.5);
    steps are halved until they improve, so that it always ends."""
    weights = prior.copy()
    best = _loss(weights, rows, wanted, shares, prior)
    for _step in range(_STEPS):
        expected = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (shares * (expected - wanted)) + HELD * (weights - prior)
        curvature = (rows * (shares * expected * (1 - expected))[:, None]).T @ rows + HELD * np.eye(len(prior))
        change = np.linalg.solve(curvature, gradient)
        size = 1.0
        while size > 1e-4 and _loss(weights - size * change, rows, wanted, shares, prior) > best:
            size /= 2
        weights = weights - size * change
        latest = _loss(weights, rows, wanted, shares, prior)
        if best - latest < 1e-9:
            break
        best = latest
    return weights


def _loss(weights: Matrix, rows: Matrix, wanted: Matrix, shares: Matrix, prior: Matrix) -> float:
    margins = rows @ weights
    each = np.logaddexp(0.0, margins) - wanted * margins
    return float((shares * each).sum() + HELD / 2 * ((weights - prior) ** 2).sum())
