"""What an initiative must say before it can be cleared, page by page of the wizard."""

from __future__ import annotations

from django.utils.translation import gettext as _

from initiatives.models import Initiative
from places.models import PlaceKind
from texts.vocabulary import Reach

STEPS = ("what", "whom", "where", "when", "with")


def missing_answers(draft: Initiative) -> dict[str, list[str]]:
    """Step → sentences that say what is missing; empty where nothing is."""
    missing: dict[str, list[str]] = {step: [] for step in STEPS}
    if not draft.title:
        missing["what"].append(_("Give it a title."))
    if not draft.summary:
        missing["what"].append(_("Say in one or two sentences what it is."))
    if not draft.support:
        missing["what"].append(_("Choose at least one kind of support."))
    if not draft.stages:
        missing["whom"].append(_("Choose at least one stage."))
    if not draft.reach:
        missing["where"].append(_("Say how far it reaches."))
    elif (kind := PLACES_NEEDED.get(draft.reach)) and not any(place.kind == kind for place in draft.places.all()):
        missing["where"].append(_("Name at least one place."))
    if not draft.how_to_join:
        missing["when"].append(_("Say how people join."))
    if not (draft.contact_email or draft.contact_phone or draft.website):
        missing["when"].append(_("Give an e-mail address, a telephone number or a web page."))
    return {step: sentences for step, sentences in missing.items() if sentences}


PLACES_NEEDED = {
    Reach.AUTHORITIES.value: PlaceKind.AUTHORITY,
    Reach.REGION.value: PlaceKind.REGION,
    Reach.NATION.value: PlaceKind.NATION,
}
