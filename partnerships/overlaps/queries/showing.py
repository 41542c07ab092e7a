"""Pairs as pages show them: both sides, why, and what people said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnerships.overlaps.models import Pair, Relation, Standing
from partnerships.overlaps.permissions import Person
from partnerships.overlaps.queries.facts import Side, sides
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.reasons import Reasons, reasons
from partnerships.overlaps.relations import Weights
from partnerships.queries.together import working_together
from texts.vocabulary import label_of

STRONG = 0.75


@dataclass(frozen=True)
class Shown:
    """A pair seen from `one`. Of a next step `one` comes first where `forward`. `together`: a partnership in force
    names both, as far as whoever reads it may know."""

    pair: Pair
    url: str
    relation: str
    label: str
    one: Side
    other: Side
    forward: bool
    reasons: Reasons
    together: bool = False

    @property
    def is_strong(self) -> bool:
        return self.pair.strength >= STRONG

    @property
    def earlier(self) -> Side:
        """Of a next step; else the first side."""
        return self.other if self.relation == Relation.NEXT_STEP and not self.forward else self.one

    @property
    def later(self) -> Side:
        return self.one if self.earlier is self.other else self.other

    @property
    def standing(self) -> str:
        """What people said of it or agreed on, "" where it is open."""
        if self.pair.standing == Standing.OPEN:
            return label_of(Standing, Standing.TOGETHER) if self.together else ""
        return label_of(Standing, self.pair.standing)


def shown(pairs: Sequence[Pair], *, seen_from: Iterable[int] = (), reader: Person = None) -> list[Shown]:
    """Seven queries however many; a pair of which one is no longer public is left out. `seen_from`: initiatives that
    stand on the first side; without them whichever comes first does. `reader`: partnerships count that they
    may see; without one those with a public summary, for what everyone reads."""
    first = set(seen_from)
    known = sides({pk for pair in pairs for pk in (pair.low_id, pair.high_id)})
    weights, agreed = current_weights(), [(pair.low_id, pair.high_id) for pair in pairs if pair.agreed]
    together = working_together(agreed, public=reader is None, reader=reader)
    return [
        shown_first(pair, known, weights, first, together=(pair.low_id, pair.high_id) in together)
        for pair in pairs
        if pair.low_id in known and pair.high_id in known
    ]


def shown_first(
    pair: Pair,
    known: dict[int, Side],
    weights: Weights,
    first: Collection[int] = (),
    terms: Sequence[str] = (),
    *,
    together: bool = False,
) -> Shown:
    """`first`: initiatives of which one stands on the first side."""
    if first:
        turned = pair.high_id in first and pair.low_id not in first
    else:
        turned = pair.relation == Relation.NEXT_STEP and not pair.forward
    one, other = known[pair.low_id], known[pair.high_id]
    forward = pair.forward
    if turned:
        one, other, forward = other, one, not forward
    return Shown(
        pair=pair,
        url=pair.get_absolute_url(),
        relation=pair.relation,
        label=relation_label(pair, turned=turned),
        one=one,
        other=other,
        forward=forward,
        together=together,
        reasons=reasons(
            one,
            other,
            pair.relation,
            pair.parts,
            weights[pair.relation],
            forward=forward,
            on_record=pair.on_record,
            terms=terms,
        ),
    )


def relation_label(pair: Pair, *, turned: bool = False) -> str:
    """Seen from one side a next step is what comes after, or what comes before."""
    if pair.relation != Relation.NEXT_STEP:
        return label_of(Relation, pair.relation)
    return _("Next step") if pair.forward != turned else _("Step before")
