"""Numbers as tables have them: with thousands separators, as percentages, or missing."""

from __future__ import annotations

import math
import re

from django.utils.translation import gettext as _

# What statistical offices write where there is no number.
MISSING = frozenset(
    {"", "-", "–", "—", ".", "..", "...", ":", "*", "c", "x", "z", "na", "n/a", "#n/a", "nan", "null", "none"}
)
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")


class NotANumber(ValueError):
    """The text says why, and what would be one."""


def read_number(text: str) -> tuple[float | None, bool]:
    """The number, or None where it is missing, and whether it was written as a percentage ("12.5%" is 12.5).

    Raises NotANumber.
    """
    plain = text.strip().replace("\u2212", "-")
    if plain.casefold() in MISSING:
        return None, False
    is_percentage = plain.endswith("%")
    plain = _SPACES.sub("", plain.removesuffix("%"))
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain) or not math.isfinite(number := float(plain)):
        if re.fullmatch(r"[-+]?\d+,\d+", plain):
            raise NotANumber(
                _("“%(text)s” has a comma where thousands end nowhere. Write a point before decimals.")
                % {"text": text[:40]}
            )
        raise NotANumber(_("“%(text)s” is not a number.") % {"text": text.strip()[:40]})
    return number, is_percentage


def read_rank(text: str) -> int | None:
    """A whole number from 1 on; None where it is missing. Raises NotANumber."""
    number, is_percentage = read_number(text)
    if number is None:
        return None
    if is_percentage or number != int(number) or not 1 <= number <= 32_000:
        raise NotANumber(
            _("“%(text)s” is not a rank, which is a whole number from 1 on.") % {"text": text.strip()[:40]}
        )
    return int(number)
