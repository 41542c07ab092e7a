"""One pair in full, whether it was kept or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from partnerships.overlaps import phrases
from partnerships.overlaps.domain.comparing import parts_between
from partnerships.overlaps.labels import part_label
from partnerships.overlaps.models import Pair, Relation
from partnerships.overlaps.parts import PARTS
from partnerships.overlaps.queries.facts import Side, sides
from partnerships.overlaps.queries.showing import Shown, shown_first
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.relations import Weights, score
from partnerships.overlaps.texts import telling
from places.queries import gazetteer
from texts.vocabulary import Stage, Transition, label_of


@dataclass(frozen=True)
class Part:
    label: str
    percent: int
    weight: float | None  # in the relation that they are in; none where it does not count there


@dataclass(frozen=True)
class Compared:
    """`parts`: those that count most first. `relations`: label and percent of all four."""

    shown: Shown
    initiatives: tuple[Initiative, Initiative]
    parts: tuple[Part, ...]
    relations: tuple[tuple[str, int], ...]
    is_kept: bool  # else they are not close enough to be shown anywhere


def compared(low: int, high: int) -> Compared | None:
    """None where one of them is not public."""
    known = sides((low, high))
    both = Initiative.objects.filter(pk__in=(low, high), live=True).select_related("lead_organisation").order_by("pk")
    initiatives = list(both)
    if len(known) < 2 or len(initiatives) < 2:
        return None
    weights = current_weights()
    pair = Pair.objects.filter(low=low, high=high).first() or fresh_pair(low, high, weights)
    weighed = weights[pair.relation]
    named = {name: weighed.get(name) for name in PARTS if name in pair.parts}
    ordered = sorted(named, key=lambda name: -abs(named[name] or 0.0) * pair.parts[name])
    return Compared(
        shown_first(pair, known, weights, terms=_terms(known[low], known[high])),
        (initiatives[0], initiatives[1]),
        tuple(Part(part_label(name), round(100 * pair.parts[name]), named[name]) for name in ordered),
        tuple((label_of(Relation, name), round(100 * pair.scores.get(name, 0.0))) for name in Relation.values),
        pair.pk is not None,
    )


def _terms(low: Side, high: Side) -> list[str]:
    """Telling words of both texts; places and organisations are named already."""
    names = [gazetteer()[code].name for side in (low, high) for code in side.codes if code in gazetteer()]
    named = [name for side in (low, high) for _pk, name in side.organisations]
    return telling(low.pk, high.pk, besides=" ".join([*names, *named]))


def fresh_pair(low: int, high: int, weights: Weights) -> Pair:
    """Two that were not kept, scored now; of those that are over nothing is known."""
    parts = parts_between(low, high)
    if not parts:
        nothing = dict.fromkeys(PARTS, 0.0)
        return Pair(low_id=low, high_id=high, relation=Relation.OVERLAP, strength=0.0, parts=nothing)
    scored = score({name: np.array([value]) for name, value in parts.items()}, weights)
    strength, relation = scored.best()
    return Pair(
        low_id=low,
        high_id=high,
        relation=Relation.values[relation[0]],
        strength=float(strength[0]),
        forward=bool(scored.forward[0]),
        scores={name: round(float(values[0]), 3) for name, values in scored.scores.items()},
        parts=parts,
    )


@dataclass(frozen=True)
class Row:
    """A fact of both."""

    label: str
    one: str
    other: str


def beside(one: Side, other: Side) -> list[Row]:
    """Their facts side by side; what neither has is left out."""
    rows = [
        Row(_("Led by"), one.lead, other.lead),
        Row(_("What"), one.summary, other.summary),
        Row(_("Support"), *(phrases.support_words(side.support) for side in (one, other))),
        Row(_("Ages"), *(phrases.ages_of(side) for side in (one, other))),
        Row(_("Transition"), *(phrases.words(Transition, side.transitions) for side in (one, other))),
        Row(_("Stage"), *(phrases.words(Stage, side.stages) for side in (one, other))),
        Row(_("Above all for"), *(phrases.focus_words(side.focus) or _("everyone") for side in (one, other))),
        Row(_("Where"), one.place, other.place),
        Row(_("People can join in"), *(phrases.months(side.months) for side in (one, other))),
        Row(_("Tags"), *(", ".join(sorted(side.tags)) for side in (one, other))),
    ]
    return [row for row in rows if row.one or row.other]
