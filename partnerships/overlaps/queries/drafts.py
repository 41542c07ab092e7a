"""What is close to a draft, before anybody else sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Case, IntegerField, Q, When
from django.db.models.expressions import OrderBy

from initiatives.models import Initiative, ReachedPlace
from initiatives.queries.cards import Card, cards_by_id
from partnerships.overlaps.candidates import BOX, candidates
from partnerships.overlaps.domain.finding import judge
from partnerships.overlaps.domain.profiling import profile_of
from partnerships.overlaps.models import Profile, Relation
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.shelf import view_of
from partnerships.overlaps.texts import purposes_of_text
from partnerships.overlaps.traits import one_of
from places.models import PlaceKind
from places.queries import gazetteer
from texts.markdown import plain_text
from texts.vocabulary import label_of

SHOWN = 3
LOOKED_AT = 500
_WIDE = (PlaceKind.UK, PlaceKind.NATION)  # of what lies within them not everything is near
_PURPOSE = 0.3  # until the few likeliest are read


@dataclass(frozen=True)
class CloseToDraft:
    card: Card
    label: str  # what it is to the draft


def close_to_draft(draft: Initiative) -> list[CloseToDraft]:
    """The closest three, with what they are to it: by its traits, and of the likeliest by their texts, too."""
    profile = profile_of(
        draft,
        [place.pk for place in draft.places.all()],
        [tag.pk for tag in draft.tags.all() if tag.pk],
        [partner.organisation_id for partner in draft.partners.all()],
        [intake.closes_on for intake in draft.intakes.all() if intake.closes_on],
    )
    view, weights, one = view_of(_near(profile)), current_weights(), one_of(profile)
    where = candidates(view, one, weights, tuple, np.full(len(view.rows), _PURPOSE))
    where = where[view.rows["pk"][where] != draft.pk]
    if not len(where):
        return []
    text = f"{draft.title}. {draft.summary} {plain_text(draft.description)}"
    found = judge(view, one, where, purposes_of_text(text, view.rows["pk"][where].tolist()), weights)
    found = [near for near in found if near.relation != Relation.TWIN][:SHOWN]  # who is near by
    shown = cards_by_id([near.other for near in found], live=True)
    return [CloseToDraft(shown[near.other], label_of(Relation, near.relation)) for near in found if near.other in shown]


def _near(draft: Profile) -> Iterator[Profile]:
    """Who acts where the draft does, or meets near by: of many in a place those at the same transition, with the same
    support, and the newest; never more than a page can wait for."""
    around = [code for place in draft.places for code in gazetteer().ancestors(place)]
    narrow = [code for code in draft.places if gazetteer()[code].kind not in _WIDE]
    here = ReachedPlace.objects.filter(
        Q(place__in=narrow) | Q(place__in=draft.places, declared=True) | Q(place__in=around, declared=True)
    )
    near = Q(initiative__in=here.values("initiative"))
    if draft.latitude is not None and draft.longitude is not None:
        near |= Q(
            latitude__range=(draft.latitude - BOX, draft.latitude + BOX),
            longitude__range=(draft.longitude - BOX, draft.longitude + BOX),
        )
    alike = [_shares("transitions", draft.transitions), _shares("support", draft.support)]
    rows = Profile.objects.filter(near).exclude(lead_id=draft.lead_id)
    return rows.order_by(*alike, "-changed_at", "-pk")[:LOOKED_AT].iterator()


def _shares(name: str, words: Sequence[str]) -> OrderBy:
    """First those that have one of these words."""
    return Case(When(**{f"{name}__any_of": words}, then=0), default=1, output_field=IntegerField()).asc()
