"""The columns of our own CSV, which every other format is mapped onto."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import process

from texts.cleaning import fold

EXAMPLE: dict[str, str] = {
    "id": "2027-001",
    "title": "Steps to Secondary",
    "summary": "Older pupils help Year 6 children to get to know their new school.",
    "description": "Six afternoons in June and July.\n\nChildren meet the mentor they will have in Year 7.",
    "organisation": "Example Community Trust",
    "organisation_id": "GB-CHC-0000000",
    "organisation_postcode": "TS1 3BA",
    "organisation_place": "Middlesbrough",
    "organisation_kind": "charity",
    "organisation_website": "https://trust.example",
    "support": "mentoring; guidance",
    "stages": "primary; secondary",
    "transitions": "primary-to-secondary",
    "focus": "fsm; care",
    "age_min": "10",
    "age_max": "12",
    "reach": "authorities",
    "places": "Middlesbrough; Redcar and Cleveland",
    "location": "",
    "venue_name": "Central Library",
    "venue_postcode": "TS1 2AY",
    "starts_on": "07/06/2027",
    "ends_on": "2028-07-19",
    "cost": "free",
    "cost_note": "",
    "how_to_join": "Primary schools refer children by e-mail in May.",
    "capacity": "60",
    "languages": "en",
    "contact_name": "A. Example",
    "contact_email": "hello@trust.example",
    "contact_phone": "01632 960000",
    "website": "https://trust.example/steps",
    "funder": "Example Foundation",
    "funder_id": "",
    "other_partners": "",
    "tags": "reading; summer",
    "source_url": "",
}
COLUMNS = tuple(EXAMPLE)
NEEDED = ("title", "organisation")


def column_of(heading: str) -> str:
    """The column a heading means, whatever its case and spaces; "" for one that is unknown."""
    name = fold(heading).replace(" ", "_")
    return name if name in EXAMPLE else ""


def closest_to(heading: str, known: Iterable[str] = COLUMNS) -> str:
    """The known name that a heading was probably meant to be, or ""."""
    found = process.extractOne(fold(heading).replace(" ", "_"), list(known), score_cutoff=60)
    return str(found[0]) if found else ""


def unknown_column(heading: str, known: Iterable[str] = COLUMNS) -> str:
    """A sentence about a heading that is not one of ours."""
    shown = heading[:60]
    if near := closest_to(heading, known):
        return _("The column “%(name)s” is not known and was left out. Did you mean “%(near)s”?") % {
            "name": shown,
            "near": near,
        }
    return _("The column “%(name)s” is not known and was left out.") % {"name": shown}


def missing_column(name: str, headings: Sequence[str]) -> str:
    """A sentence about a column that has to be there."""
    near = closest_to(name, headings)
    if near:
        return _("There is no column “%(name)s”. Should “%(near)s” be called that?") % {"name": name, "near": near[:60]}
    return _("There is no column “%(name)s”. The template shows every column.") % {"name": name}
