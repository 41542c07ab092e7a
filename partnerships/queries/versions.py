"""The versions of a partnership with their parties, and how each differs from the one before, in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.models import Initiative
from partnerships.models import Agreement, ChangeRequest, Departure, Partnership, Party, Version
from partnerships.queries.naming import Names, initiative_titles, place_names
from texts.differing import Piece, word_changes


@dataclass(frozen=True)
class Difference:
    """One part of the text that differs, word by word."""

    label: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Answer:
    """What an organisation, as it was called then, said to a version; `text`: what it would have otherwise."""

    name: str
    user: User | None
    at: datetime.datetime
    text: str = ""


@dataclass(frozen=True)
class Step:
    """A version in the history, with what it changed; the first is all new, and shown as plain text."""

    version: Version
    differences: Sequence[Difference]
    agreements: Sequence[Answer]
    requests: Sequence[Answer]
    in_force_at: datetime.datetime | None
    outcome: str
    waits: bool  # it may still come into force


def versions_of(partnership: Partnership, until: int | None = None) -> list[Version]:
    """With everything they say, the oldest first: eight queries however many. `until`: the last number."""
    wanted = partnership.versions.all() if until is None else partnership.versions.filter(number__lte=until)
    rows = wanted.select_related("made_by", "commencement", "closing").prefetch_related(
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
    names = Names(versions)
    steps = []
    for at, version in enumerate(versions):
        before = versions[at - 1] if at else None
        begun = getattr(version, "commencement", None)
        closing = getattr(version, "closing", None)
        steps.append(
            Step(
                version=version,
                differences=differences_between(before, version) if before else _whole(version),
                agreements=[answer(names, version, one) for one in version.agreements.all()],
                requests=[answer(names, version, one) for one in version.change_requests.all()],
                in_force_at=begun.at if begun else None,
                outcome=closing.outcome if closing else "",
                waits=begun is None and version.number == partnership.latest and partnership.closed_at is None,
            )
        )
    return steps[::-1]


def answer(names: Names, version: Version, said: Agreement | ChangeRequest) -> Answer:
    text = said.text if isinstance(said, ChangeRequest) else ""
    return Answer(names.at(version, said.organisation), said.user, said.at, text)


def differences_between(before: Version, after: Version) -> list[Difference]:
    """What of the text differs, in the order of the page, what a party is called among it."""
    old, new = _parts(before), _parts(after)
    nothing = ("", "")
    return [
        Difference(label, word_changes(was, text))
        for key in dict.fromkeys([*old, *new])
        for (was, text), label in [_both(old.get(key, nothing), new.get(key, nothing))]
        if was != text
    ]


def _both(old: tuple[str, str], new: tuple[str, str]) -> tuple[tuple[str, str], str]:
    """The two texts, and the label they go by; with a new label goes the old one, in the text."""
    (label, text), (now, after) = old, new
    if label and now and label != now:
        return (f"{label}. {text}", f"{now}. {after}"), now
    return (text, after), now or label


def _whole(version: Version) -> list[Difference]:
    return [Difference(label, [Piece("same", text)]) for label, text in _parts(version).values() if text]


def _parts(version: Version) -> dict[str, tuple[str, str]]:
    """Label and text of all that a reader would compare, by a key that stays: two parties may share a name."""
    parts = {
        "title": (_("Title"), version.title),
        "purpose": (_("What it is for"), version.purpose),
        "where": (_("Where"), ", ".join(place_names(version))),
        "first": (_("First day"), _day(version.starts_on)),
        "last": (_("Last day"), _day(version.ends_on)),
        "success": (_("How success is seen"), version.success),
        "review": (_("Review"), _day(version.review_on)),
        "initiatives": (_("Initiatives"), ", ".join(initiative_titles(version))),
    }
    for party in version.parties.all():
        said = party.get_role_display()
        text = f"{said}: {party.brings}" if party.brings else said
        parts[f"party {party.organisation_id}"] = party.name, text
    return parts


def _day(day: datetime.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
