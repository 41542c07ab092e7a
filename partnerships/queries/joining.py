"""What an organisation reads that an amendment asks to join: the proposed version, and what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from organisations.models import Organisation
from partnerships.models import Partnership, Version
from partnerships.permissions import acts_for_invited, invited_to
from partnerships.queries.asking import Ask, whom_to_ask
from partnerships.queries.naming import Named, Names, initiatives_named, organisation_named, places_named
from partnerships.queries.versions import Answer, Difference, answer, differences_between, versions_of


@dataclass(frozen=True)
class JoiningParty:
    """`is_agreed`: to this version."""

    named: Named
    role: str
    brings: str
    is_agreed: bool


@dataclass(frozen=True)
class JoiningPage:
    """`own`: the invited ones that the person acts for; `to_agree`: those of them that have not agreed yet."""

    partnership: Partnership
    version: Version
    parties: Sequence[JoiningParty]
    places: Sequence[Named]
    initiatives: Sequence[Named]
    differences: Sequence[Difference]
    requests: Sequence[Answer]  # their own alone
    own: Sequence[Organisation]
    to_agree: Sequence[Organisation]
    asks: Sequence[Ask]


def joining_page(user: Any, partnership: Partnership) -> JoiningPage:
    """The same number of queries however many parties. Asks that the person is asked to join."""
    versions = versions_of(partnership)
    newest = next(one for one in versions if one.number == partnership.latest)
    stands = next(one for one in versions if one.pk == partnership.stands_id)
    names = Names(versions)
    invited = invited_to(partnership)
    theirs = {one.pk for one in invited}
    agreed = {one.organisation_id for one in newest.agreements.all()}
    own = acts_for_invited(user, partnership)
    return JoiningPage(
        partnership=partnership,
        version=newest,
        parties=[
            JoiningParty(
                organisation_named(newest, party.organisation),
                party.get_role_display(),
                party.brings,
                party.organisation_id in agreed,
            )
            for party in newest.parties.all()
        ],
        places=places_named(newest),
        initiatives=initiatives_named(newest),
        differences=differences_between(stands, newest),
        requests=[answer(names, newest, one) for one in newest.change_requests.all() if one.organisation_id in theirs],
        own=own,
        to_agree=[one for one in own if one.pk not in agreed],
        asks=[] if own else whom_to_ask(user, invited),
    )
