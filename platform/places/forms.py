"""A "where" box as a place: a postcode, half of one, a town, a council area, a region, a nation or an area of them.

Any text is answered: with a place, or with a sentence that says how to mend it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from places.domain.locating import Spot, county_areas, locate, middle_of, namesakes
from places.domain.naming import name_key
from places.postcodes import PostcodeError, PostcodeFacts, looks_like_postcode, parse_postcode
from places.queries import UK_CODE, PlaceFacts, gazetteer
from places.towns import Town

LONGEST = 120
_MOST_OTHERS = 5


@dataclass(frozen=True)
class Where:
    """What was typed: its place, the point distances are measured from, and how both are told."""

    code: str = UK_CODE
    point: tuple[float, float] | None = None
    typed: str = ""  # for the address; "" where it could not be used
    shown: str = ""  # for the box, as people know it
    near: str = ""  # what lies at the point, where that is no place of its own: "Whitby", "TS1 3BA"
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was used instead of what was typed
    perhaps: tuple[Spot, ...] = ()  # others that were perhaps meant
    town: Town | None = None

    @property
    def place(self) -> PlaceFacts:
        return gazetteer()[self.code]


def read_where(text: str) -> Where:
    """A place for what was typed: an address's slug, a postcode, else a name."""
    typed = text[:LONGEST].strip()
    if not typed:
        return Where()
    exact = gazetteer().by_slug(typed.lower())
    if exact is not None:
        same = locate(exact.name).sure
        shown = exact.name if same[:1] == (exact,) else exact.label
        others = tuple(spot for spot in same if isinstance(spot, Town))
        return Where(exact.code, middle_of(exact), typed, shown, perhaps=others[:_MOST_OTHERS])
    if looks_like_postcode(typed):
        return _postcode(typed)
    found = locate(typed)
    if not found.all:
        fault = _("We know no place called “%(where)s”. Try a town, a council area, a region or a postcode.")
        return Where(shown=typed, faults=(fault % {"where": typed},))
    best = found.all[0]
    where = _town(best, typed) if isinstance(best, Town) else Where(best.code, middle_of(best), typed, typed)
    where = replace(where, perhaps=_others(found.sure, found.likely, best))
    if found.is_part:
        note = _("We do not know “%(where)s”. These are the results for %(place)s.")
        return replace(where, notes=(note % {"where": typed, "place": best.label},))
    return _county(typed, where) or where


def _county(typed: str, where: Where) -> Where | None:
    """A county is no place here: it is answered by one of its council areas, with all the others to choose from."""
    areas = county_areas(typed)
    if not areas:
        return None
    note = _("%(county)s is made of several council areas. These are the results for one of them, %(place)s.")
    others = tuple(area for area in areas if area.code != where.code)
    return replace(where, notes=(note % {"county": typed, "place": where.place.name},), perhaps=others)


def _others(sure: tuple[Spot, ...], likely: tuple[Spot, ...], best: Spot) -> tuple[Spot, ...]:
    """Namesakes; and what begins so, unless a town is just so called: "Bath" is not "Bathgate"."""
    others = [spot for spot in (*sure, *likely) if spot != best]
    if sure:
        others = [spot for spot in others if spot in sure or not isinstance(spot, Town)]
    return tuple(others[:_MOST_OTHERS])


def _town(town: Town, typed: str) -> Where:
    """The town's own name leads to it, or, where another has the name, its label; its Welsh name stays Welsh."""
    names = [town.name, town.label]
    if name_key(typed) == name_key(town.name_cy) != name_key(town.name):
        names = [town.name_cy, *names]
    name = next((name for name in names if locate(name).sure[:1] == (town,)), town.label)
    near = name.removesuffix(f" ({town.authority.name})")
    return Where(town.authority_code, town.position, name, name, near, town=town)


def which_of_them(where: Where) -> str:
    """Where several towns have the name that was typed, a question for a form that must not guess; else ""."""
    others = namesakes(where.town) if where.town and where.typed == where.town.name else ()
    if not others:
        return ""
    question = _("There is more than one %(name)s. Which do you mean: %(labels)s?")
    return question % {"name": where.typed, "labels": "; ".join(town.label for town in others)}


def _postcode(typed: str) -> Where:
    try:
        facts = parse_postcode(typed)
    except PostcodeError as error:
        area = _area_of(typed)
        if area is None:
            return Where(shown=typed, faults=(str(error),))
        note = _("We do not know the postcode “%(where)s”. These are the results for %(area)s, in %(place)s.")
        names = {"where": typed, "area": area.postcode, "place": gazetteer()[area.authority_code].name}
        return Where(area.authority_code, area.position, typed, typed, area.postcode, notes=(note % names,))
    return Where(facts.authority_code, facts.position, typed, facts.postcode, facts.postcode)


def _area_of(typed: str) -> PostcodeFacts | None:
    """The area that a whole postcode begins with, for a postcode that the directory does not hold."""
    joined = re.sub(r"[\s-]", "", typed)
    if len(joined) < 5:
        return None
    try:
        return parse_postcode(joined[:-3])
    except PostcodeError:
        return None
