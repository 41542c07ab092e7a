"""Why two entries may be one organisation, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

from organisations.duplicates.entries import Entry

NUMBER, POSTCODE, DOMAIN, NAMES, PLACE = "number", "postcode", "domain", "names", "place"
_ALIKE = 0.88  # two names are one with a slip from here on (share of letters kept)
_LONG_ENOUGH = 5  # characters of a number that two registers do not give by chance


class Reason(NamedTuple):
    kind: str
    about: str = ""


def strong(one: Entry, other: Entry) -> list[Reason]:
    """The reasons that suffice by themselves: a number, the name with the postcode, the name with the web domain."""
    reasons = []
    same_name = one.key == other.key
    if names_alike(one, other):
        values = {value for _scheme, value in one.numbers} & {value for _scheme, value in other.numbers}
        reasons += [Reason(NUMBER, value) for value in sorted(values) if len(value) >= _LONG_ENOUGH]
        if one.domain and one.domain == other.domain:
            reasons.append(Reason(DOMAIN, one.domain))
    if same_name and one.postcode and one.postcode == other.postcode:
        reasons.append(Reason(POSTCODE, _spaced(one.postcode)))
    return reasons


def names_alike(one: Entry, other: Entry) -> bool:
    """The same name, with a slip, or one within the other."""
    ours, theirs = one.key.split(), other.key.split()
    within = set(ours) <= set(theirs) or set(theirs) <= set(ours)
    if within and min(len(ours), len(theirs)) > 1:
        return True
    return Levenshtein.normalized_similarity(one.key, other.key) >= _ALIKE


def known_apart(one: Entry, other: Entry) -> bool:
    """Whether one register has given them two numbers, and none to both."""
    registers = {scheme for scheme, _value in one.numbers} & {scheme for scheme, _value in other.numbers}
    return bool(registers) and one.numbers.isdisjoint(other.numbers)


def weak(one: Entry, other: Entry) -> list[Reason]:
    """What the matcher's answer can be put down to, in words; nothing where the names are not alike."""
    if not names_alike(one, other):
        return []
    places = [Reason(POSTCODE, _spaced(one.postcode))] if one.postcode and one.postcode == other.postcode else []
    if not places and one.place and one.place == other.place:
        places = [Reason(PLACE, one.place)]
    return [Reason(NAMES), *places]


def _spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}"


def sentences(reasons: Iterable[tuple[str, str] | list[str]]) -> list[str]:
    """Each kept reason for who decides; a kind that is no more is left out."""
    said = {
        NUMBER: _("The number %(about)s stands with both."),
        POSTCODE: _("The same name and postcode, %(about)s."),
        DOMAIN: _("Names alike, and the same web domain, %(about)s."),
        NAMES: _("The names are alike, and what else is said of them."),
        PLACE: _("Both are in %(about)s."),
    }
    return [said[kind] % {"about": about} for kind, about in reasons if kind in said]
