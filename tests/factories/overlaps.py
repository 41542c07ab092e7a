"""Pairs of initiatives and what people said of them, made the way the product makes them."""

from __future__ import annotations

from typing import Any

import factory

from initiatives.models import Initiative
from partnerships.overlaps.models import Judgement, Pair, Relation, Verdict
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import InitiativeFactory

PARTS = {
    **{"step": 1.0, "follows": 0.0, "precedes": 0.0, "support": 1.0, "otherwise": 0.0, "ages": 0.5, "focus": 0.7},
    **{"place": 1.0, "people": 0.5, "apart": 0.0, "time": 1.0, "tags": 0.0, "partners": 0.0, "purpose": 0.6},
}


class PairFactory(factory.django.DjangoModelFactory[Pair]):
    """A pair as the finder keeps it, of two initiatives of Middlesbrough led by two organisations."""

    class Meta:
        model = Pair

    low = factory.SubFactory(InitiativeFactory)
    high = factory.SubFactory(InitiativeFactory)
    relation = Relation.OVERLAP
    strength = 0.8
    parts = factory.LazyFunction(lambda: dict(PARTS))


class JudgementFactory(factory.django.DjangoModelFactory[Judgement]):
    """Said by somebody for the organisation that leads `low`; `organisation=None`: as a coordinator."""

    class Meta:
        model = Judgement

    low = factory.SubFactory(InitiativeFactory)
    high = factory.SubFactory(InitiativeFactory)
    verdict = Verdict.OVERLAP
    user = factory.SubFactory(UserFactory)
    organisation = factory.SelfAttribute("low.lead_organisation")
    behalf = factory.LazyAttribute(lambda told: told.organisation.name if told.organisation else "")
    parts = factory.LazyFunction(lambda: dict(PARTS))


def two_initiatives(**of_both: Any) -> tuple[Initiative, Initiative]:
    """Led by two organisations, the smaller id first."""
    return InitiativeFactory(**of_both), InitiativeFactory(**of_both)
