"""PostgreSQL: a generated vector with Porter's stems under a GIN index, scored as BM25 over kept statistics.

`ts_rank` knows neither how rare a word is nor how long a document: it gives how often a stem stands in it and where
(a sum that each further occurrence adds less to, as BM25's does), and the rest of BM25 is put around it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from search.engines.database import DatabaseEngine, Part
from search.engines.feedback import K1, B
from search.query import Match
from search.words import Term, Words, stem

_SATURATION = 1.64493406685  # pi squared over six: what ts_rank divides its sum by
_USUAL_LENGTH = 100.0  # words, until they were counted
_RAREST = 12.0  # for a stem that was in no document when they were last counted


def _term(term: Term) -> str:
    return "(" + " <-> ".join(f"'{stem(word)}'" for word in term) + ")"  # letters and digits: nothing to escape


def expression(words: Words, match: Match) -> str:
    """The tsquery for these words; "" where nothing is looked for."""
    groups = ["(" + " | ".join(map(_term, group)) + ")" for group in words.groups]
    asked = (" & " if match == Match.ALL else " | ").join(groups)
    without = " & ".join(f"!{_term(term)}" for term in words.excluded)
    return f"({asked}) & {without}" if asked and without else asked or without


def _often(term: Term, weights: str) -> Part:
    """How often a term stands in a document. A phrase: as often as its rarest word, where it stands there at all
    (of a phrase itself ts_rank gives how near its words are)."""
    one = "ts_rank(%s::real[], d.vector, %s::tsquery)"
    if len(term) == 1:
        return one, [weights, _term(term)]
    values = [value for word in term for value in (weights, _term((word,)))]
    least = ", ".join([one] * len(term))
    return f"(CASE WHEN d.vector @@ %s::tsquery THEN LEAST({least}) ELSE 0 END)", [_term(term), *values]


class PostgreSQLEngine(DatabaseEngine):
    """The engine of a site with several processes."""

    name = "postgresql"
    scores_well = False
    depth = 300  # its first order is rougher, so it looks further down

    def __init__(self) -> None:
        self._counted: dict[frozenset[str], tuple[float, dict[str, float]]] = {}  # an engine lives for one question

    def _words(self, words: Words, match: Match) -> tuple[Part, Part]:
        asked = expression(words, match)
        if not asked:
            return ("1.0", []), ("", [])
        condition = ("d.vector @@ %s::tsquery", [asked])
        return (self._score(words) if words.groups else ("1.0", [])), condition

    def _score(self, words: Words) -> Part:
        """BM25, a sum over the terms asked for; ts_rank's weights stand for D, C, B, A: body, names, summary, title."""
        title, summary, names, body = self.weights
        weights = f"{{{body / title}, {names / title}, {summary / title}, 1}}"
        average, rarity = self._statistics({stem(word) for group in words.groups for term in group for word in term})
        parts, values = [], []
        for group in words.groups:
            for term in group:
                idf = sum(rarity.get(stem(word), _RAREST) for word in term)
                often, often_values = _often(term, weights)
                parts.append(f"(SELECT %s * f / (f + d.norm) FROM (SELECT {often} * %s AS f OFFSET 0) once)")  # noqa: S608  our own pieces
                values += [idf * (K1 + 1), *often_values, _SATURATION * title]
        score = " + ".join(parts).replace("d.norm", f"({K1} * ({1 - B} + {B} * d.length / {average}))")
        return f"({score})", values

    def _one_of(self, column: str, values: Sequence[Any]) -> Part:
        return f"{column} = ANY(%s)", [list(values)]

    def rarity(self, stems: set[str]) -> Mapping[str, float]:
        return self._statistics(stems)[1]

    def _statistics(self, stems: set[str]) -> tuple[float, dict[str, float]]:
        """The documents' average length and how telling each stem is, as last counted (`search.domain.maintaining`)."""
        asked = frozenset(stems)
        if asked not in self._counted:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT s.documents, s.length, v.term, v.doc FROM search_statistics s "
                    "LEFT JOIN search_vocabulary v ON v.term = ANY(%s)",
                    [sorted(asked)],
                )
                rows = cursor.fetchall()
            total, length = (float(number) for number in rows[0][:2])
            counted = {term: n for _total, _length, term, n in rows}
            rarity = {
                term: math.log(1 + (max(total, n) - n + 0.5) / (n + 0.5)) if (n := counted.get(term, 0)) else _RAREST
                for term in stems
            }
            self._counted[asked] = (length or _USUAL_LENGTH, rarity)
        return self._counted[asked]
