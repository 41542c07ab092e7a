"""Cold spots as a table for a spreadsheet: every one of the list, coldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from django.utils.translation import gettext as _

from partnerships.coldspots.asking import ColdQuery, plain
from partnerships.coldspots.queries.ranking import Ranking
from partnerships.coldspots.queries.showing import shown_score
from partnerships.coldspots.words import sentence, state_words
from partnerships.coverage.states import State
from partnerships.coverage.words import step_label, support_label
from partnerships.need.models import Index
from places.models import PlaceKind
from places.queries import gazetteer
from texts.vocabulary import label_of

COLUMNS = (
    *("rank", "code", "place", "kind", "stage or transition", "support"),
    *("score of 100", "share of need", "initiatives near", "initiatives from afar", "what is near", "in words"),
    *("called cold", "index", "illustrative", "weights"),
)


def exported(ranking: Ranking, weighing: Sequence[tuple[Index, float]]) -> Iterator[list[object]]:
    """Rows of COLUMNS. What several rows say alike is put in words once: there can be 75,000 of them."""
    steps, supports, states = cache(step_label), cache(support_label), cache(state_words)
    query, yes, no = ranking.query, _("yes"), _("no")
    index = "; ".join(str(one) if len(weighing) == 1 else f"{one} × {plain(weight)}" for one, weight in weighing)
    illustrative = yes if any(one.is_illustrative for one, _weight in weighing) else no
    last = (index, illustrative, weights_in_words(query))

    @cache
    def called(code: str) -> tuple[str, str, str]:
        place = gazetteer()[code]
        return code, place.label, label_of(PlaceKind, place.kind)

    @cache
    def in_words(need: float, kind: str, near: int, afar: int, state: State) -> str:
        said = sentence(need, kind, near, afar, state)
        return f"{said} {_('The score presumes that there is none.')}" if state == State.UNKNOWN else said

    for number, spot in enumerate(ranking.spots()):
        yield [
            *(spot.rank, *called(spot.place.code), steps(spot.step), supports(spot.support)),
            *(shown_score(spot.score), round(spot.need, 4), spot.near, spot.afar, states(spot.near, spot.state)),
            in_words(spot.need, spot.place.kind, spot.near, spot.afar, spot.state),
            *(yes if number < ranking.cold else no, *last),
        ]


def weights_in_words(query: ColdQuery) -> str:
    """ "power 1; afar 0.25; enough 2; from 25": as an address calls them, for it stands in every row."""
    return "; ".join(f"{name} {value}" for name, value in (*query.said_weights.items(), ("from", query.said_cold)))
