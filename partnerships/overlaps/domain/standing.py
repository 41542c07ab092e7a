"""What people said of a pair, as far as it changes where the pair is shown.

Which of several words holds, in this order:

1. *Duplicate*, whoever said it: a moderator looks at it. Only a coordinator or a moderator who says afterwards that the
   two are not related settles it; else whoever entered an initiative twice could hide that.
2. *Not related*, whoever said it and whatever others say: the pair is set aside until its parts have changed enough
   since the newest such word. Then it is no longer set aside, and `changed` names what differs.
3. *Working together*, whoever said it.

Everything else (overlap, next step, complement, twin) tells what they are to each other and leaves the pair open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partnerships.overlaps.models import Judgement, Pair, Standing, Verdict

ENOUGH_OF_ONE = 0.25  # that any one part differs by
ENOUGH_OF_ALL = 0.5  # that all of them together differ by
WORTH_NAMING = 0.05
_MADE_OF_OTHERS = ("apart", "people", "otherwise")  # of place, ages and support, which must not count twice
DECISIVE = (Verdict.UNRELATED.value, Verdict.TOGETHER.value, Verdict.DUPLICATE.value)


@dataclass(frozen=True)
class Said:
    """One judgement that counts. `by_side`: for one of the two organisations, not as a coordinator or moderator."""

    verdict: str
    by_side: bool
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Stand:
    """`changed`: the parts that differ from when the pair was set aside, the most different first."""

    standing: str
    changed: tuple[str, ...] = ()


def stand(said: Sequence[Said], parts: Mapping[str, float]) -> Stand:
    """Where a pair stands after what was `said`, the newest first, now that its parts are these."""
    if _is_duplicate(said):
        return Stand(Standing.DUPLICATE.value)
    aside = next((one for one in said if one.verdict == Verdict.UNRELATED), None)
    changed = changes(aside.parts, parts) if aside else ()
    if aside and not changed:
        return Stand(Standing.SET_ASIDE.value)
    together = any(one.verdict == Verdict.TOGETHER for one in said)
    return Stand(Standing.TOGETHER.value if together else Standing.OPEN.value, changed)


def _is_duplicate(said: Sequence[Said]) -> bool:
    for one in said:
        if one.verdict == Verdict.DUPLICATE:
            return True
        if one.verdict == Verdict.UNRELATED and not one.by_side:
            return False
    return False


def changes(before: Mapping[str, float], now: Mapping[str, float]) -> tuple[str, ...]:
    """The parts that differ, the most different first; none where that is not enough to look at the pair again. What
    is known of only one of the two moments is not compared."""
    differences = {
        name: abs(now[name] - value) for name, value in before.items() if name in now and name not in _MADE_OF_OTHERS
    }
    most, total = max(differences.values(), default=0.0), sum(differences.values())
    if round(most, 6) < ENOUGH_OF_ONE and round(total, 6) < ENOUGH_OF_ALL:
        return ()
    named = [name for name, value in differences.items() if value >= min(WORTH_NAMING, most)]
    return tuple(sorted(named, key=lambda name: (-differences[name], name)))


def restand(pairs: Sequence[Pair]) -> None:
    """Set the standing of these, stored or not, from what counts of what was said. One query; nothing is written."""
    said = _said(pairs) if pairs else {}
    for pair in pairs:
        now = stand(said.get((pair.low_id, pair.high_id), ()), pair.parts)
        pair.standing, pair.changed = now.standing, list(now.changed)


def _said(pairs: Sequence[Pair]) -> Mapping[tuple[int, int], Sequence[Said]]:
    rows = Judgement.objects.filter(
        counts=True,
        verdict__in=DECISIVE,
        low__in={pair.low_id for pair in pairs},
        high__in={pair.high_id for pair in pairs},
    )
    found: defaultdict[tuple[int, int], list[Said]] = defaultdict(list)
    for low, high, verdict, organisation, behalf, parts in rows.order_by("-made_at", "-pk").values_list(
        "low", "high", "verdict", "organisation", "behalf", "parts"
    ):
        found[low, high].append(Said(verdict, organisation is not None or behalf != "", parts))
    return found
