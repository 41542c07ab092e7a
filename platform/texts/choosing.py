"""What an address chooses among what can be chosen: what is nothing of it is left out, and said in a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from texts.cleaning import clean_line

LONGEST = 60  # letters of what makes no sense that are said again
_MOST_DIGITS = 18  # of a number that databases count with


@dataclass
class Choosing:
    """The words of an address; `faults` has a sentence for each that could not be chosen."""

    given: QueryDict
    faults: list[str] = field(default_factory=list)

    def __call__(self, name: str, allowed: Collection[str], otherwise: str = "") -> str:
        """The word that stands for `name`; `otherwise` where there is none, or none that is allowed."""
        value = clean_line(self.given.get(name, ""))
        if value in allowed:
            return value
        if value:
            fault = _("“%(value)s” is nothing that can be chosen here, so it is left out.")
            self.faults.append(fault % {"value": value[:LONGEST]})
        return otherwise


def pk_asked(text: str) -> int:
    """The number of a row that a form names; 0, which no row has, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
