"""Named reads of the registers: what somebody typing a name or a number may mean, and which entry is whose."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from organisations.models import EntryWord, Identifier, Organisation, RegisterEntry, RegisterGram, RegisterWord
from organisations.registers.spelling import grams_of, words_of
from places.queries import gazetteer
from texts.cleaning import clean_line, fold

MOST_FOUND = 8
_MOST_WORDS = 8
_LOOKED_AT = (800, 300)  # entries that have the rarest word, the second: among those the others are counted
_ALIKE = 60  # words that share most letters with a typed one
_RANKED = 60
_NEARLY = 0.5  # of the best score: less is not what was meant


@dataclass(frozen=True, slots=True)
class _Meant:
    """A word of the registers that a typed one may mean, and how surely (0 to 1)."""

    pk: int
    likeness: float
    uses: int


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry as it is suggested; `organisation` is who carries its number here already."""

    entry: RegisterEntry
    where: str
    organisation: Organisation | None


def find_entries(typed: str, *, most: int = MOST_FOUND) -> list[FoundEntry]:
    """The entries that a name, with or without its town, or a number may mean, the likeliest first; slips forgiven.

    Open ones come before closed ones that are as like. Six to twelve queries by indexes, however many entries.
    """
    typed = clean_line(typed)[:120]
    numbered = _by_number(typed, most)
    words = words_of(typed)[:_MOST_WORDS]
    if len("".join(words)) < 2:
        return []
    found = numbered or _by_words(words, most)
    return _with_organisations(found)


def _by_number(typed: str, most: int) -> list[RegisterEntry]:
    """Entries whose number begins so; numbers are typed with spaces and their register's prefix too."""
    text = re.sub(r"[\s./_-]", "", typed.upper()).removeprefix("GBCHC").removeprefix("GBCOH").removeprefix("URN")
    if not re.fullmatch(r"[A-Z]{0,3}\d{4,8}[A-Z]?", text):
        return []
    entries = RegisterEntry.objects.select_related("load")
    # A range, for SQLite looks for no prefix by an index; the prefix too, for some orders are wider than ASCII's.
    rows = entries.filter(number__gte=text, number__lte=f"{text}ZZZZZZZZ", number__startswith=text)
    found = list(rows.order_by(F("closed_on").asc(nulls_first=True), "number")[:most])
    if not found and text.isdigit() and len(text) < 8:  # a company's, without the zeros at its front
        found = list(entries.filter(number=text.zfill(8)))
    return found


def _by_words(words: list[str], most: int) -> list[RegisterEntry]:
    known = {
        word: _Meant(pk, 1.0, uses)
        for word, pk, uses in RegisterWord.objects.filter(word__in=words, uses__gt=0).values_list("word", "pk", "uses")
    }
    meant = [one for one in (_meant(word, known.get(word), is_last=word == words[-1]) for word in words) if one]
    if not meant:
        return []
    total = sum(max((one.uses for one in group), default=0) for group in meant) + 10
    weights = [math.log(1 + total / (1 + max(one.uses for one in group))) for group in meant]
    rarest = sorted(range(len(meant)), key=lambda index: -weights[index])[:2]
    scores: dict[int, float] = defaultdict(float)
    likeness = [{one.pk: one.likeness for one in group} for group in meant]
    everything = {pk for group in likeness for pk in group}
    has: dict[int, list[int]] = defaultdict(list)
    for index, most_near in zip(rarest, _LOOKED_AT, strict=False):
        near = EntryWord.objects.filter(word__in=likeness[index]).order_by("word", "entry").values("entry")[:most_near]
        rows = EntryWord.objects.filter(entry__in=near, word__in=everything).values_list("entry_id", "word_id")
        for entry, word in rows:
            has[entry].append(word)
    for entry, theirs in has.items():
        for group, weight in zip(likeness, weights, strict=True):
            scores[entry] += weight * max((group.get(word, 0.0) for word in theirs), default=0.0)
    least = max(scores.values(), default=0.0) * _NEARLY
    likely = [entry for entry, score in scores.items() if score >= least]
    best = sorted(likely, key=lambda entry: (-scores[entry], entry))[:_RANKED]
    entries = RegisterEntry.objects.select_related("load").in_bulk(best)
    key = " ".join(words)

    def rank(entry: RegisterEntry) -> tuple[float, bool, int]:
        place = f" {fold(entry.town or _place_name(entry))}"
        whole = fuzz.token_sort_ratio(key, entry.folded) + fuzz.token_set_ratio(key, entry.folded + place)
        return -(scores[entry.pk] * 10 + whole / 10), entry.closed_on is not None, entry.pk

    return sorted(entries.values(), key=rank)[:most]


def _meant(word: str, exact: _Meant | None, *, is_last: bool) -> list[_Meant]:
    """What a typed word may mean: itself, what begins so where it may not be finished, what is spelt nearly so."""
    found = {exact.pk: exact} if exact else {}
    if is_last and len(word) > 1:
        # By its first letters' gram, so that both databases find it by an index.
        rows = RegisterWord.objects.filter(grams__gram=f" {word[:2]}", word__startswith=word, uses__gt=0)
        for pk, uses in rows.order_by("-uses").values_list("pk", "uses")[:_ALIKE]:
            found.setdefault(pk, _Meant(pk, 0.95, uses))
    slips = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 8 else 2
    if slips and not found:
        for pk, other, uses in _alike(word):
            if OSA.distance(word, other, score_cutoff=slips) <= slips:
                found[pk] = _Meant(pk, 0.8, uses)
    return sorted(found.values(), key=lambda one: -one.likeness)


def _alike(word: str) -> list[tuple[int, str, int]]:
    """The words that share most groups of three letters with this one."""
    shared = (
        RegisterGram.objects.filter(gram__in=grams_of(word))
        .values("word")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "word")
        .values_list("word", flat=True)[:_ALIKE]
    )
    return list(RegisterWord.objects.filter(pk__in=list(shared), uses__gt=0).values_list("pk", "word", "uses"))


def _place_name(entry: RegisterEntry) -> str:
    place = gazetteer().get(entry.place_id) if entry.place_id else None
    return place.name if place else ""


def where_of(entry: RegisterEntry) -> str:
    """Where an entry is, in words: its town and its council area, one of them where they are the same."""
    names = [name for name in (entry.town, _place_name(entry)) if name]
    return ", ".join(dict.fromkeys(names)) or entry.postcode


def _with_organisations(entries: Sequence[RegisterEntry]) -> list[FoundEntry]:
    here = organisations_of(entries)
    return [FoundEntry(entry, where_of(entry), here.get((entry.scheme, entry.number))) for entry in entries]


def organisations_of(entries: Iterable[RegisterEntry]) -> dict[tuple[str, str], Organisation]:
    """Who carries these entries' numbers here: (scheme, number) → organisation."""
    numbers = [entry.number for entry in entries]
    rows = Identifier.objects.filter(value__in=numbers).select_related("organisation")
    return {(row.scheme, row.value): row.organisation for row in rows}


def entries_of(identifiers: Iterable[Identifier]) -> list[RegisterEntry]:
    """What registers say of who carries these numbers; open entries first. No query where there is no number."""
    numbers = Q()
    for one in identifiers:
        numbers |= Q(scheme=one.scheme, number=one.value)
    if not numbers:
        return []
    rows = RegisterEntry.objects.filter(numbers).select_related("load")
    return sorted(rows, key=lambda entry: (entry.closed_on is not None, entry.pk))
