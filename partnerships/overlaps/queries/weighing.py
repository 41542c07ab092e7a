"""The weights in use, and what they were learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.overlaps.domain.learning import FEWEST, Example
from partnerships.overlaps.labels import PART_LABELS
from partnerships.overlaps.models import Judgement, Relation, Verdict, Weighting
from partnerships.overlaps.relations import SHIPPED, Weights

FEWEST_ORGANISATIONS = 2  # nothing is ever learned from one alone
FEWEST_JUDGES = 2  # or from one person
HISTORY = 50


def current_weights() -> Weights:
    """Those learned or turned back to last, else those that are shipped. One query."""
    newest = Weighting.objects.order_by("-pk").first()
    return newest.weights if newest else SHIPPED


@dataclass(frozen=True)
class Lesson:
    """What weights may be learned from at present."""

    examples: tuple[Example, ...]
    organisations: int
    judges: int = 0

    @property
    def is_enough(self) -> bool:
        several = self.organisations >= FEWEST_ORGANISATIONS and self.judges >= FEWEST_JUDGES
        return len(self.examples) >= FEWEST and several


def lesson() -> Lesson:
    """What counts of what people said, since weights were last turned back: what was learned from before is not to
    bring them again. That two work together already says nothing of what they are to each other. Two queries."""
    rows = Judgement.objects.filter(counts=True).exclude(verdict=Verdict.TOGETHER).exclude(parts={})
    turned = Weighting.objects.exclude(note="").order_by("-pk").first()
    if turned:
        rows = rows.filter(made_at__gt=turned.made_at)
    told = rows.order_by("pk").values_list("parts", "verdict", "organisation", "behalf", "user", "forward")
    examples = tuple(
        Example(parts, verdict, organisation or behalf or None, user, forward)
        for parts, verdict, organisation, behalf, user, forward in told
    )
    organisations = {one.organisation for one in examples} - {None}
    return Lesson(examples, len(organisations), len({one.judge for one in examples}))


@dataclass(frozen=True)
class Line:
    """One part's weight in a relation: as shipped and as it is in use."""

    label: str
    shipped: float
    now: float

    @property
    def change(self) -> float:
        return round(self.now - self.shipped, 3)

    @property
    def less(self) -> float:
        return -self.change


@dataclass(frozen=True)
class Table:
    relation: str
    label: str
    lines: tuple[Line, ...]


def tables(weights: Weights) -> tuple[Table, ...]:
    """Each relation's weights beside the shipped ones, the constant first."""
    return tuple(
        Table(
            relation.value,
            str(relation.label),
            tuple(
                Line(str(label), SHIPPED[relation].get(part, 0.0), weights[relation].get(part, 0.0))
                for part, label in PART_LABELS.items()
                if part in SHIPPED[relation] or part in weights[relation]
            ),
        )
        for relation in Relation
    )


def history() -> Sequence[Weighting]:
    """The newest sets of weights first; the first of them is in use."""
    return list(Weighting.objects.select_related("made_by").order_by("-pk")[:HISTORY])
