"""Named reads."""

from __future__ import annotations

from search.models import Synonym
from search.words import Synonyms


def synonyms() -> Synonyms:
    """The field's synonyms as moderators keep them: one query, so that the next search knows of a change."""
    return Synonyms(terms.split(",") for terms in Synonym.objects.values_list("terms", flat=True))
