"""What somebody is perhaps typing: tags in use, by their names and by the words that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.queries.counting import tag_counts, tags_beginning
from initiatives.tagging.models import Synonym
from places.queries import UK_CODE
from texts.cleaning import clean_line

MOST = 8
_LONGEST = 100
_FEWEST = 2  # letters


@dataclass(frozen=True)
class Typed:
    """A tag, and the other word by which it was found."""

    name: str
    note: str = ""


def tags_typed(text: str) -> list[Typed]:
    """At most eight, the most carried first; then those that another word leads to. Three queries."""
    typed = clean_line(text[:_LONGEST]).lower()
    if len(typed) < _FEWEST:
        return []
    found = {name: Typed(name) for name in tags_beginning(typed, most=MOST)}
    begins = Q(word__startswith=typed) | Q(word__contains=f" {typed}")
    rows = Synonym.objects.filter(begins, tag__note__retired_at=None).values_list("tag__name", "word")[:MOST]
    others = {name.lower(): word for name, word in rows}
    used = tag_counts(UK_CODE, only=others) if others else {}
    for name in used:
        found.setdefault(name, Typed(name, _("for “%(word)s”") % {"word": others[name]}))
    return list(found.values())[:MOST]
