"""Loading the made-up data once: in bulk, without an e-mail, and never over what somebody typed since."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.domain.granting import (
    ensure_groups,
    grant_coordination,
    make_administrator,
    make_editor,
    make_moderator,
    make_safeguarding_contact,
)
from accounts.models import User
from demo.domain import reading
from demo.domain.gaps import load_gaps
from demo.domain.partnering import load_partnerships
from demo.domain.registering import load_initiatives
from demo.domain.remembering import load_changes, load_missed, load_months
from demo.domain.reporting import load_reports
from demo.domain.searching import load_searches
from demo.domain.tagging import load_tags
from demo.domain.talking import load_threads
from initiatives.models import Initiative
from notifications.announcing import announce_within
from organisations.domain.proposing import propose_duplicates
from organisations.events import OrganisationsChanged
from organisations.identifiers import parse_org_id
from organisations.models import Claim, Identifier, Membership, Organisation
from organisations.registers.domain.loading import load_register
from partnerships.need.domain.loading import load_need
from partnerships.overlaps.domain.finding import find_due
from places.models import Place
from places.postcodes import parse_postcode
from search.domain.hearing import catch_up
from texts.slugs import free_slug, slug_of

SOURCE = "Made up for the demo"
PASSWORD = "stepping stones"  # noqa: S105  printed for everyone who tries the demo
BATCH = 500


class NotForDemo(Exception):
    """The database holds what real people wrote: nobody with a printed password may be put beside it."""


@transaction.atomic
def load_demo() -> bool:
    """Put the demo's organisations, people and initiatives in. Gives False where they are in already.

    Raises NotForDemo where the database holds people or initiatives that are not the demo's.
    """
    if User.objects.filter(email__in=[person["email"] for person in reading.people()]).exists():
        return False
    if User.objects.exists() or Initiative.objects.exists():
        raise NotForDemo
    ensure_groups()
    for kind, path in reading.registers():
        load_register(kind, path, source=SOURCE)
    load_need(*reading.need())
    organisations = _load_organisations()
    people = _load_people(organisations)
    initiatives = load_initiatives(organisations, people)
    load_tags(people["moderator@demo.example"])
    load_threads(organisations, people, initiatives)
    load_partnerships(organisations, people, initiatives)
    load_reports(people, initiatives)
    load_gaps(people)
    load_changes(initiatives)
    load_months()
    load_missed()
    catch_up()
    load_searches(people)
    find_due()
    _load_claims(organisations, people)
    propose_duplicates()
    return True


def _load_organisations() -> dict[str, Organisation]:
    """Key → organisation."""
    made: dict[str, Organisation] = {}
    for row in reading.organisations():
        facts = parse_postcode(row["postcode"]) if row.get("postcode") else None
        made[row["key"]] = Organisation(
            name=row["name"],
            slug=free_slug(slug_of(row["name"], otherwise="organisation"), Organisation.objects.all()),
            kind=row["kind"],
            description=row.get("description", ""),
            website=row.get("website", ""),
            email=row.get("email", ""),
            phone=row.get("phone", ""),
            postcode=facts.postcode if facts else "",
            place_id=row["place"],
            latitude=facts.latitude if facts else None,
            longitude=facts.longitude if facts else None,
            is_public=row.get("public", True),
            source=row.get("source", ""),
        )
    Organisation.objects.bulk_create(made.values(), batch_size=BATCH)
    announce_within(OrganisationsChanged(tuple(one.pk for one in made.values())))
    Identifier.objects.bulk_create(
        Identifier(organisation=made[row["key"]], scheme=parsed[0], value=parsed[1])
        for row in reading.organisations()
        for text in row.get("identifiers", ())
        if (parsed := parse_org_id(text))
    )
    return made


def _load_claims(organisations: dict[str, Organisation], people: dict[str, User]) -> None:
    """Claims that wait for a moderator. Nobody is e-mailed."""
    Claim.objects.bulk_create(
        Claim(organisation=organisations[row["key"]], user=people[row["claim"]["by"]], message=row["claim"]["message"])
        for row in reading.organisations()
        if "claim" in row
    )


def _load_people(organisations: dict[str, Organisation]) -> dict[str, User]:
    """E-mail address → person, with their roles and memberships."""
    password = make_password(PASSWORD)  # one hash for all: each takes a tenth of a second
    people = {
        row["email"]: User(email=row["email"], name=row["name"], password=password, date_joined=_ago(row))
        for row in reading.people()
    }
    User.objects.bulk_create(people.values(), batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=email, verified=True, primary=True) for email, user in people.items()]
    )
    roles: dict[str, Any] = {
        "moderator": make_moderator,
        "editor": make_editor,
        "administrator": make_administrator,
        "safeguarding": make_safeguarding_contact,
    }
    memberships = []
    for row in reading.people():
        user = people[row["email"]]
        for role in row.get("roles", ()):
            roles[role](user)
        for code in row.get("coordinates", ()):
            grant_coordination(user, Place.objects.get(code=code), by=None)
        memberships += [
            Membership(organisation=organisations[key], user=user, role=role)
            for key, role in row.get("organisations", {}).items()
        ]
    Membership.objects.bulk_create(memberships)
    return people


def _ago(row: reading.Row) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=row.get("joined", 200))
