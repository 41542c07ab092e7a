"""Partnerships of the demo's people, as if they had been agreed over the last months. Nobody is told of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from demo.domain.talking import load_thread
from discussions.models import Visibility
from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.about import of_partnership
from partnerships.domain.settling import settle
from partnerships.domain.wording import attach, words_for
from partnerships.models import (
    Action,
    Agreement,
    ChangeRequest,
    Closing,
    Commencement,
    Consent,
    Partnership,
    Party,
    Version,
    VersionKind,
)
from texts.slugs import free_slug, slug_of


class _World:
    """Who is who, and which day is so many days from today."""

    def __init__(
        self,
        organisations: Mapping[str, Organisation],
        people: Mapping[str, User],
        initiatives: Mapping[str, Initiative],
    ) -> None:
        self.organisations, self.people, self.initiatives = organisations, people, initiatives
        self.now = timezone.now()
        self.today = timezone.localdate()

    def day(self, offset: int | None) -> datetime.date | None:
        return reading.day(offset, self.today)

    def at(self, offset: int) -> datetime.datetime:
        """A moment of that day; of today's an hour ago."""
        return self.now + datetime.timedelta(days=offset) - datetime.timedelta(hours=1)


def load_partnerships(
    organisations: Mapping[str, Organisation], people: Mapping[str, User], initiatives: Mapping[str, Initiative]
) -> None:
    """Each with its versions, answers and actions, and the parties' private discussion."""
    world = _World(organisations, people, initiatives)
    for row in reading.partnerships():
        _load(row, world)


def _load(row: reading.Row, world: _World) -> None:
    first = row["versions"][0]
    partnership = Partnership.objects.create(
        slug=free_slug(slug_of(first["title"], otherwise="partnership"), Partnership.objects.all()),
        opened_by=world.people[first["by"]],
        opened_at=world.at(first["sent"]),
        client_id=f"demo-{row['key']}",
    )
    said: dict[str, Any] = {}
    for number, change in enumerate(row["versions"], start=1):
        said = {**said, **change, "parties": _parties(said, change)}
        _load_version(partnership, number, said, change, row["place"], world)
    partnership.latest = len(row["versions"])
    _load_course(partnership, row, world)
    settle(partnership)
    title = str(partnership)
    talk = {"title": title, "posts": row["talk"], "tags": (), "visibility": Visibility.ORGANISATIONS.value}
    thread = load_thread(talk, of_partnership(partnership), world.organisations, world.people)
    thread.organisations.set(partnership.readers.all())
    Partnership.objects.filter(pk=partnership.pk).update(thread=thread)


def _parties(said: reading.Row, change: reading.Row) -> list[reading.Row]:
    """Those of the version before, with what changes; or all of them, in the first."""
    if "parties" in change:
        return list(change["parties"])
    changed = {one["organisation"]: one for one in change.get("changes", ())}
    return [*(changed.get(one["organisation"], one) for one in said["parties"]), *change.get("adds", ())]


def _load_version(
    partnership: Partnership, number: int, said: reading.Row, change: reading.Row, place: str, world: _World
) -> None:
    version: Version = Version.objects.create(
        partnership=partnership,
        number=number,
        kind=change["kind"],
        title=said["title"],
        purpose=said["purpose"],
        success=said["success"],
        starts_on=world.today + datetime.timedelta(days=said["starts"]),
        ends_on=world.day(said["ends"]),
        review_on=world.day(said["review"]),
        note=change.get("note", ""),
        words=words_for(
            organisations={
                world.organisations[change["for"]].pk,
                *(world.organisations[one["organisation"]].pk for one in said["parties"]),
            },
            initiatives=[world.initiatives[key].pk for key in said["initiatives"]],
            places=[place],
        ),
        made_by=world.people[change["by"]],
        made_for=world.organisations[change["for"]],
        made_at=world.at(change["sent"]),
    )
    attach(version)
    Party.objects.bulk_create(
        Party(
            version=version,
            organisation=world.organisations[one["organisation"]],
            role=one["role"],
            brings=one["brings"],
        )
        for one in said["parties"]
    )
    for model, rows in ((Agreement, change["agreed"]), (ChangeRequest, change.get("asked", ()))):
        for one in rows:
            words = {"text": one["text"]} if "text" in one else {}
            model.objects.create(
                version=version,
                organisation=world.organisations[one["organisation"]],
                user=world.people[one["by"]],
                at=world.at(one["day"]),
                **words,
            )
    if "begins" in change:
        _begin(partnership, version, world.at(change["begins"]))


def _begin(partnership: Partnership, version: Version, at: datetime.datetime) -> None:
    Commencement.objects.create(version=version, at=at)
    if version.kind == VersionKind.RENEWAL and partnership.stands is not None:
        Closing.objects.create(
            partnership=partnership,
            version=partnership.stands,
            how=Closing.How.RENEWED,
            outcome=version.note,
            organisation=version.made_for,
            user=version.made_by,
            at=at,
        )
    partnership.stands = version
    partnership.in_force_at = partnership.in_force_at or at


def _load_course(partnership: Partnership, row: reading.Row, world: _World) -> None:
    for one in row["actions"]:
        done = one.get("done")
        Action.objects.create(
            partnership=partnership,
            text=one["text"],
            owner=world.organisations[one["owner"]],
            due_on=world.day(one["due"]),
            made_by=world.people[one["by"]],
            made_at=world.at(one["made"]),
            done_at=None if done is None else world.at(done),
            done_by=None if done is None else world.people[one["by"]],
        )
    if row["public"] and partnership.stands is not None:
        Consent.objects.bulk_create(
            Consent(partnership=partnership, organisation_id=party.organisation_id)
            for party in partnership.stands.parties.all()
        )
    if (outcome := row.get("outcome")) and partnership.stands is not None:
        partnership.closed_at = world.at(row["closed"])
        Closing.objects.create(
            partnership=partnership,
            version=partnership.stands,
            how=Closing.How.CLOSED,
            outcome=outcome["text"],
            organisation=world.organisations[outcome["for"]],
            user=world.people[outcome["by"]],
            at=partnership.closed_at,
        )
