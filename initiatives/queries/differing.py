"""A version of an initiative as pages show it, and the difference between two versions in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.queries.cards import place_label
from initiatives.queries.hanging import Days, Linked, by_role
from initiatives.queries.reading import InitiativePage, journey_of
from places.queries import gazetteer
from texts.fields import VocabularySetField


def page_of_version(version: Initiative) -> InitiativePage:
    """The page of a version that is not (or not yet) the public one."""
    gaz = gazetteer()
    codes = sorted(place.code for place in version.places.all())
    return InitiativePage(
        initiative=version,
        stones=journey_of(version.stages),
        partners=by_role(
            (one.role, Linked(one.organisation.name, one.organisation.get_absolute_url()))
            for one in version.partners.all()
        ),
        intakes=[
            Days(one.opens_on, one.closes_on, one.note)
            for one in sorted(version.intakes.all(), key=lambda intake: intake.closes_on)
        ],
        tags=[
            # A tag that only drafts carry has no page yet; the list it will be in has an address.
            Linked(name, f"{reverse('initiatives')}?{urlencode({'tag': name.lower()})}")
            for name in sorted(tag.name for tag in version.tags.all())
        ],
        places=[gaz[code] for code in codes if code in gaz],
        place_label=place_label(version.reach, codes),
        goes_on_to=[
            Linked(one.next_initiative.title, one.next_initiative.get_absolute_url(), one.note)
            for one in version.handovers.all()
        ],
        comes_from=[],
    )


def draft_page(initiative: Initiative) -> InitiativePage:
    """The page of the latest version that was saved."""
    return page_of_version(initiative.get_latest_revision_as_object())


@dataclass(frozen=True)
class Change:
    """One question whose answer differs. Empty `before` means it was not answered."""

    label: str
    before: str
    after: str


COMPARED = (
    *("title", "summary", "description", "support", "stages", "transitions", "age_min", "age_max", "focus"),
    *("reach", "venue_name", "venue_postcode", "starts_on", "ends_on", "cost", "cost_note", "how_to_join"),
    *("capacity", "languages", "contact_name", "contact_email", "contact_phone", "website", "other_partners"),
)


def changes_between(before: Initiative | None, after: Initiative) -> list[Change]:
    """What a moderator has to read: every answer that differs, in the order of the wizard. All of it where new."""
    changes = []
    for _name, label, read in _readers():
        was, now = (read(before) if before else ""), read(after)
        if was != now:
            changes.append(Change(label, was, now))
    return changes


@dataclass(frozen=True)
class Answer:
    """One question with the answers of two initiatives. `name`: of its column, or of what hangs on it."""

    name: str
    label: str
    kept: str
    gone: str

    @property
    def differs(self) -> bool:
        return self.kept != self.gone


def answers_of(kept: Initiative, gone: Initiative) -> list[Answer]:
    """Every question that one of them answers, side by side, in the order of the wizard."""
    rows = [Answer(name, label, read(kept), read(gone)) for name, label, read in _readers()]
    return [row for row in rows if row.kept or row.gone]


def _readers() -> Iterable[tuple[str, str, Any]]:
    """Name, label and how to say it, of each question."""
    for name in COMPARED:
        field = Initiative._meta.get_field(name)
        yield name, str(field.verbose_name), partial(_text, field=field)
    yield "tags", _("tags"), lambda v: ", ".join(sorted(tag.name for tag in v.tags.all()))
    yield "places", _("places"), lambda v: ", ".join(sorted(place.name for place in v.places.all()))
    yield (
        "intakes",
        _("intakes"),
        lambda v: "\n".join(
            f"{_day(i.opens_on)} – {_day(i.closes_on)} {i.note}".strip(" –")
            for i in sorted(v.intakes.all(), key=lambda i: i.closes_on)
        ),
    )
    yield (
        "partners",
        _("partners"),
        lambda v: "\n".join(sorted(f"{p.organisation.name}: {p.get_role_display()}" for p in v.partners.all())),
    )
    yield (
        "handovers",
        _("goes on to"),
        lambda v: "\n".join(sorted(f"{h.next_initiative.title} {h.note}".strip() for h in v.handovers.all())),
    )
    yield "evidence", _("evidence"), lambda v: "\n".join(f"{link['title']}: {link['url']}" for link in v.evidence)


def _day(value: Any) -> str:
    return date_format(value, "j F Y") if value else ""


def _text(version: Model, field: Any) -> str:
    value = getattr(version, field.attname)
    if value in (None, "", ()):
        return ""
    if isinstance(field, VocabularySetField):
        return ", ".join(str(field.vocabulary(word).label) for word in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _day(value) if hasattr(value, "isoformat") else str(value)


def labels(changes: Sequence[Change]) -> str:
    """The names of the answers that differ, for one line in a queue."""
    return ", ".join(change.label for change in changes)
