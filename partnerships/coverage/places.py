"""Which places an address names: today's, former ones by their successors, wider ones by their council areas."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from partnerships.coverage.asking import LONGEST, JourneyQuery, read_query
from places.domain.locating import locate
from places.queries import UK_CODE, PlaceFacts, gazetteer
from places.towns import Town
from texts.cleaning import clean_line

MOST_PLACES = 60


def read_places(given: QueryDict) -> JourneyQuery:
    """A set of council areas from `?place=…&place=…`; where none can be used, the UK's journey, with a sentence."""
    gaz = gazetteer()
    faults: list[str] = []
    notes: list[str] = []
    chosen: dict[str, PlaceFacts] = {}
    for typed in given.getlist("place"):
        text = clean_line(typed)
        if text:
            chosen.update((place.code, place) for place in _areas(text, faults, notes))
    places = tuple(chosen.values())
    if len(places) > MOST_PLACES:
        fault = _("These are %(n)d council areas. A journey takes at most %(most)d; the first of them are shown.")
        faults.append(fault % {"n": len(places), "most": MOST_PLACES})
        places = places[:MOST_PLACES]
    if not places:
        notes.append(_("No council area is chosen, so this is the whole UK. Add council areas below."))
        query = read_query(given, (gaz[UK_CODE],))
    else:
        query = read_query(given, places, is_set=True)
    return replace(query, faults=(*faults, *query.faults), notes=tuple(notes))


def _areas(text: str, faults: list[str], notes: list[str]) -> list[PlaceFacts]:
    """The council areas that a text means."""
    gaz = gazetteer()
    shown = text[:LONGEST]
    found = successors_of(text)
    if not found:
        faults.append(_("We know no place called “%(place)s”, so it is left out.") % {"place": shown})
        return []
    if gaz.by_slug(text.lower()) is None and gaz.get(text) is None and _is_former(text):
        names = ", ".join(place.name for place in found)
        notes.append(
            _("“%(former)s” is no council area any more: %(today)s took its place.") % {"former": shown, "today": names}
        )
    areas = [gaz[code] for place in found for code in gaz.authorities_in(place.code)]
    wider = [place.label for place in found if not place.is_authority]
    if wider:
        told = {"place": ", ".join(wider), "n": len(areas)}
        notes.append(_("%(place)s is more than one council area: all %(n)d of them are taken.") % told)
    return areas


def successors_of(text: str) -> list[PlaceFacts]:
    """Today's places for an address's slug, a code or a name, today's or a former one; empty where nobody knows it."""
    gaz = gazetteer()
    exact = gaz.by_slug(text.lower())
    if exact is not None:
        return [exact]
    if by_code := gaz.by_code(text):
        return by_code
    sure = locate(text.replace("-", " ")).sure
    if not sure:
        return []
    places = [gaz[spot.authority_code] if isinstance(spot, Town) else spot for spot in sure]
    former = [place for place in places if _was(place, text)]
    return list(dict.fromkeys(former or places[:1]))


def _was(place: PlaceFacts, text: str) -> bool:
    wanted = text.replace("-", " ").casefold()
    return any(name.replace("-", " ").casefold() == wanted for name in place.former_names)


def _is_former(text: str) -> bool:
    return not gazetteer().get(text.upper()) and (
        bool(gazetteer().by_code(text)) or any(_was(place, text) for place in successors_of(text))
    )
