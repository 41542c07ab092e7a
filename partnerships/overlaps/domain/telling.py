"""Tell people of new strong pairs: one line for each, however many there are, with the reason of the strongest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Coordination
from initiatives.models import ReachedPlace
from notifications.domain.notifying import News, notify
from notifications.kinds import Frequency, Kind
from organisations.models import Membership, Organisation
from organisations.permissions import WRITERS
from partnerships.overlaps.domain.remembering import keep_told
from partnerships.overlaps.models import Pair, Standing
from partnerships.overlaps.queries.showing import STRONG, Shown, shown
from places.queries import UK_CODE, gazetteer

OVERLAP = "overlap"
KIND = Kind(OVERLAP, _("Initiatives that are close to your organisation’s, or in your place"), Frequency.WEEKLY)
BATCH = 200


def tell_new_pairs() -> int:
    """Tell of every strong pair that nobody was told of yet, each once. Gives how many pairs."""
    number = 0
    while told := _tell_some():
        number += told
    return number


@transaction.atomic
def _tell_some() -> int:
    waiting = Pair.objects.filter(told_at=None, strength__gte=STRONG, standing=Standing.OPEN, agreed=False)
    strongest = list(waiting.order_by("-strength", "pk").values_list("pk", flat=True)[:BATCH])
    # Locked in the one order that all who change pairs keep; what has changed meanwhile is left out.
    pairs = list(waiting.select_for_update().filter(pk__in=strongest).order_by("pk"))
    if not pairs:
        return 0
    pairs.sort(key=lambda pair: (-pair.strength, pair.pk))
    known = shown(pairs)
    _tell_organisations(known)
    _tell_coordinators(known)
    keep_told(pairs, timezone.now())
    return len(pairs)


def _tell_organisations(pairs: Sequence[Shown]) -> None:
    """Owners and editors of whoever leads either."""
    by_lead: defaultdict[int, list[Shown]] = defaultdict(list)
    for pair in pairs:
        for lead in {pair.one.lead_id, pair.other.lead_id}:
            by_lead[lead].append(pair)
    writers: defaultdict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(organisation__in=by_lead, role__in=WRITERS, user__is_active=True)
    for organisation, user in rows.values_list("organisation_id", "user_id"):
        writers[organisation].append(user)
    slugs = dict(Organisation.objects.filter(pk__in=writers, is_public=True).values_list("pk", "slug"))
    for lead, slug in slugs.items():
        path = reverse("close-to-organisation", args=[slug])
        notify(_news(f"close:{lead}", path, by_lead[lead]), dict.fromkeys(writers[lead], len(by_lead[lead])))


def _tell_coordinators(pairs: Sequence[Shown]) -> None:
    """Of places that both reach, each by their own place's board."""
    reached: defaultdict[str, set[int]] = defaultdict(set)
    ids = {side.pk for pair in pairs for side in (pair.one, pair.other)}
    people: defaultdict[str, list[int]] = defaultdict(list)
    for place, user in Coordination.objects.filter(user__is_active=True).values_list("place_id", "user_id"):
        people[place].append(user)
    rows = ReachedPlace.objects.filter(initiative__in=ids, place__in=people).exclude(place=UK_CODE)
    for place, initiative in rows.values_list("place_id", "initiative_id"):
        reached[place].add(initiative)
    for place, initiatives in reached.items():
        some = [pair for pair in pairs if {pair.one.pk, pair.other.pk} <= initiatives]
        facts = gazetteer().get(place)
        if some and facts:
            path = f"{reverse('overlap-board')}?place={facts.slug}"
            notify(_news(f"close-in:{place}", path, some, facts.name), dict.fromkeys(people[place], len(some)))


def _news(about: str, path: str, pairs: Sequence[Shown], place: str = "") -> News:
    def title(number: int) -> str:
        if place:
            return ngettext(
                "%(number)d new pair that could work together in %(place)s",
                "%(number)d new pairs that could work together in %(place)s",
                number,
            ) % {"number": number, "place": place}
        return ngettext(
            "%(number)d initiative is new and close to your work",
            "%(number)d initiatives are new and close to your work",
            number,
        ) % {"number": number}

    strongest = max(pairs, key=lambda pair: pair.pair.strength)
    return News(OVERLAP, title, path, about, 0, detail=strongest.reasons.first, grows=True)
