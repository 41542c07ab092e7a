"""What is typed becomes the tag that moderators chose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q
from taggit.models import Tag

from initiatives.tagging.models import Note, Synonym
from texts.cleaning import clean_line, fold


def split_names(text: str) -> list[str]:
    """“STEM, maths,,Maths” → stem, maths: in small letters, each once, in the order typed."""
    return list(dict.fromkeys(name for part in re.split("[,;]", text) if (name := clean_line(part).lower())))


def chosen_names(typed: Iterable[str]) -> dict[str, str | None]:
    """What each name stands for, in small letters; None for a tag that was retired. Two queries however many."""
    names = list(dict.fromkeys(name.lower() for name in typed))
    if not names:
        return {}
    meant = _meanings(names)
    retired = set(_retired(meant.values()))
    return {name: None if tag in retired else tag for name, tag in meant.items()}


def spelled_as_known(typed: Iterable[str]) -> list[str]:
    """“T-Level”, “t levels” → “t levels”, where such a tag or synonym stands already; else as typed. Three queries."""
    names = list(dict.fromkeys(typed))
    known = {name.lower() for name in Tag.objects.filter(name__in=names).values_list("name", flat=True)}
    if known.issuperset(names):
        return names
    words = [
        *Synonym.objects.values_list("word", flat=True),
        *Tag.objects.order_by("-pk").values_list("name", flat=True),
    ]
    spellings = {_spelling(word): word.lower() for word in words}  # of two tags alike, the elder
    return [name if name in known else spellings.get(_spelling(name), name) for name in names]


def _spelling(name: str) -> str:
    """Without hyphens, accents and plurals; one in another script as it is."""
    words = fold(name).split()
    return " ".join(word[:-1] if len(word) > 2 and word[-1] == "s" != word[-2] else word for word in words) or name


def _retired(names: Iterable[str]) -> Iterable[str]:
    """Those of the names that are not used, in small letters."""
    rows = Note.objects.exclude(retired_at=None).values_list("tag__name", flat=True)
    wanted = set(names)
    return [name.lower() for name in rows if name.lower() in wanted]


def settled(tags: Mapping[int, Iterable[str]]) -> dict[int, list[str]]:
    """The same for many initiatives by id: names that stand, each once, sorted; retired tags are left out."""
    chosen = chosen_names(name for names in tags.values() for name in names)
    return {
        pk: sorted({tag for name in names if (tag := chosen[name.lower()]) is not None}) for pk, names in tags.items()
    }


def meant_by(typed: Iterable[str]) -> tuple[str, ...]:
    """What a filter’s names stand for, in their order; retired tags as they are, which nothing carries. One query."""
    return tuple(dict.fromkeys(_meanings(list(typed)).values()))


def _meanings(names: Collection[str]) -> dict[str, str]:
    """Each name with the tag that it stands for, which is itself where it is no synonym."""
    synonyms = dict(Synonym.objects.filter(word__in=names).values_list("word", "tag__name")) if names else {}
    return {name: synonyms.get(name, name).lower() for name in names}


def with_settled_tags(content: dict[str, Any]) -> dict[str, Any]:
    """An old version's content with the tags of today: the other one for what was merged, nothing for what was retired.

    One query where it has tags: no version of before a merge brings a tag back.
    """
    items = content.get("tagged_items") or []
    keys = {item.get("tag") for item in items}
    if not keys:
        return content
    rows = Tag.objects.filter(pk__in=keys).filter(Q(merged_into__isnull=False) | Q(note__retired_at__isnull=False))
    other: Mapping[int, int | None] = {
        pk: kept if retired is None else None
        for pk, kept, retired in rows.values_list("pk", "merged_into__tag", "merged_into__tag__note__retired_at")
    }
    if not other:
        return content
    kept = {item["tag"]: item for item in items if item["tag"] not in other}
    for item in items:
        tag = other.get(item["tag"])
        if tag is not None and tag not in kept:
            kept[tag] = {**item, "tag": tag}
    return {**content, "tagged_items": list(kept.values())}
