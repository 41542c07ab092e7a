"""When two spellings of a place are the same name: "St. Helens" and "Saint Helens Borough Council"."""

from __future__ import annotations

import re

from texts.cleaning import fold

_WORDS = {"saint": "st", "saints": "st", "upon": "on"}
_JOINING = frozenset(("by", "de", "in", "le", "next", "on", "super", "under"))
_LONDON_BOROUGH = re.compile(r"^(?:the )?(?:royal |london )+borough of | london boro(?:ugh)?$")
_BEFORE = re.compile(
    r"^(?:the |city and county of |city and county borough of |county borough of |(?:metropolitan )?borough of "
    r"|city of |county of |cyngor |dinas )+"
)
_AFTER = re.compile(
    r"(?: (?:council|corporation|ua|ca|authority|district|borough|county|city|metropolitan|mdc|the|unitary"
    r"|and district|combined|mayoral|city of|county of|council area|region))+$"
)


def name_key(name: str) -> str:
    """For an exact match: case, accents, punctuation, "&" and "and", "St" and "Saint" make no difference."""
    return " ".join(_WORDS.get(word, word) for word in fold(name).split() if word != "and")


def short_key(name: str) -> str:
    """A town as its neighbours call it: "Ashby-de-la-Zouch" → "ashby", "Barrow-in-Furness" → "barrow"."""
    words = name_key(name).split()
    at = next((at for at, word in enumerate(words) if at and word in _JOINING), len(words))
    return " ".join(words[:at])


def bare_key(name: str) -> str:
    """As `name_key`, and without what a council calls itself ("City of", "Borough Council"); never empty for a name."""
    key = name_key(name)
    bare = _AFTER.sub("", _BEFORE.sub("", _LONDON_BOROUGH.sub("", key)))
    return bare or key
