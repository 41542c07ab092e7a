"""What an address says a new partnership begins with: organisations, places and initiatives."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.domain.terms import MOST_PARTIES
from partnerships.forms.places import as_typed
from partnerships.models import PartyRole


@dataclass(frozen=True)
class Start:
    initial: dict[str, Any]
    rows: list[dict[str, Any]]


def started(given: QueryDict, own: Sequence[Organisation]) -> Start:
    """Public things alone; whatever is none is passed over. One's own organisation is the first party."""
    initiatives = list(Initiative.objects.filter(pk__in=_numbers(given, "initiative"), live=True))
    wanted = [*_numbers(given, "organisation"), *(one.lead_organisation_id for one in initiatives)]
    own_ids = [one.pk for one in own]
    public = set(Organisation.objects.filter(pk__in=wanted, is_public=True).values_list("pk", flat=True))
    chosen = [pk for pk in dict.fromkeys(wanted) if pk in public or pk in own_ids]
    mine = [pk for pk in chosen if pk in own_ids] or own_ids[:1]
    parties = [*mine, *(pk for pk in chosen if pk not in mine)][:MOST_PARTIES]
    places = list(dict.fromkeys(given.getlist("place")))[:10] or _places_of(initiatives)
    initial = {
        "client_id": uuid.uuid4().hex,
        "organisation": mine[0],
        "where": as_typed(places),
        "initiatives": [one.pk for one in initiatives],
    }
    roles = [PartyRole.LEADS.value] + [PartyRole.DELIVERS.value] * len(parties)
    rows = [{"organisation": pk, "role": role, "brings": ""} for pk, role in zip(parties, roles, strict=False)]
    return Start(initial, rows)


def _places_of(initiatives: Sequence[Initiative]) -> list[str]:
    """Those that all of them reach."""
    reached = [set(one.places.values_list("pk", flat=True)) for one in initiatives]
    return sorted(set.intersection(*reached))[:10] if reached else []


def _numbers(given: QueryDict, name: str) -> list[int]:
    texts = given.getlist(name)[:MOST_PARTIES]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10]
