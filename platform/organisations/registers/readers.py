"""A row of each register's file, and what is known of an organisation by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.identifiers import normalise_identifier, parse_org_id
from organisations.models import IdentifierScheme, RegisterKind
from places.postcodes import PostcodeError, parse_postcode
from texts.cleaning import clean_line
from texts.vocabulary import OrganisationKind

Row = Mapping[str, str]
_LONGEST_WEBSITE = 300


class RowFault(Exception):
    """The row cannot be an entry; the text says why. `key`: its scheme and number where those can be read."""

    def __init__(self, sentence: str, *, key: tuple[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True, slots=True)
class Facts:
    """What a row says. `closed`: the register itself calls it closed."""

    scheme: str
    number: str
    name: str
    town: str = ""
    postcode: str = ""
    place_code: str | None = None
    website: str = ""
    size: str = ""
    closed: bool = False


@dataclass(frozen=True)
class Register:
    """A register: the columns its file must have, those it may have, and how a row is read."""

    kind: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    organisation_kind: str
    read: Callable[[Row], Facts]


def read_school(row: Row) -> Facts:
    """`urn,name,town,postcode`. Raises RowFault, as all of these do."""
    return _facts(row, *_number(IdentifierScheme.GB_EDU, row["urn"]))


def read_college(row: Row) -> Facts:
    """`ukprn,name`."""
    return _facts(row, *_number(IdentifierScheme.GB_UKPRN, row["ukprn"]))


def read_university(row: Row) -> Facts:
    """`ukprn,name,town,postcode,website`."""
    return _facts(row, *_number(IdentifierScheme.GB_UKPRN, row["ukprn"]))


def read_company(row: Row) -> Facts:
    """`company_number,name,postcode,employer_size`; mutuals among them carry a number of their own register."""
    number = row["company_number"].strip()
    scheme = IdentifierScheme.GB_MPR if number.upper().startswith("MUT") else IdentifierScheme.GB_COH
    return _facts(row, *_number(scheme, number.upper().removeprefix("MUT")), size=row.get("employer_size", ""))


def read_charity(row: Row) -> Facts:
    """`org_id,name,postcode`, and perhaps `web` and `active`; the prefix says which of three registers it is in."""
    parsed = parse_org_id(row["org_id"])
    if parsed is None:
        raise RowFault(_("“%(text)s” is no charity’s number.") % {"text": clean_line(row["org_id"])[:60]})
    closed = row.get("active", "").strip().casefold() in {"false", "no", "0"}
    return _facts(row, *parsed, website=row.get("web", ""), closed=closed)


def _number(scheme: str, text: str) -> tuple[str, str]:
    try:
        return scheme, normalise_identifier(scheme, text)
    except ValidationError as error:
        shown = clean_line(text)[:60]
        raise RowFault(f"“{shown}”: {error.messages[0]}" if shown else _("The number is missing.")) from None


def _facts(row: Row, scheme: str, number: str, *, website: str = "", size: str = "", closed: bool = False) -> Facts:
    name = clean_line(row["name"])[:200]
    if not name:
        raise RowFault(_("The name is missing."), key=(str(scheme), number))
    postcode, place = _place(row.get("postcode", ""))
    return Facts(
        scheme=str(scheme),
        number=number,
        name=name,
        town=clean_line(row.get("town", ""))[:80],
        postcode=postcode,
        place_code=place,
        website=_website(website or row.get("website", "")),
        size=clean_line(size)[:40],
        closed=closed,
    )


def _place(text: str) -> tuple[str, str | None]:
    """The postcode as it is written, and the council area it lies in where it is in use."""
    shown = clean_line(text).upper()
    if not shown:
        return "", None
    try:
        facts = parse_postcode(shown)
    except PostcodeError:
        return (shown if len(shown) <= 8 else ""), None
    return facts.postcode, facts.authority_code


def _website(text: str) -> str:
    """An address of the web, http where the register gives none; empty where it is something else."""
    shown = clean_line(text)
    if not shown or " " in shown or len(shown) > _LONGEST_WEBSITE:
        return ""
    shown = shown if re.match(r"https?://", shown, re.IGNORECASE) else f"http://{shown}"
    try:
        host = urlsplit(shown).hostname or ""
    except ValueError:
        return ""
    return shown if re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", host) else ""


_WHERE = ("town", "postcode", "website")
REGISTERS: Mapping[str, Register] = {
    register.kind: register
    for register in (
        Register(RegisterKind.SCHOOLS, ("urn", "name"), _WHERE, OrganisationKind.SCHOOL, read_school),
        Register(RegisterKind.COLLEGES, ("ukprn", "name"), _WHERE, OrganisationKind.COLLEGE, read_college),
        Register(RegisterKind.UNIVERSITIES, ("ukprn", "name"), _WHERE, OrganisationKind.UNIVERSITY, read_university),
        Register(
            RegisterKind.COMPANIES,
            ("company_number", "name"),
            (*_WHERE, "employer_size"),
            OrganisationKind.BUSINESS,
            read_company,
        ),
        Register(
            RegisterKind.CHARITIES,
            ("org_id", "name"),
            (*_WHERE, "web", "active"),
            OrganisationKind.CHARITY,
            read_charity,
        ),
    )
}
