"""What reads like an initiative, by the engine's own measure of words."""

from __future__ import annotations

from initiatives.models import Initiative
from initiatives.queries.cards import Card, cards
from search.engines import current_engine
from search.query import What
from texts.markdown import plain_text

SHOWN = 6


def like(initiative: Initiative, *, limit: int = SHOWN) -> list[Card]:
    """Cards of what is likest, the likest first; the title counts twice."""
    text = f"{initiative.title} {initiative.title} {initiative.summary} {plain_text(initiative.description)}"
    ids = current_engine().more_like(text, what=What.INITIATIVES, besides=initiative.pk, limit=limit)
    return cards(ids)
