"""What reads like an initiative, by the engine's own measure of words."""

from __future__ import annotations

from collections.abc import Sequence

from initiatives.models import Initiative
from initiatives.queries.cards import Card, cards
from search.engines import EngineFailed, current_engine
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.query import What
from texts.markdown import plain_text

SHOWN = 6


def like(initiative: Initiative, *, limit: int = SHOWN) -> list[Card]:
    """Cards of what is likest, the likest first; the title counts twice."""
    return cards(_ids(initiative, limit))


def neighbours(pk: int, *, limit: int) -> Sequence[int]:
    """The ids of what is likest to an initiative, the likest first; none where it is gone or no engine answers."""
    initiative = Initiative.objects.filter(pk=pk).only("title", "summary", "description").first()
    try:
        return _ids(initiative, limit) if initiative else ()
    except EngineFailed:
        return ()


def _ids(initiative: Initiative, limit: int) -> Sequence[int]:
    text = f"{initiative.title} {initiative.title} {initiative.summary} {plain_text(initiative.description)}"
    meaning = _meaning(initiative)
    return current_engine().more_like(text, what=What.INITIATIVES, besides=initiative.pk, limit=limit, meaning=meaning)


def _meaning(initiative: Initiative) -> Vector | None:
    """As it is kept; none where it is not known yet."""
    encoder = current_encoder()
    if encoder is None:
        return None
    return vectors_of(What.INITIATIVES, [initiative.pk], encoder.name).get(initiative.pk)
