"""Tags that a text may want: of the initiatives nearest to it, and those it names. Three queries and a finder’s."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from initiatives.models import InitiativeTag
from initiatives.queries.counting import tag_counts
from initiatives.tagging.models import Synonym
from initiatives.tagging.nearest import nearest
from initiatives.tagging.ranking import rank
from places.queries import UK_CODE
from texts.cleaning import fold

SHOWN = 5
NEIGHBOURS = 500
_LONGEST_NAME = 4  # words of a tag that a text may name
_LONGEST_TEXT = 12_000  # letters that are looked at


def suggest_tags(text: str, *, besides: int = 0, without: Collection[str] = (), limit: int = SHOWN) -> list[str]:
    """At most `limit` names, the likeliest first. `besides`: the initiative itself; `without`: what it has."""
    text = text[:_LONGEST_TEXT]
    found = nearest(text, besides=besides, limit=NEIGHBOURS)
    tags = _tags_of(found.neighbours)
    runs = _runs(text)
    named = runs | _standing_for(runs)
    carried = tag_counts(UK_CODE, only=named.union(*tags.values()))
    ranked = rank(
        found.asked,
        ((stems, tags[pk]) for pk, stems in found.neighbours.items() if pk in tags),
        rarity=found.rarity,
        carried=carried,
        named=named & carried.keys(),
    )
    taken = {name.lower() for name in without}
    return [tag for tag in ranked if tag in carried and tag not in taken][:limit]


def _tags_of(pks: Collection[int]) -> Mapping[int, set[str]]:
    """In small letters, as they are counted."""
    tags: defaultdict[int, set[str]] = defaultdict(set)
    rows = InitiativeTag.objects.filter(content_object_id__in=pks).values_list("content_object_id", "tag__name")
    for pk, name in rows if pks else ():
        tags[pk].add(name.lower())
    return tags


def _runs(text: str) -> set[str]:
    """Whatever in the text may be a tag’s name, or a word that stands for one."""
    words = fold(text).split()
    return {
        " ".join(words[at : at + length])
        for length in range(1, _LONGEST_NAME + 1)
        for at in range(len(words) - length + 1)
    }


def _standing_for(words: Collection[str]) -> set[str]:
    """The tags in use that other words stand for."""
    names = Synonym.objects.filter(word__in=words, tag__note__retired_at=None).values_list("tag__name", flat=True)
    return {name.lower() for name in names}
