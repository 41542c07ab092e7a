"""P7: whether the served overlaps are those that scoring all pairs would give, and how soon they follow an edit.

On 4,000 real grants, imported, and 20,000 made-up initiatives. For three hundred of them, chosen by a fixed seed, pairs
are found as in earnest, and every pair there is is scored by brute force with the same weights: how many of the ten
strongest are served? Of equals any will do. Pairs scored are counted as if none were met from both its sides.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command

from initiatives.domain.listing import relist
from initiatives.importing import running
from initiatives.importing.options import Options
from initiatives.models import Initiative, Status
from partnerships.overlaps.candidates import SCORED
from partnerships.overlaps.domain import finding
from partnerships.overlaps.domain.profiling import profile_initiatives
from partnerships.overlaps.domain.wording import learn_words
from partnerships.overlaps.models import Profile
from partnerships.overlaps.purpose.likeness import Texts, likenesses, together
from partnerships.overlaps.purpose.weighing import Text
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.shelf import View, current_view
from partnerships.overlaps.texts import prepared
from tests.benchmarks.generating import generate
from texts.vocabulary import Reach

GRANTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "grants" / "lloyds_360giving.json"
MADE_UP, ASKED, LARGE, EDITS, WIDE_EDITS = 20_000, 300, 100_000, 60, 20


def recall() -> Iterator[dict[str, Any]]:
    """Yields nothing where the grants are not there."""
    if not GRANTS.exists():
        return
    running.carry_out(running.new_run(GRANTS, Options(), filename=GRANTS.name), GRANTS)
    grants = Initiative.objects.count()
    _running()
    generate(grants + MADE_UP)
    call_command("search_statistics", verbosity=0)
    learn_words()
    view, weights = current_view(), current_weights()
    shares, scored, took = [], 0, 0.0
    pks = sorted(view.at)
    texts = dict(zip(pks, prepared(pks), strict=True))
    blank = next(iter(texts.values()))
    every = together([texts.get(int(pk), blank) for pk in view.rows["pk"]])
    for pk in random.Random(7).sample(pks, ASKED):
        truth = _brute_force(view, pk, texts[pk], every, weights)
        began = time.perf_counter()
        served = finding.strongest(view, pk, weights)[: finding.KEPT]
        took += time.perf_counter() - began
        scored += SCORED
        if truth:
            least = truth[-1] - 1e-6
            shares.append(sum(found.strength >= least for found in served) / len(truth))
    number = len(pks)
    yield {
        "figure": "P7 recall@10", "value": round(float(np.mean(shares)), 4), "goal": 0.99, "initiatives": number,
        "grants": grants, "asked": len(shares), "ms_each": round(1000 * took / ASKED, 1),
    }  # fmt: skip
    share = 100 * scored / ASKED * number / (number * (number - 1) / 2)
    yield {"figure": "P7 pairs scored", "value": round(share, 3), "unit": "%", "goal": 0.1}


def _running() -> None:
    """What was granted is over; here it is to be found."""
    over = list(Initiative.objects.filter(status=Status.ENDED).values_list("pk", flat=True))
    Initiative.objects.filter(pk__in=over).update(status=Status.RUNNING, ends_on=None)
    relist(over)


def _brute_force(view: View, pk: int, text: Text, every: Texts, weights: Any) -> list[float]:
    """The strengths of the ten strongest."""
    at = view.at[pk]
    where = np.flatnonzero((view.rows["pk"] > 0) & (view.rows["lead"] != view.rows["lead"][at]))
    purpose = np.asarray(likenesses(text, every), dtype=float)[where]
    return [found.strength for found in finding.judge(view, view.one(at), where, purpose, weights, most=finding.KEPT)]


def freshness() -> Iterator[dict[str, Any]]:
    """Seconds from an edit to its pairs, where one process does both: of any initiative, and of those that reach the
    whole UK, to which all others are near. `cpu`: seconds of the processor, whatever else the machine does."""
    generate(int(os.environ.get("LARGE", LARGE)))
    learn_words()
    Profile.objects.update(found=2**40)  # all is done but what is edited now
    pks = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    wide = list(Initiative.objects.filter(reach=Reach.UK).order_by("pk").values_list("pk", flat=True))
    dice = random.Random(7)
    current_view()
    first, _cpu = _edit(pks[0])
    for name, some in (("any", dice.sample(pks, EDITS)), ("the whole UK", dice.sample(wide, WIDE_EDITS))):
        taken = [_edit(pk) for pk in some]
        elapsed, cpu = (sorted(one[at] for one in taken) for at in (0, 1))
        yield {
            "figure": f"P7 edit to fresh pairs, p95, {name}", "value": round(_p95(elapsed), 2), "unit": "s",
            "p50": round(elapsed[len(elapsed) // 2], 2), "cpu_p95": round(_p95(cpu), 2),
            "first": round(first, 1), "initiatives": len(pks),
        }  # fmt: skip


def _edit(pk: int) -> tuple[float, float]:
    """Seconds that went by, and those of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    Initiative.objects.filter(pk=pk).update(summary="Mentors meet girls who want to become engineers.")
    Profile.objects.filter(pk=pk).update(found=0)
    profile_initiatives([pk])
    finding.find_due()
    return time.perf_counter() - began, time.process_time() - worked


def _p95(ordered: Sequence[float]) -> float:
    return ordered[int(0.95 * len(ordered))]
