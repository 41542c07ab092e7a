"""What reads like an initiative, by the engine's own measure of words."""

from __future__ import annotations

from initiatives.models import Initiative
from initiatives.queries.cards import Card, cards
from search.engines import current_engine
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.query import What
from texts.markdown import plain_text

SHOWN = 6


def like(initiative: Initiative, *, limit: int = SHOWN) -> list[Card]:
    """Cards of what is likest, the likest first; the title counts twice."""
    text = f"{initiative.title} {initiative.title} {initiative.summary} {plain_text(initiative.description)}"
    meaning = _meaning(initiative)
    ids = current_engine().more_like(text, what=What.INITIATIVES, besides=initiative.pk, limit=limit, meaning=meaning)
    return cards(ids)


def _meaning(initiative: Initiative) -> Vector | None:
    """As it is kept; none where it is not known yet."""
    encoder = current_encoder()
    if encoder is None:
        return None
    return vectors_of(What.INITIATIVES, [initiative.pk], encoder.name).get(initiative.pk)
