"""Where a row happens: what it names itself, else its venue's or its organisation's postcode, else other text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from initiatives.importing.rows import Fault
from initiatives.importing.values import word
from places.domain.finding import resolve_place_text
from places.models import PlaceKind
from places.postcodes import PostcodeError, PostcodeFacts, parse_postcode
from places.queries import PlaceFacts, gazetteer
from texts.vocabulary import Reach

_REACH_OF = {
    PlaceKind.UK.value: Reach.UK.value,
    PlaceKind.NATION.value: Reach.NATION.value,
    PlaceKind.REGION.value: Reach.REGION.value,
}
_KIND_OF = {Reach.NATION.value: PlaceKind.NATION.value, Reach.REGION.value: PlaceKind.REGION.value}
MOST_PLACES = 400


@dataclass(frozen=True, slots=True)
class Placed:
    """Reach and places; without either, `note` says what was tried."""

    reach: str = ""
    codes: tuple[str, ...] = ()
    note: str = ""
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=20_000)
def postcode_facts(text: str) -> PostcodeFacts | str:
    """A postcode's facts, or the sentence that says why there are none."""
    try:
        return parse_postcode(text)
    except PostcodeError as error:
        return str(error)


@lru_cache(maxsize=20_000)
def place_in(text: str) -> tuple[str, tuple[str, ...]]:
    """(reach, codes) for a code or a text such as "ward, constituency, authority"; ("", ()) where it is uncertain."""
    found = gazetteer().by_code(text) if re.fullmatch(r"[EKNSW]\d{8}", text.strip(), re.IGNORECASE) else []
    if not found:
        resolved = resolve_place_text(text)
        found = [resolved] if resolved else []
    return _reach_of(found)


def _reach_of(found: list[PlaceFacts]) -> tuple[str, tuple[str, ...]]:
    """What places of any kind come to: areas without a reach of their own become their councils."""
    if not found:
        return "", ()
    if len(found) == 1 and found[0].kind in _REACH_OF:
        reach = _REACH_OF[found[0].kind]
        return reach, () if reach == Reach.UK else (found[0].code,)
    codes = [code for place in found for code in gazetteer().authorities_in(place.code)]
    return Reach.AUTHORITIES.value, tuple(dict.fromkeys(codes))


def place_row(values: Mapping[str, str]) -> Placed:
    """Where a row happens. Names in `reach` and `places` must be known; what is only inferred may fail."""
    try:
        reach = word(values.get("reach", ""), Reach)
    except ValueError as error:
        return Placed(faults=(Fault("reach", str(error)),))
    if values.get("places", "").strip():
        return _declared(reach, values["places"])
    if reach in (Reach.UK, Reach.ONLINE):
        return Placed(reach)
    inferred, codes, tried = _inferred(values)
    if not inferred or (reach and inferred != reach):
        return _unplaced(reach, tried)
    return Placed(inferred, codes)


def _declared(reach: str, text: str) -> Placed:
    codes: list[str] = []
    kinds: set[str] = set()
    for name in filter(None, (part.strip() for part in re.split(r"[;|\n]", text))):
        found, its_codes = place_in(name)
        if not found:
            reason = _("We know no place called “%(name)s” for certain. Give a council area, a region or a code.")
            return Placed(faults=(Fault("places", reason % {"name": name[:60]}),))
        kinds.add(found)
        codes += its_codes
    own = kinds.pop() if len(kinds) == 1 else ""
    if reach == Reach.ONLINE:
        return Placed(reach, tuple(dict.fromkeys(codes)))
    if not own or (reach and own != reach):
        reason = _("These places do not fit the reach: name council areas, or one region or nation, not a mixture.")
        return Placed(faults=(Fault("places", reason),))
    return Placed(own, tuple(dict.fromkeys(codes))[:MOST_PLACES])


def _inferred(values: Mapping[str, str]) -> tuple[str, tuple[str, ...], list[str]]:
    """The first of the row's places that is certain, and what was tried in vain."""
    tried: list[str] = []
    for column in ("location", "venue_postcode", "organisation_postcode", "organisation_place"):
        text = values.get(column, "").strip()
        if not text:
            continue
        if column.endswith("postcode"):
            facts = postcode_facts(text)
            if isinstance(facts, PostcodeFacts):
                return Reach.AUTHORITIES.value, (facts.authority_code,), tried
            tried.append(facts)
        else:
            reach, codes = place_in(text)
            if reach:
                return reach, codes, tried
            tried.append(_("“%(text)s” names no place for certain.") % {"text": text[:80]})
    return "", (), tried


def _unplaced(reach: str, tried: list[str]) -> Placed:
    if reach:
        return Placed(faults=(Fault("places", _("Name the places it reaches.")),))
    return Placed(note=" ".join(tried) or _("The row names no place, no postcode and no council."))
