"""Which area a row of an index speaks of: a council area of today, a district that ended, or something larger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from django.utils.translation import gettext as _

from partnerships.need.description import Description
from partnerships.need.districts import Ended, ended_districts
from partnerships.need.faults import NeedRefused
from partnerships.need.rows import Row
from places.domain.naming import bare_key, name_key
from places.models import PlaceKind
from places.queries import Gazetteer
from texts.cleaning import fold


class Kind(StrEnum):
    TODAY = "today"  # one council area of today
    ENDED = "ended"  # a district that ended
    LARGER = "larger"  # several council areas
    LEFT_OUT = "left-out"  # as the description wants it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """What a row speaks of, and the council areas of today that lie in it."""

    kind: Kind
    codes: tuple[str, ...] = ()
    ended: Ended | None = None


class Finder:
    """Looks rows up by code, else by name; asks the database nothing."""

    def __init__(self, gaz: Gazetteer, description: Description) -> None:
        self._gaz = gaz
        self._leave_out = [fold(one.replace("*", " zzz ")).replace("zzz", "*") for one in description.leave_out]
        self._own = {fold(name): self._own_area(name, codes) for name, codes in description.areas.items()}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._larger: dict[str, str] = {}
        self._ended = {name_key(district.name): district for district in ended_districts().values()}
        for place in gaz.places:
            names = (place.name, place.name_cy, *place.other_names)
            for key in {one for name in names if name for one in (name_key(name), bare_key(name))}:
                if place.is_authority:
                    self._names[key].add(place.code)
                elif place.kind != PlaceKind.PRIORITY_AREA:
                    self._larger.setdefault(key, place.code)
        for county, code in gaz.counties.items():
            self._larger[name_key(county)] = code

    def find(self, row: Row) -> Found:
        """What the row speaks of; `UNKNOWN` where nobody knows."""
        own = self._own.get(fold(row.name)) or self._own.get(fold(row.code))
        if own:
            return own
        found = self._by_code(row.code.upper()) if row.code else self._by_name(row.name)
        if found.kind in (Kind.UNKNOWN, Kind.LARGER) and self._is_left_out(row):
            return Found(Kind.LEFT_OUT)
        return found

    def _own_area(self, name: str, codes: tuple[str, ...]) -> Found:
        today: list[str] = []
        for code in codes:
            places = self._authorities(code)
            if not places:
                raise NeedRefused(
                    _("“areas” in the description names the code %(code)s for %(name)s, which nobody knows.")
                    % {"code": code, "name": name}
                )
            today += places
        return Found(Kind.TODAY if len(today) == 1 else Kind.LARGER, tuple(dict.fromkeys(today)))

    def _by_code(self, code: str) -> Found:
        place = self._gaz.get(code)
        if place is not None and place.is_authority:
            return Found(Kind.TODAY, (code,))
        if (ended := ended_districts().get(code)) is not None:
            return Found(Kind.ENDED, (ended.today,), ended)
        codes = self._authorities(code)
        if not codes:
            return Found(Kind.UNKNOWN)
        is_one = len(codes) == 1 and not code.startswith("E10")
        return Found(Kind.TODAY if is_one else Kind.LARGER, codes)

    def _by_name(self, name: str) -> Found:
        for key in (name_key(name), bare_key(name)):  # its whole name first: Liverpool City Region is not Liverpool
            if len(codes := self._names.get(key, set())) == 1:
                return Found(Kind.TODAY, tuple(codes))
            if (ended := self._ended.get(key)) is not None:
                return Found(Kind.ENDED, (ended.today,), ended)
            if (code := self._larger.get(key)) is not None:
                return Found(Kind.LARGER, self._authorities(code))
        return Found(Kind.UNKNOWN)

    def _authorities(self, code: str) -> tuple[str, ...]:
        return tuple(one for today in self._gaz.resolve_code(code) for one in self._gaz.authorities_in(today))

    def _is_left_out(self, row: Row) -> bool:
        names = [fold(text) for text in (row.name, row.code) if text]
        return any(fnmatchcase(name, pattern) for name in names for pattern in self._leave_out)
