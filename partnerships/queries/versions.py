"""The versions of a partnership with their parties, and how each differs from the one before, in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from partnerships.models import Agreement, ChangeRequest, Departure, Partnership, Party, Version
from places.queries import gazetteer
from texts.differing import Piece, word_changes


@dataclass(frozen=True)
class Difference:
    """One part of the text that differs, word by word."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Step:
    """A version in the history, with what it changed; the first is all new, and shown as plain text."""

    version: Version
    differences: Sequence[Difference]
    agreements: Sequence[Agreement]
    requests: Sequence[ChangeRequest]
    in_force_at: datetime.datetime | None
    outcome: str
    waits: bool  # it may still come into force


def versions_of(partnership: Partnership, until: int | None = None) -> list[Version]:
    """With everything they say, the oldest first: eight queries however many. `until`: the last number."""
    wanted = partnership.versions.all() if until is None else partnership.versions.filter(number__lte=until)
    rows = wanted.select_related("made_by", "made_for", "commencement", "closing").prefetch_related(
        "places",
        Prefetch("initiatives", Initiative.objects.only("title", "slug", "live").order_by("title")),
        Prefetch("parties", Party.objects.select_related("organisation")),
        Prefetch("agreements", Agreement.objects.select_related("organisation", "user")),
        Prefetch("change_requests", ChangeRequest.objects.select_related("organisation", "user")),
        Prefetch("departures", Departure.objects.select_related("organisation", "stay")),
    )
    return list(rows.order_by("number"))


def history_of(partnership: Partnership, until: int | None = None) -> list[Step]:
    """The newest first."""
    versions = versions_of(partnership, until)
    steps = []
    for at, version in enumerate(versions):
        before = versions[at - 1] if at else None
        begun = getattr(version, "commencement", None)
        closing = getattr(version, "closing", None)
        steps.append(
            Step(
                version=version,
                differences=differences_between(before, version) if before else _whole(version),
                agreements=list(version.agreements.all()),
                requests=list(version.change_requests.all()),
                in_force_at=begun.at if begun else None,
                outcome=closing.outcome if closing else "",
                waits=begun is None and version.number == partnership.latest and partnership.closed_at is None,
            )
        )
    return steps[::-1]


def differences_between(before: Version, after: Version) -> list[Difference]:
    """What of the text differs, in the order of the page."""
    old, new = _parts(before), _parts(after)
    return [
        Difference(part[0], word_changes(old.get(part, ""), new.get(part, "")))
        for part in dict.fromkeys([*old, *new])
        if old.get(part, "") != new.get(part, "")
    ]


def _whole(version: Version) -> list[Difference]:
    return [Difference(label, [Piece("same", text)]) for (label, _pk), text in _parts(version).items() if text]


def _parts(version: Version) -> dict[tuple[str, int], str]:
    """Label → text: what a reader would compare. With a party's name goes its organisation's id: two may share one."""
    parts = {
        (_("Title"), 0): version.title,
        (_("What it is for"), 0): version.purpose,
        (_("Where"), 0): ", ".join(place_names(version)),
        (_("First day"), 0): _day(version.starts_on),
        (_("Last day"), 0): _day(version.ends_on),
        (_("How success is seen"), 0): version.success,
        (_("Review"), 0): _day(version.review_on),
        (_("Initiatives"), 0): ", ".join(one.title for one in version.initiatives.all()),
    }
    for party in version.parties.all():
        said = party.get_role_display()
        text = f"{said}: {party.brings}" if party.brings else said
        parts[party.organisation.name, party.organisation_id] = text
    return parts


def place_names(version: Version) -> list[str]:
    return sorted(gazetteer()[place.pk].name for place in version.places.all())


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
