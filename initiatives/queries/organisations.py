"""What an organisation does: the half of its page that the registry knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from initiatives.models import Freshness, Initiative, Partner, Status
from initiatives.queries.cards import Card, cards
from initiatives.queries.reading import Stone, journey_of
from organisations.models import Organisation
from places.queries import PlaceFacts, gazetteer

SHOWN = 30


@dataclass(frozen=True)
class OrganisationWork:
    """What it leads, takes part in, did not confirm, has ended; where; with whom. At most `SHOWN` of each are read."""

    leads: Sequence[Card]
    takes_part: Sequence[Card]
    doubted: Sequence[Card]
    ended: Sequence[Card]
    stones: Sequence[Stone]
    places: Sequence[PlaceFacts]
    partners: Sequence[Organisation]


def work_of(organisation: Organisation) -> OrganisationWork:
    """The public initiatives of an organisation, in a fixed number of queries."""
    public = Initiative.objects.filter(live=True).order_by("-first_published_at", "-pk")
    columns = ("pk", "status", "freshness", "stages")
    led = list(public.filter(lead_organisation=organisation).values_list(*columns)[: SHOWN * 2])
    ended = [pk for pk, status, _fresh, _stages in led if status == Status.ENDED]
    doubted = [pk for pk, status, fresh, _stages in led if status != Status.ENDED and fresh == Freshness.HIDDEN]
    over = {*ended, *doubted}
    running = [pk for pk, *_rest in led if pk not in over][:SHOWN]
    ended, doubted = ended[:SHOWN], doubted[:SHOWN]
    joined = list(
        public.exclude(lead_organisation=organisation)
        .exclude(status=Status.ENDED)
        .exclude(freshness=Freshness.HIDDEN)
        .filter(pk__in=Partner.objects.filter(organisation=organisation).values("initiative_id"))
        .values_list("pk", flat=True)[:SHOWN]
    )
    shown = [*running, *joined, *doubted, *ended]
    by_id = dict(zip(shown, cards(shown), strict=True)) if shown else {}
    stages = {stage for pk, _status, _fresh, stages in led if pk in running for stage in stages}
    return OrganisationWork(
        leads=[by_id[pk] for pk in running],
        takes_part=[by_id[pk] for pk in joined],
        doubted=[by_id[pk] for pk in doubted],
        ended=[by_id[pk] for pk in ended],
        stones=journey_of(tuple(stages)),
        places=_places(running + joined),
        partners=_partners(organisation, running + joined),
    )


def _places(ids: Sequence[int]) -> list[PlaceFacts]:
    """The places they name, the commonest first."""
    gaz = gazetteer()
    codes = Counter(Initiative.places.through.objects.filter(initiative_id__in=ids).values_list("place_id", flat=True))
    return [gaz[code] for code, _number in codes.most_common(SHOWN) if code in gaz]


def _partners(organisation: Organisation, ids: Sequence[int]) -> list[Organisation]:
    """Who stands beside it in these initiatives."""
    beside = Q(partnered__initiative_id__in=ids) | Q(led_initiatives__in=ids)
    found = Organisation.objects.filter(beside, is_public=True).exclude(pk=organisation.pk)
    return list(found.distinct().order_by("name")[:SHOWN])
