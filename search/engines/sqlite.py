"""SQLite: FTS5 with Porter's stems over the documents' words, kept by triggers in the transaction of each change."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import connection

from search.engines.database import TAGS_SHOWN, DatabaseEngine, Part
from search.query import Match
from search.words import Term, Words


def _term(term: Term) -> str:
    return '"' + " ".join(term) + '"'  # folded words are letters and digits: nothing to escape


def expression(words: Words, match: Match) -> str:
    """FTS5's query for these words; "" where nothing is looked for."""
    groups = ["(" + " OR ".join(map(_term, group)) + ")" for group in words.groups]
    asked = (" AND " if match == Match.ALL else " OR ").join(groups)
    if not asked or not words.excluded:
        return asked
    return f"({asked}) NOT ({' OR '.join(map(_term, words.excluded))})"


class SQLiteEngine(DatabaseEngine):
    """The embedded engine: what a laptop and a small site have."""

    name = "sqlite"

    def _words(self, words: Words, match: Match) -> tuple[Part, Part]:
        asked = expression(words, match)
        if asked:
            # FTS5's BM25 has k1 1.2 and b 0.75, and a minus before it.
            weights = ", ".join(map(str, self.weights))
            return (f"-bm25(search_words, {weights})", []), ("search_words MATCH %s", [asked])
        if words.excluded:
            without = " OR ".join(map(_term, words.excluded))
            return ("1.0", []), ("d.id NOT IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)", [without])
        return ("1.0", []), ("", [])

    def _source(self, words: Words) -> str:
        # CROSS JOIN holds SQLite to this order: words first, then their documents.
        if not words.groups:
            return "search_searchdocument d"
        return "search_words CROSS JOIN search_searchdocument d ON d.id = search_words.rowid"

    def _one_of(self, column: str, values: Sequence[Any]) -> Part:
        return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]  # noqa: S608  our own name

    def _most_carried(self, ids: Sequence[int]) -> dict[str, int]:
        # SQLite would sort every tag of every initiative to group them: it only tells them, one after another.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT group_concat(i.tag_id) FROM json_each(%s) j "
                "CROSS JOIN initiatives_initiativetag i ON i.content_object_id = j.value",
                [json.dumps(ids)],
            )
            (told,) = cursor.fetchone()
            if not told:
                return {}
            tags, numbers = np.unique(np.fromstring(told, dtype=np.int64, sep=","), return_counts=True)
            least = np.sort(numbers)[-TAGS_SHOWN:][0]
            carried = {int(tag): int(number) for tag, number in zip(tags, numbers, strict=True) if number >= least}
            condition, values = self._one_of("id", list(carried))
            cursor.execute(f"SELECT id, name FROM taggit_tag WHERE {condition}", values)  # noqa: S608  our own condition
            most = sorted((-carried[pk], name) for pk, name in cursor.fetchall())
            return {name: -number for number, name in most[:TAGS_SHOWN]}

    def rarity(self, stems: set[str]) -> Mapping[str, float]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_searchdocument")
            (total,) = cursor.fetchone()
            condition, values = self._one_of("term", sorted(stems))
            cursor.execute(f"SELECT term, doc FROM search_vocabulary WHERE {condition}", values)  # noqa: S608  our own condition
            return {term: math.log(1 + (total - number + 0.5) / (number + 0.5)) for term, number in cursor.fetchall()}
