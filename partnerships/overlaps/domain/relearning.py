"""New weights from what people said, and back to earlier ones. Every set is kept; the newest is in use."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from accounts.models import User
from partnerships.overlaps.domain.errors import NotAllowed
from partnerships.overlaps.domain.learning import learn
from partnerships.overlaps.models import Profile, Weighting
from partnerships.overlaps.permissions import can_turn_back
from partnerships.overlaps.queries.weighing import current_weights, lesson
from partnerships.overlaps.relations import SHIPPED, Weights

NOTICED = 0.01  # a weight that changes by less is the same


@transaction.atomic
def relearn() -> Weighting | None:
    """Learn anew from all that counts. None where that is too little, or the weights come out as they are."""
    found = lesson()
    if not found.is_enough:
        return None
    weights = learn(found.examples)
    if _are_alike(weights, current_weights()):
        return None
    weighting = Weighting.objects.create(
        weights=weights, judgements=len(found.examples), organisations=found.organisations
    )
    log(instance=weighting, action="overlaps.learn", data={"judgements": weighting.judgements})
    find_all_anew()
    return weighting


@transaction.atomic
def turn_back(weighting: Weighting | None, *, user: User, note: str) -> Weighting:
    """Use the weights of an earlier set again, or those that are shipped. What was said so far teaches nothing any
    more, or the next day would bring the weights back. Raises NotAllowed, and ValueError without a note."""
    if not can_turn_back(user):
        raise NotAllowed
    if not note:
        raise ValueError("say why")  # the note is also what tells it from a learned one
    made = Weighting.objects.create(
        weights=weighting.weights if weighting else SHIPPED,
        judgements=weighting.judgements if weighting else 0,
        organisations=weighting.organisations if weighting else 0,
        note=note,
        made_by=user,
    )
    log(instance=made, action="overlaps.turn-back", user=user, data={"to": weighting.pk if weighting else "shipped"})
    find_all_anew()
    return made


def find_all_anew() -> None:
    """Every pair is due. Rows are locked in the order of their ids, as whoever profiles many takes them."""
    keys = Profile.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    for _key in keys.iterator(chunk_size=10_000):
        pass
    Profile.objects.update(noted=F("noted") + 1)


def _are_alike(one: Weights, other: Weights) -> bool:
    """Whether no weight differs by as much as anybody would notice."""
    if one.keys() != other.keys() or any(one[key].keys() != other[key].keys() for key in one):
        return False
    return all(
        abs(weight - other[relation][part]) < NOTICED for relation in one for part, weight in one[relation].items()
    )
