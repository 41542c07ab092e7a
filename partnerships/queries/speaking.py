"""For whom a person can act at this moment: whose notice ran out this morning reads on until the daily run, and acts no
more."""

from __future__ import annotations

from typing import Any

from organisations.models import Organisation
from partnerships.domain.settling import current_parties
from partnerships.models import Partnership
from partnerships.permissions import acts_for


def speaks_for(user: Any, partnership: Partnership) -> list[Organisation]:
    """The parties bound today that this person is an owner or editor of, by name."""
    own = acts_for(user, partnership)
    bound = current_parties(partnership) if own else set()
    return [one for one in own if one.pk in bound]
