"""P7: whether the served overlaps are those that scoring all pairs would give, and how soon they follow an edit.

On 4,000 real grants, imported, and 20,000 made-up initiatives. Every initiative's pairs are found as in earnest; how
many different pairs were scored on the way is counted. For some, chosen by a fixed seed, every pair there is is scored
by brute force with the same weights, and the ten strongest are looked for among those served. Of equals any will do.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from initiatives.importing import running
from initiatives.importing.options import Options
from initiatives.models import Initiative
from partnerships.overlaps.domain import finding
from partnerships.overlaps.domain.profiling import profile_initiatives
from partnerships.overlaps.models import Profile
from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.likeness import Texts, likenesses, together
from partnerships.overlaps.purpose.weighing import Text
from partnerships.overlaps.queries.pairs import pairs_of
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.shelf import View, current_view
from partnerships.overlaps.texts import prepared
from tests.benchmarks.generating import generate

GRANTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "grants" / "lloyds_360giving.json"
MADE_UP, ASKED, LARGE, EDITS = 20_000, 300, 100_000, 60


def recall() -> Iterator[dict[str, Any]]:
    """Yields nothing where the grants are not there."""
    if not GRANTS.exists():
        return
    running.carry_out(running.new_run(GRANTS, Options(), filename=GRANTS.name), GRANTS)
    grants = Initiative.objects.count()
    generate(grants + MADE_UP)
    scored: set[tuple[int, int]] = set()
    counted = finding.purposes

    def counting(one: int, many: Sequence[int]) -> Numbers:
        scored.update((min(one, other), max(one, other)) for other in many)
        return counted(one, many)

    finding.purposes = counting
    began = time.perf_counter()
    number = finding.find_due()
    took = time.perf_counter() - began
    finding.purposes = counted
    shares = _shares()
    pairs = number * (number - 1) / 2
    yield {
        "figure": "P7 recall@10", "value": round(float(np.mean(shares)), 4), "goal": 0.99, "initiatives": number,
        "grants": grants, "asked": len(shares), "pairs_scored": len(scored), "ms_each": round(1000 * took / number, 1),
    }  # fmt: skip
    yield {"figure": "P7 pairs scored", "value": round(100 * len(scored) / pairs, 3), "unit": "%", "goal": 0.1}


def _shares() -> list[float]:
    """For each that is asked: how much of its ten strongest is served."""
    view, weights = current_view(), current_weights()
    pks = sorted(view.at)
    texts = dict(zip(pks, prepared(pks), strict=True))
    blank = next(iter(texts.values()))
    every = together([texts.get(int(pk), blank) for pk in view.rows["pk"]])
    shares = []
    for pk in random.Random(7).sample(pks, ASKED):
        truth = _brute_force(view, pk, texts[pk], every, weights)
        if truth:
            served = [pair.strength for pair in pairs_of([pk])[: finding.KEPT]]
            least = truth[-1] - 1e-6
            shares.append(min(len([one for one in served if one >= least]), len(truth)) / len(truth))
    return shares


def _brute_force(view: View, pk: int, text: Text, every: Texts, weights: Any) -> list[float]:
    """The strengths of the ten strongest."""
    at = view.at[pk]
    where = np.flatnonzero((view.rows["pk"] > 0) & (view.rows["lead"] != view.rows["lead"][at]))
    purpose = np.asarray(likenesses(text, every), dtype=float)[where]
    return [found.strength for found in finding.judge(view, at, where, purpose, weights)]


def freshness() -> Iterator[dict[str, Any]]:
    """Seconds from an edit to its pairs, where one process does both."""
    generate(int(os.environ.get("LARGE", LARGE)))
    Profile.objects.update(found=2**40)  # all is done but what is edited now
    pks = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    current_view()
    taken = []
    for pk in random.Random(7).sample(pks, EDITS + 1):
        began = time.perf_counter()
        Initiative.objects.filter(pk=pk).update(summary="Mentors meet girls who want to become engineers.")
        Profile.objects.filter(pk=pk).update(found=0)
        profile_initiatives([pk])
        finding.find_due()
        taken.append(time.perf_counter() - began)
    warm = sorted(taken[1:])
    yield {
        "figure": "P7 edit to fresh pairs, p95", "value": round(warm[int(0.95 * len(warm))], 2), "unit": "s",
        "p50": round(warm[len(warm) // 2], 2), "first": round(taken[0], 1), "initiatives": len(pks),
    }  # fmt: skip
