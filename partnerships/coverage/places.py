"""Which places an address names: today's, former ones by their successors, wider ones by their council areas."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.coverage.asking import JourneyQuery, read_query
from places.domain.locating import locate
from places.queries import UK_CODE, PlaceFacts, gazetteer
from places.towns import Town
from texts.choosing import LONGEST
from texts.cleaning import clean_line

MOST_PLACES = 60


def read_places(given: QueryDict) -> JourneyQuery:
    """A set of council areas from `?place=…&place=…`; where none can be used, the UK's journey, with a sentence."""
    gaz = gazetteer()
    faults: list[str] = []
    notes: list[str] = []
    chosen: dict[str, PlaceFacts] = {}
    asked = list(dict.fromkeys(filter(None, map(clean_line, given.getlist("place")))))
    if len(asked) > MOST_PLACES:
        fault = _("These are %(n)d names. At most %(most)d are looked up at once; the first of them were.")
        faults.append(fault % {"n": len(asked), "most": MOST_PLACES})
    for text in asked[:MOST_PLACES]:  # a name that nobody knows takes a while to be sure of
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


def led_on(slug: str) -> str:
    """Where the address of a former place leads: the journey of what took its place. Empty where nobody knows it."""
    found = successors_of(slug)
    if not found:
        return ""
    asked = urlencode({"was": slug})
    if len(found) == 1:
        return f"{reverse('journey', args=[found[0].slug])}?{asked}"
    return f"{reverse('journey-set')}?{urlencode({'place': slug})}"


def read_place(given: QueryDict, place: PlaceFacts) -> JourneyQuery:
    """The journey of a place; `?was=` a former one that led here is said."""
    query = read_query(given, (place,))
    was = clean_line(given.get("was", ""))
    if was and place in successors_of(was) and not _is_known_as(was, [place]):
        return replace(query, notes=(_told_former(was, [place]),))
    return query


def _told_former(was: str, today: list[PlaceFacts]) -> str:
    told = {"former": _shown(was), "today": _(" and ").join(place.name for place in today)}
    return _("“%(former)s” has no journey of its own: today it is part of %(today)s.") % told


def _shown(text: str) -> str:
    """A former code by its name, an address as a name."""
    name = next((name for name, code in gazetteer().counties.items() if code == text.upper()), text)
    return name.replace("-", " ").title()[:LONGEST] if name == name.lower() else name[:LONGEST]


def _areas(text: str, faults: list[str], notes: list[str]) -> list[PlaceFacts]:
    """The council areas that a text means."""
    gaz = gazetteer()
    shown = text[:LONGEST]
    found = successors_of(text)
    if not found:
        faults.append(_("We know no place called “%(place)s”, so it is left out.") % {"place": shown})
        return []
    if not _is_known_as(text, found):
        notes.append(_told_former(text, found))
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


def _is_known_as(text: str, places: list[PlaceFacts]) -> bool:
    """Whether today's places are asked for by a name, address or code of their own."""
    asked = {text.casefold(), text.replace("-", " ").casefold()}
    names = {name.casefold() for one in places for name in (one.slug, one.code, one.name, one.label, one.name_cy)}
    return bool(asked & names)
