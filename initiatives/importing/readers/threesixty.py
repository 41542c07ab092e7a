"""360Giving JSON: a grant as a row. The standard: https://standard.threesixtygiving.org/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from initiatives.importing.readers.json_items import read_items
from initiatives.importing.rows import SourceRow
from texts.opening import Opened

SOURCE = "360Giving"


def read_grants(opened: Opened) -> Iterator[SourceRow]:
    """Each grant with its number in the file. Raises FileFault as `read_items` does."""
    for number, grant in read_items(opened, "grants"):
        yield SourceRow(number, grant_values(grant))


def grant_values(grant: Mapping[str, Any]) -> dict[str, str]:
    """A grant under our columns. The day of the award is the first day where none was planned."""
    recipient = _first(grant.get("recipientOrganization"))
    planned = _first(grant.get("plannedDates"))
    beneficiary = _first(grant.get("beneficiaryLocation"))
    extra = grant.get("additional_data")
    extra = extra if isinstance(extra, dict) else {}
    funders = [funder for funder in _all(grant.get("fundingOrganization")) if funder.get("name")]
    return {
        "id": _text(grant.get("id")),
        "title": _text(grant.get("title")),
        "description": _text(grant.get("description")),
        "organisation": _text(recipient.get("name")),
        "organisation_id": _organisation_id(recipient),
        "organisation_postcode": _text(recipient.get("postalCode")),
        # Not `additional_data.locationLookup`: in published files it sits on the wrong grants.
        "organisation_place": _text(extra.get("recipientDistrictGeoCode") or extra.get("recipientDistrictName")),
        "organisation_website": _text(recipient.get("url")),
        "location": _text(beneficiary.get("geoCode") or beneficiary.get("name")),
        "starts_on": _text(planned.get("startDate") or grant.get("awardDate")),
        "ends_on": _text(planned.get("endDate")),
        "funder": "|".join(_text(funder.get("name")) for funder in funders),
        "funder_id": "|".join(_text(funder.get("id")) for funder in funders),
        "tags": ";".join(_text(programme.get("title")) for programme in _all(grant.get("grantProgramme"))),
        "source_url": _text(grant.get("url")),
    }


def _organisation_id(recipient: Mapping[str, Any]) -> str:
    """The organisation's own id, and what the standard's own columns add to it."""
    numbers = [_text(recipient.get("id"))]
    for key, scheme in (("charityNumber", "GB-CHC"), ("companyNumber", "GB-COH")):
        number = _text(recipient.get(key)).strip().upper()
        if number.isdigit() or (key == "companyNumber" and number.isalnum()):
            numbers.append(f"{scheme}-{number.zfill(8) if key == 'companyNumber' else number}")
    return "|".join(dict.fromkeys(filter(None, numbers)))


def _all(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _first(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else next(iter(_all(value)), {})


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value)
