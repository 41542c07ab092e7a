"""What is close to a draft, before anybody else sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from initiatives.models import Initiative
from initiatives.queries.cards import Card, cards_by_id
from partnerships.overlaps.candidates import candidates
from partnerships.overlaps.domain.finding import judge
from partnerships.overlaps.domain.profiling import profile_of
from partnerships.overlaps.models import Relation
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.shelf import current_view
from partnerships.overlaps.texts import purposes_of_text
from partnerships.overlaps.traits import one_of
from texts.markdown import plain_text
from texts.vocabulary import label_of

SHOWN = 3
_PURPOSE = 0.3  # until the few likeliest are read


@dataclass(frozen=True)
class CloseToDraft:
    card: Card
    label: str  # what it is to the draft


def close_to_draft(draft: Initiative) -> list[CloseToDraft]:
    """The closest three, with what they are to it: by its traits, and of the likeliest by their texts, too."""
    view, weights = current_view(), current_weights()
    profile = profile_of(
        draft,
        [place.pk for place in draft.places.all()],
        [tag.pk for tag in draft.tags.all() if tag.pk],
        [partner.organisation_id for partner in draft.partners.all()],
        [intake.closes_on for intake in draft.intakes.all() if intake.closes_on],
    )
    one = one_of(profile)
    where = candidates(view, one, weights, (), np.full(len(view.rows), _PURPOSE))
    where = where[view.rows["pk"][where] != draft.pk]
    if not len(where):
        return []
    text = f"{draft.title}. {draft.summary} {plain_text(draft.description)}"
    found = judge(view, one, where, purposes_of_text(text, view.rows["pk"][where].tolist()), weights)
    found = [near for near in found if near.relation != Relation.TWIN][:SHOWN]  # who is near by
    shown = cards_by_id([near.other for near in found], live=True)
    return [CloseToDraft(shown[near.other], label_of(Relation, near.relation)) for near in found if near.other in shown]
