"""O2: whether the relations are those that the demo's texts were written to have.

`pairs.json` says of 82 pairs what they are to each other. Those at even places of each relation were there to fit the
shipped weights to, those at odd places were not: of these the five with the highest score of each relation are looked
at, and how many are what the relation says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from demo.domain import reading
from demo.domain.loading import load_demo
from initiatives.models import Initiative
from partnerships.overlaps.domain.comparing import parts_between
from partnerships.overlaps.domain.learning import Example, learn
from partnerships.overlaps.models import Relation
from partnerships.overlaps.relations import SHIPPED, Weights, score

FIRST = 5
Labelled = tuple[str, dict[str, float]]  # what it is, and its parts


def precision() -> Iterator[dict[str, Any]]:
    load_demo()
    tuned, held = labelled()
    for relation in Relation.values:
        yield {
            "figure": f"O2 {relation}, precision at 5", "value": at_five(held, relation, SHIPPED), "goal": 0.8,
            "tuned_on": at_five(tuned, relation, SHIPPED), "pairs": len(held),
        }  # fmt: skip
    examples = [Example(parts, label, None, judge) for judge, (label, parts) in enumerate(tuned)]
    anew = learn(examples)
    yield {
        "figure": "O2 learned anew from the other half, least precision at 5",
        "value": min(at_five(held, relation, anew) for relation in Relation.values), "goal": 0.8,
    }  # fmt: skip


def labelled() -> tuple[list[Labelled], list[Labelled]]:
    """Those that weights were fitted to, and those kept out."""
    titles = {row["key"]: row["title"] for row in reading.initiatives()}
    pks = {title: pk for pk, title in Initiative.objects.filter(live=True).values_list("pk", "title")}
    by_relation: defaultdict[str, list[Labelled]] = defaultdict(list)
    for row in reading.pairs():
        one, other = (pks.get(titles[row[side]]) for side in ("a", "b"))
        if one and other and (parts := parts_between(one, other)):
            by_relation[row["relation"]].append((row["relation"], parts))
    halves: tuple[list[Labelled], list[Labelled]] = [], []
    for some in by_relation.values():
        for at, one_pair in enumerate(some):
            halves[at % 2].append(one_pair)
    return halves


def at_five(pairs: list[Labelled], relation: str, weights: Weights) -> float:
    ranked = sorted(pairs, key=lambda pair: -_score(pair[1], relation, weights))[:FIRST]
    return sum(label == relation for label, _parts in ranked) / FIRST


def _score(parts: dict[str, float], relation: str, weights: Weights) -> float:
    arrays = {name: np.array([value]) for name, value in parts.items()}
    return float(score(arrays, weights).scores[relation][0])
