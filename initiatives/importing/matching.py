"""Recognising a row: by its source's number, by its title at the same organisation, by a title that is nearly that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from initiatives.importing.organising import Known
from initiatives.importing.rows import ParsedRow
from initiatives.models import Initiative
from texts.cleaning import fold

CLOSE = 91  # of 100, by the words in any order; found on made-up pairs of school schemes
_SHORTEST = 10  # shorter titles say too little to be called close
_GRANT_WORDS = {"grant", "award", "funding", "donation", "to", "for", "the", "a", "towards", "ltd"}
_MOST_TITLES = 5_000
_KEPT_PER_ORGANISATION = 20


@dataclass(frozen=True, slots=True)
class Match:
    """What a row matches: an initiative that is here (`pk`), or an earlier line of the same file (`line`)."""

    how: str
    pk: int | None = None
    line: int = 0
    may_be_updated: bool = False

    @property
    def reason(self) -> str:
        if self.pk is None:
            return _REASONS_IN_FILE[self.how]() % {"line": self.line}
        return _REASONS[self.how]()

    @property
    def by_number(self) -> bool:
        return self.how == "number"


_REASONS = {
    "number": lambda: _("It is here already: the same source and number."),
    "title": lambda: _("The same organisation has one with this title."),
    "close": lambda: _("The same organisation has one with nearly this title."),
}
_REASONS_IN_FILE = {
    "number": lambda: _("The same number stands in line %(line)s."),
    "title": lambda: _("The same organisation and title stand in line %(line)s."),
    "close": lambda: _("The same organisation has nearly this title in line %(line)s."),
}


def is_generic(title_key: str, organisation: str) -> bool:
    """A title that says no more than who received a grant: other awards of theirs carry it too."""
    rest = f" {title_key} ".replace(f" {organisation} ", " ") if organisation else title_key
    return not set(rest.split()) - _GRANT_WORDS


def identity(title_key: str, organisation: str, summary: str, starts_on: object) -> str:
    """What is compared as the title; one that names nobody's work is told apart by what it says and when."""
    if is_generic(title_key, organisation):
        return f"{title_key}|{fold(summary)[:200]}|{starts_on or ''}"
    return title_key


def are_close(title: str, others: Sequence[str]) -> int | None:
    """The index of a title that is this one but for a slip or the order of its words. Numbers must agree."""
    if len(title) < _SHORTEST or "|" in title:
        return None
    numbers = sorted(re.findall(r"\d+", title))
    found = process.extract(title, others, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE, limit=3)
    for other, _score, index in found:
        if sorted(re.findall(r"\d+", other)) == numbers and "|" not in other:
            return int(index)
    return None


class Matcher:
    """What is here already and what the file has said so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._numbers: dict[int, int] = {}  # hashes, for a long file's sake → line
        self._titles: dict[int, int] = {}
        self._by_lead: dict[int, list[tuple[str, int]]] = {}
        self._here_by_number: dict[str, dict[str, Any]] = {}
        self._here_by_title: dict[tuple[int, str], dict[str, Any]] = {}
        self._here_by_lead: dict[int, tuple[list[str], list[dict[str, Any]]]] = {}

    def load(self, rows: Iterable[tuple[ParsedRow, Known]]) -> None:
        """Read what these rows could match: three queries."""
        pairs = list(rows)
        columns = (
            *("pk", "source", "claimed_at", "latest_revision_id", "merged_into_id"),
            *("title_key", "lead_organisation_id", "source_id"),
        )
        here = Initiative.objects.order_by("-pk")
        self._here_by_number = {
            one["source_id"]: one
            for one in here.filter(source=self.source, source_id__in={row.source_id for row, _lead in pairs}).values(
                *columns
            )
        }
        leads = {lead.pk: lead.folded for _row, lead in pairs if lead.pk is not None}
        keys = {row.answers["title_key"] for row, _lead in pairs}
        self._here_by_title, self._here_by_lead = {}, {}
        if not leads:
            return
        for one in here.filter(lead_organisation__in=leads, title_key__in=keys).values(
            *columns, "summary", "starts_on"
        ):
            pk = one["lead_organisation_id"]
            key = identity(one["title_key"], leads[pk], one["summary"], one["starts_on"])
            self._here_by_title[pk, key] = one
        for one in here.filter(lead_organisation__in=leads).values(*columns)[:_MOST_TITLES]:
            pk = one["lead_organisation_id"]
            titles, ones = self._here_by_lead.setdefault(pk, ([], []))
            if not is_generic(one["title_key"], leads[pk]):
                titles.append(one["title_key"])
                ones.append(one)

    def match(self, row: ParsedRow, lead: Known) -> Match | None:
        """What the row is already, the surest first; None for a new one."""
        if one := self._here_by_number.get(row.source_id):
            return self._match("number", one)
        if line := self._numbers.get(hash(row.source_id)):
            return Match("number", line=line)
        key = self._identity(row, lead)
        if lead.pk is not None:
            if one := self._here_by_title.get((lead.pk, key)):
                return self._match("title", one)
            titles, ones = self._here_by_lead.get(lead.pk, ([], []))
            if (index := are_close(key, titles)) is not None:
                return self._match("close", ones[index])
        if line := self._titles.get(hash((lead.key, key))):
            return Match("title", line=line)
        earlier = self._by_lead.get(hash(lead.key), [])
        if earlier and (index := are_close(key, [title for title, _line in earlier])) is not None:
            return Match("close", line=earlier[index][1])
        return None

    def remember(self, row: ParsedRow, lead: Known) -> None:
        """The row goes in: later ones may match it."""
        key = self._identity(row, lead)
        self._numbers[hash(row.source_id)] = row.line
        self._titles[hash((lead.key, key))] = row.line
        if "|" not in key:
            kept = self._by_lead.setdefault(hash(lead.key), [])
            kept.append((key, row.line))
            del kept[:-_KEPT_PER_ORGANISATION]

    def forget(self) -> None:
        """What the file said is written now, and will be found there."""
        self._numbers.clear()
        self._titles.clear()
        self._by_lead.clear()

    @staticmethod
    def _identity(row: ParsedRow, lead: Known) -> str:
        return identity(row.answers["title_key"], lead.folded, row.answers["summary"], row.answers["starts_on"])

    @staticmethod
    def _match(how: str, one: dict[str, Any]) -> Match:
        """One that was merged is the one that it became."""
        return Match(how, pk=one["merged_into_id"] or one["pk"], may_be_updated=_is_untouched(one))


def _is_untouched(one: dict[str, Any]) -> bool:
    """It came by import, and nobody has claimed, edited or merged it since."""
    untouched = one["claimed_at"] is None and one["latest_revision_id"] is None and one["merged_into_id"] is None
    return bool(one["source"]) and untouched
