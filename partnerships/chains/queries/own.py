"""What is missing before and after one initiative, in the places it is for: for its own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.models import Initiative, ReachedPlace
from partnerships.chains.asking import ENDS, ENDS_IN_PART, STARTS, STARTS_IN_PART, ChainsQuery
from partnerships.chains.queries import broken
from partnerships.chains.queries.lives import FROM_AFAR, how_many_reach, lives_in
from partnerships.chains.queries.showing import sentence
from partnerships.chains.rule import Found
from places.queries import PlaceFacts, gazetteer

PLACES = 3  # the first by name


@dataclass(frozen=True)
class Missing:
    """`url`: the list with who could."""

    sentence: str
    url: str


@dataclass(frozen=True)
class Own:
    """`ends` and `starts`: in how many of the places its end and its start were looked at; `looked_at`: those places;
    `places`: how many it is for; `too_wide`: those among the first that are too wide to be looked at here."""

    missing: tuple[Missing, ...]
    ends: int
    starts: int
    looked_at: tuple[PlaceFacts, ...]
    places: int
    too_wide: tuple[PlaceFacts, ...]

    @property
    def verdict(self) -> str:
        """What is said where nothing is missing: only of what was looked at."""
        told = {"places": ", ".join(place.name for place in self.looked_at)}
        if self.ends and self.starts:
            said = _(
                "Somebody leads up to it and somebody goes on with its people, as far as the registry knows: "
                "%(places)s."
            )
        elif self.ends:
            said = _("Somebody goes on with its people, as far as the registry knows: %(places)s.")
        elif self.starts:
            said = _("Somebody leads up to it, as far as the registry knows: %(places)s.")
        elif self.too_wide:
            return ""
        else:
            said = _("There was nothing to look at: it says no step that others lead up to or go on from, or no place.")
        return said % told

    @property
    def limits(self) -> str:
        """Which of its places were not looked at."""
        said = []
        if self.too_wide:
            wide = {"places": ", ".join(place.name for place in self.too_wide)}
            said.append(_("Too much reaches %(places)s to be looked at here: see the pages of smaller places.") % wide)
        left = self.places - len(self.looked_at) - len(self.too_wide)
        if left:
            told = {"some": self.places - left, "all": self.places}
            said.append(_("These are the first %(some)d of the %(all)d places it is for.") % told)
        return " ".join(said)


def own_of(initiative: Initiative) -> Own:
    """Two queries, and two for each of its first places that is not too wide."""
    gaz = gazetteer()
    codes = ReachedPlace.objects.filter(initiative=initiative, declared=True).values_list("place_id", flat=True)
    places = sorted((gaz[code] for code in codes if code in gaz), key=lambda place: place.name)
    named = broken.named_of(initiative.pk)
    missing, looked_at, too_wide = [], [], []
    number = {ENDS: 0, STARTS: 0}
    for place in places[:PLACES]:
        if place.kind in FROM_AFAR or how_many_reach(place) > broken.TOO_MANY:
            too_wide.append(place)
            continue
        lives = lives_in(place)
        looked_at.append(place)
        for none, in_part in ((ENDS, ENDS_IN_PART), (STARTS, STARTS_IN_PART)):
            query = ChainsQuery(place, show=none)
            row = broken.break_in(lives, initiative.pk, named, is_forward=query.is_forward)
            number[none] += row is not None
            if row is None or row.found >= Found.FULLY:
                continue
            shown = query.but(show=in_part if row.found else none, at=row.transition)
            missing.append(Missing(sentence(query, lives, row, initiative.title), shown.url))
    return Own(tuple(missing), number[ENDS], number[STARTS], tuple(looked_at), len(places), tuple(too_wide))
