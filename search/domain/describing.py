"""A document of one public thing: its folded words in four columns, and what it is narrowed by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from search.models import SearchDocument
from search.words import tokens

Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[int, Value]]) -> defaultdict[int, list[Value]]:
    """What belongs to each key, in the order it comes; nothing for a key that is not there."""
    groups: defaultdict[int, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def document_of(*, texts: tuple[str, str, str, str], **columns: object) -> SearchDocument:
    words = [tokens(text) for text in texts]
    title, summary, names, body = (" ".join(found) for found in words)
    return SearchDocument(
        title_words=title,
        summary_words=summary,
        name_words=names,
        body_words=body,
        length=sum(map(len, words)),
        **columns,
    )
