"""Organisations as rows name them: what kind one is by its name and numbers, and where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from initiatives.importing.placing import place_in, postcode_facts
from initiatives.importing.rows import NamedOrganisation
from initiatives.importing.values import plain_line, web_address
from organisations.identifiers import parse_org_id
from places.postcodes import PostcodeFacts
from texts.cleaning import fold
from texts.vocabulary import OrganisationKind as Kind
from texts.vocabulary import Reach

LONGEST_NAME = 200
# In this order: the first that fits decides. Names that only mention another body ("Friends of X School") come first.
_BY_NAME = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (
            r"\b(friends of|pta|ptfa|ptsa|parents? (and )?teachers?|students? union|guild of students|alumni)\b",
            Kind.CHARITY,
        ),
        (r"\b(third age|u3a)\b|\b(charity|charities|charitable (fund|trust))$", Kind.CHARITY),
        (r"\bcombined authority$", Kind.COMBINED_AUTHORITY),
        (r"\b(borough|county|city|district|town|parish|metropolitan|island|unitary) council$", Kind.COUNCIL),
        (r"^(london borough of|city of) .+ council$", Kind.COUNCIL),
        (r"\bnhs\b.*\b(trust|board|ccg|group)\b|\b(university|local) health board$", Kind.HEALTH),
        (r"\bhousing (association|group|trust)\b", Kind.HOUSING),
        (r"\b(pre ?school|playgroup|nursery|day nurseries)$|\bpre ?school playgroup\b", Kind.EARLY_YEARS),
        (r"\b(trust|foundation|society|association|fund|museums?|hospital|hospice|press|settlement)$", Kind.CHARITY),
        (r"^university of|\buniversity$|\buniversity college\b|\bconservatoire\b", Kind.UNIVERSITY),
        (
            r"\bschool( for (girls|boys))?$|^ysgol\b|\b(primary|infants?|junior|high|grammar|secondary) school\b",
            Kind.SCHOOL,
        ),
        (r"\bcollege$|\bsixth form\b|^coleg\b|\bcollege of (further|higher|technology|art)", Kind.COLLEGE),
        (r"\b(plc|llp)$", Kind.BUSINESS),
        (r"\bcic$|\bcommunity interest company$|\b(scouts?|guides) group$|\bcommunity council$", Kind.COMMUNITY_GROUP),
    )
)
_BY_SCHEME = {
    "GB-EDU": Kind.SCHOOL,
    "GB-LAE": Kind.COUNCIL,
    "GB-NHS": Kind.HEALTH,
    "GB-SHPE": Kind.HOUSING,
}
_CHARITY_SCHEMES = {"GB-CHC", "GB-SC", "GB-NIC"}
_UNIVERSITY_OR_SCHOOL = {Kind.UNIVERSITY, Kind.COLLEGE, Kind.SCHOOL, Kind.EARLY_YEARS, Kind.HOUSING}


@lru_cache(maxsize=20_000)
def guess_kind(name: str, schemes: frozenset[str]) -> str:
    """A kind by conservative rules; a charity where nothing says otherwise."""
    for scheme, kind in _BY_SCHEME.items():
        if scheme in schemes:
            return kind.value
    key = re.sub(r" (ltd|limited|the)$", "", fold(name.split(",")[0]))
    by_name = next((kind for pattern, kind in _BY_NAME if pattern.search(key)), None)
    if by_name is None and key.endswith(" council") and place_in(name)[0] == Reach.AUTHORITIES:
        by_name = Kind.COUNCIL
    if by_name is None and key.endswith(" academy") and not schemes:
        by_name = Kind.SCHOOL  # one with a charity's or a company's number may as well teach kickboxing
    if schemes & _CHARITY_SCHEMES and by_name not in _UNIVERSITY_OR_SCHOOL:
        return Kind.CHARITY.value
    if "GB-UKPRN" in schemes and by_name not in (Kind.UNIVERSITY, Kind.COLLEGE, Kind.SCHOOL):
        return Kind.TRAINING_PROVIDER.value
    return (by_name or Kind.CHARITY).value


def identifiers_in(text: str) -> tuple[tuple[str, str], ...]:
    """The org-ids in a cell that belong to registers we know; others say nothing we could check."""
    found = (parse_org_id(part.strip()) for part in re.split(r"[;|]", text) if part.strip())
    return tuple(dict.fromkeys(pair for pair in found if pair))


def lead_of(values: Mapping[str, str], *, kind: str) -> NamedOrganisation | None:
    """The organisation that leads a row; None where it names none."""
    name = plain_line(values.get("organisation", ""))[:LONGEST_NAME].strip()
    if not name:
        return None
    identifiers = identifiers_in(values.get("organisation_id", ""))
    postcode, place_code, latitude, longitude = "", "", None, None
    facts = postcode_facts(values.get("organisation_postcode", "").strip())
    if isinstance(facts, PostcodeFacts):
        place_code, latitude, longitude = facts.authority_code, facts.latitude, facts.longitude
        postcode = facts.postcode
    else:
        reach, codes = place_in(values.get("organisation_place", "") or values.get("location", ""))
        if reach == Reach.AUTHORITIES and len(codes) == 1:
            place_code = codes[0]
    return NamedOrganisation(
        name=name,
        identifiers=identifiers,
        postcode=postcode,
        place_code=place_code,
        latitude=latitude,
        longitude=longitude,
        kind=kind or guess_kind(name, frozenset(scheme for scheme, _value in identifiers)),
        website=_website(values.get("organisation_website", "")),
    )


def funders_of(values: Mapping[str, str]) -> Iterable[NamedOrganisation]:
    """The organisations that pay, several parted by "|"."""
    names = values.get("funder", "").split("|")
    numbers = values.get("funder_id", "").split("|")
    for index, text in enumerate(names):
        if name := plain_line(text)[:LONGEST_NAME].strip():
            identifiers = identifiers_in(numbers[index]) if index < len(numbers) else ()
            schemes = frozenset(scheme for scheme, _value in identifiers)
            yield NamedOrganisation(name, identifiers, kind=guess_kind(name, schemes))


def _website(text: str) -> str:
    """A register's web address is a convenience: a wrong one is left out, not held against the row."""
    try:
        return web_address(text, longest=300)
    except ValueError:
        return ""
