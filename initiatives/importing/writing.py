"""Writing a batch: a fixed number of queries for however many rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import ModelLogEntry

from initiatives.domain.drafting import RESERVED_SLUGS
from initiatives.domain.listing import ListChange
from initiatives.importing.organising import Known, free_slugs
from initiatives.importing.rows import NamedOrganisation, ParsedRow
from initiatives.models import Initiative, InitiativeTag, Partner, Status
from initiatives.queries.differing import COMPARED
from initiatives.tagging.queries.naming import settled
from organisations.models import Organisation

_PLACE_COLUMNS = {"reach", "places", "location", "venue_postcode", "organisation_postcode", "organisation_place"}
_FOLLOWS = {"title_key": "title", "latitude": "venue_postcode", "longitude": "venue_postcode"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that goes in, with the organisations it names."""

    row: ParsedRow
    named_lead: NamedOrganisation
    lead: Known
    partners: tuple[tuple[str, NamedOrganisation, Known], ...] = ()


class Writer:
    """Writes the entries of one run."""

    def __init__(self, source: str, user_id: int | None) -> None:
        self.source = source
        self.user_id = user_id

    def create(self, entries: Sequence[Entry], lists: ListChange) -> None:
        """New initiatives, public at once, in the lists of their places and in the audit log."""
        if not entries:
            return
        now, today = timezone.now(), timezone.localdate()
        slugs = free_slugs([entry.row.title for entry in entries], Initiative, reserved=RESERVED_SLUGS)
        leads = {entry.lead.pk: Organisation(pk=entry.lead.pk, kind=entry.lead.kind) for entry in entries}
        made = Initiative.objects.bulk_create(
            Initiative(
                **entry.row.answers,
                **_status(entry.row.answers["ends_on"], today),
                slug=slug,
                lead_organisation=leads[entry.lead.pk],
                source=self.source,
                source_id=entry.row.source_id,
                created_by_id=self.user_id,
                created_at=now,
                live=True,
                first_published_at=now,
                last_published_at=now,
            )
            for entry, slug in zip(entries, slugs, strict=True)
        )
        places = {one.pk: entry.row.places for one, entry in zip(made, entries, strict=True)}
        tags = settled({one.pk: entry.row.tags for one, entry in zip(made, entries, strict=True)})
        _place(places)
        _tag(tags)
        _join({one.pk: entry for one, entry in zip(made, entries, strict=True)})
        _log("initiatives.import", {one: {} for one in made}, self.user_id, now)
        lists.add(made, places=places, tags=tags)

    def update(self, entries: Mapping[int, Entry], lists: ListChange) -> None:
        """Bring imported initiatives up to date with what the file says; what it does not speak of stays."""
        if not entries:
            return
        today = timezone.localdate()
        here = Initiative.objects.select_for_update(of=("self",)).in_bulk(list(entries))
        moved: dict[int, tuple[str, ...]] = {}
        changed: dict[int, list[str]] = {}
        ended: list[Initiative] = []
        before = _places_of(list(here))
        for pk, initiative in here.items():
            row = entries[pk].row
            changes = {name: value for name, value in row.answers.items() if _FOLLOWS.get(name, name) in row.given}
            if row.answers["reach"] and row.given & _PLACE_COLUMNS:
                changes["reach"] = row.answers["reach"]
                moved[pk] = row.places
            else:
                changes.pop("reach", None)
            if "ends_on" in changes and initiative.status != Status.PAUSED:
                changes |= _status(changes["ends_on"], today)
            changes = {name: value for name, value in changes.items() if getattr(initiative, name) != value}
            if changes.get("status") == Status.ENDED:
                ended.append(initiative)
            if changes:
                Initiative.objects.filter(pk=pk).update(**changes)
            changed[pk] = [name for name in COMPARED if name in changes]
            if pk in moved and set(moved[pk]) != before[pk]:
                changed[pk].append("places")
        Initiative.places.through.objects.filter(initiative_id__in=moved).delete()
        _place(moved)
        _tag(settled({pk: entries[pk].row.tags for pk in here}))
        _join({pk: entries[pk] for pk in here})
        now = timezone.now()
        answers = {here[pk]: {"answers": names} for pk, names in changed.items() if names}  # for who reads what changed
        _log("initiatives.update", answers, self.user_id, now)
        # Known to be over from now on, however long ago their last day was.
        over = {one: {"because": "its last day has passed"} for one in ended}
        _log("initiatives.end", over, self.user_id, now)
        lists.renew(list(here))


def _places_of(ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for pk, code in Initiative.places.through.objects.filter(initiative__in=ids).values_list(
        "initiative_id", "place_id"
    ):
        found[pk].add(code)
    return found


def _status(ends_on: datetime.date | None, today: datetime.date) -> dict[str, Any]:
    """Ended where the last day has passed."""
    if ends_on and ends_on < today:
        return {"status": Status.ENDED, "ended_on": ends_on}
    return {"status": Status.RUNNING, "ended_on": None}


def _place(places: Mapping[int, Iterable[str]]) -> None:
    through = Initiative.places.through
    through.objects.bulk_create(
        through(initiative_id=pk, place_id=code) for pk, codes in places.items() for code in codes
    )


def _tag(tags: Mapping[int, Iterable[str]]) -> None:
    """Tags by name, those that are missing made."""
    names = {name for its in tags.values() for name in its}
    if not names:
        return
    known = dict(Tag.objects.filter(name__in=names).values_list("name", "pk"))
    missing = sorted(names - set(known))
    slugs = free_slugs(missing, Tag) if missing else []
    made = Tag.objects.bulk_create(Tag(name=name, slug=slug) for name, slug in zip(missing, slugs, strict=True))
    known |= {tag.name: tag.pk for tag in made}
    here = set(InitiativeTag.objects.filter(content_object_id__in=tags).values_list("content_object_id", "tag_id"))
    InitiativeTag.objects.bulk_create(
        InitiativeTag(content_object_id=pk, tag_id=known[name])
        for pk, its in tags.items()
        for name in its
        if (pk, known[name]) not in here
    )


def _join(entries: Mapping[int, Entry]) -> None:
    """The partners; one that has its role already is left."""
    Partner.objects.bulk_create(
        [
            Partner(initiative_id=pk, organisation_id=known.pk, role=role)
            for pk, entry in entries.items()
            for role, _named, known in entry.partners
            if known.pk is not None and known.pk != entry.lead.pk
        ],
        ignore_conflicts=True,
    )


def _log(
    action: str, about: Mapping[Initiative, Mapping[str, Any]], user_id: int | None, now: datetime.datetime
) -> None:
    """One entry of the log for each initiative, with what is said of it and the file's name for its source."""
    content_type = ContentType.objects.get_for_model(Initiative)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=content_type,
            object_id=str(one.pk),
            label=one.title,
            action=action,
            user_id=user_id,
            timestamp=now,
            data={"source": one.source, **said},
        )
        for one, said in about.items()
    )
