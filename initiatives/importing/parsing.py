"""A row's text as an initiative's answers, held to the same rules as the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import TypeVar

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from initiatives.importing.naming import funders_of, lead_of
from initiatives.importing.placing import place_row, postcode_facts
from initiatives.importing.rows import Fault, ParsedRow, SourceRow
from initiatives.importing.values import day, email_address, plain, plain_line, web_address, whole_number, word, words
from places.postcodes import PostcodeFacts
from texts.cleaning import fold
from texts.vocabulary import Cost, Focus, Language, OrganisationKind, PartnerRole, Stage, Support, Transition

Value = TypeVar("Value")
_LINES = {"venue_name": 160, "cost_note": 200, "contact_name": 120, "contact_phone": 40, "other_partners": 300}
_SETS = {"support": Support, "stages": Stage, "transitions": Transition, "focus": Focus, "languages": Language}
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_DESCRIPTION, LONGEST_JOINING = 140, 300, 10_000, 2_000
MOST_TAGS = 12


def parse_row(row: SourceRow) -> ParsedRow:
    """The answers of a row; whatever is wrong stands in its `faults`, every field of it."""
    parsed = ParsedRow(line=row.line, faults=list(row.faults), given=frozenset(row.values))
    values = row.values
    _parse_texts(parsed, values)
    _parse_choices(parsed, values)
    _parse_times(parsed, values)
    _parse_contact(parsed, values)
    _parse_place(parsed, values)
    kind = _try(parsed, "organisation_kind", lambda: word(values.get("organisation_kind", ""), OrganisationKind), "")
    parsed.lead = lead_of(values, kind=kind)
    if parsed.lead is None:
        parsed.faults.append(Fault("organisation", _("Every row needs the name of the organisation that leads it.")))
    parsed.partners = tuple((PartnerRole.FUNDS.value, funder) for funder in funders_of(values))
    parsed.tags = _tags(values.get("tags", ""))
    parsed.source_id = _source_id(parsed, values)
    return parsed


def _try(parsed: ParsedRow, field: str, read: Callable[[], Value], otherwise: Value) -> Value:
    try:
        return read()
    except ValueError as error:
        parsed.faults.append(Fault(field, str(error)))
        return otherwise


def shortened(text: str, most: int) -> str:
    """The text cut between words, with an ellipsis."""
    return str(Truncator(text[: most * 4]).chars(most)) if len(text) > most else text


def _parse_texts(parsed: ParsedRow, values: Mapping[str, str]) -> None:
    title = plain_line(values.get("title", ""))
    summary = plain_line(values.get("summary", ""))
    description = plain(values.get("description", ""))
    above: list[str] = []
    if not title:
        parsed.faults.append(Fault("title", _("Every row needs a title.")))
    if len(title) > LONGEST_TITLE:
        above.append(title)
        parsed.notes.append(Fault("title", _("Longer than 140 characters: shortened, and in full in the description.")))
    if not summary and description:
        # The beginning of what the source says, never words of our own.
        summary = " ".join(description.split())
        if len(summary) <= LONGEST_SUMMARY:
            description = ""
    elif len(summary) > LONGEST_SUMMARY:
        above.append(summary)
        parsed.notes.append(
            Fault("summary", _("Longer than 300 characters: shortened, and in full in the description."))
        )
    description = "\n\n".join([*above, description]).strip()
    if len(description) > LONGEST_DESCRIPTION:
        reason = _("At most 10,000 characters fit, this has %(number)s.")
        parsed.faults.append(Fault("description", reason % {"number": f"{len(description):,}"}))
    parsed.title = shortened(title, LONGEST_TITLE)
    parsed.answers |= {
        "title": parsed.title,
        "title_key": fold(parsed.title)[:140],
        "summary": shortened(summary, LONGEST_SUMMARY),
        "description": description[:LONGEST_DESCRIPTION],
    }
    for name, most in {**_LINES, "how_to_join": LONGEST_JOINING}.items():
        text = plain(values.get(name, "")) if name == "how_to_join" else plain_line(values.get(name, ""))
        if len(text) > most:
            reason = _("At most %(most)s characters fit, this has %(number)s.")
            parsed.faults.append(Fault(name, reason % {"most": most, "number": len(text)}))
        parsed.answers[name] = text[:most]


def _parse_choices(parsed: ParsedRow, values: Mapping[str, str]) -> None:
    nothing: tuple[str, ...] = ()
    for name, vocabulary in _SETS.items():
        given = values.get(name, "")
        parsed.answers[name] = _try(parsed, name, partial(words, given, vocabulary), nothing) if given else nothing
    given = values.get("cost", "")
    parsed.answers["cost"] = _try(parsed, "cost", lambda: word(given, Cost), "")


def _parse_times(parsed: ParsedRow, values: Mapping[str, str]) -> None:
    numbers: dict[str, int | None] = {}
    for name, most in (("age_min", 120), ("age_max", 120), ("capacity", 1_000_000)):
        text = values.get(name, "")
        numbers[name] = _try(parsed, name, partial(whole_number, text, most=most), None) if text else None
    starts = _try(parsed, "starts_on", lambda: day(values.get("starts_on", "")), None)
    ends = _try(parsed, "ends_on", lambda: day(values.get("ends_on", "")), None)
    if starts and ends and ends < starts:
        parsed.faults.append(Fault("ends_on", _("The last day is before the first. Swap them, or leave one empty.")))
    youngest, oldest = numbers["age_min"], numbers["age_max"]
    if youngest is not None and oldest is not None and oldest < youngest:
        parsed.faults.append(Fault("age_max", _("The oldest age is below the youngest. Swap them.")))
    parsed.answers |= {**numbers, "starts_on": starts, "ends_on": ends}


def _parse_contact(parsed: ParsedRow, values: Mapping[str, str]) -> None:
    email, website, page = (values.get(name, "") for name in ("contact_email", "website", "source_url"))
    parsed.answers |= {
        "contact_email": _try(parsed, "contact_email", lambda: email_address(email), ""),
        "website": _try(parsed, "website", lambda: web_address(website, longest=300), ""),
        "source_url": _try(parsed, "source_url", lambda: web_address(page, longest=500), ""),
    }


def _parse_place(parsed: ParsedRow, values: Mapping[str, str]) -> None:
    venue = values.get("venue_postcode", "").strip()
    facts = postcode_facts(venue) if venue else ""
    if venue and isinstance(facts, str):
        parsed.faults.append(Fault("venue_postcode", facts))
    known = facts if isinstance(facts, PostcodeFacts) else None
    placed = place_row(values)
    parsed.faults += placed.faults
    parsed.places, parsed.place_note = placed.codes, placed.note
    parsed.answers |= {
        "reach": placed.reach,
        "venue_postcode": known.postcode if known else "",
        "latitude": known.latitude if known else None,
        "longitude": known.longitude if known else None,
    }


def _tags(text: str) -> tuple[str, ...]:
    names = (shortened(plain_line(name).lower(), 50) for name in re.split(r"[;|\n]", text)) if text else ()
    return tuple(dict.fromkeys(filter(None, names)))[:MOST_TAGS]


def _source_id(parsed: ParsedRow, values: Mapping[str, str]) -> str:
    """The source's own number; for a row without one a mark of what it says, so that it is known again."""
    given = plain_line(values.get("id", ""))
    if len(given) > 200:
        parsed.faults.append(Fault("id", _("At most 200 characters fit.")))
    if given:
        return given[:200]
    lead = fold(parsed.lead.name) if parsed.lead else ""
    said = (parsed.answers["title_key"], lead, str(parsed.answers["starts_on"]), fold(parsed.answers["summary"]))
    return f"row-{sha256('|'.join(said).encode()).hexdigest()[:24]}"
