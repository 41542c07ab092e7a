"""Cold spots as a table for a spreadsheet: every one of the list, coldest first."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.coldspots.queries.ranking import Ranking
from partnerships.coldspots.queries.showing import shown_score
from partnerships.coldspots.words import sentence
from partnerships.coverage.words import STATES, step_label, support_label

COLUMNS = (
    *("rank", "code", "place", "kind", "stage or transition", "support"),
    *("score of 100", "share of need", "initiatives near", "initiatives from afar", "what is near", "in words"),
)


def exported(ranking: Ranking) -> Iterator[list[object]]:
    """Rows of COLUMNS."""
    states = {state: str(label) for state, label in STATES.items()}
    for spot in ranking.spots():
        place = spot.place
        yield [
            *(spot.rank, place.code, place.label, place.kind, step_label(spot.step), support_label(spot.support)),
            *(shown_score(spot.score), round(spot.need, 4), spot.near, spot.afar, states[spot.state]),
            sentence(spot.need, place.kind, spot.near, spot.afar, spot.state),
        ]
