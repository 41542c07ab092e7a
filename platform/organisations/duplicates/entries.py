"""What an organisation's row says, brought to the form in which two are held against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import QuerySet

from organisations.models import Identifier, Merge, Organisation
from texts.cleaning import fold

# Words that say what an organisation is in law, and that people leave out.
_LEGAL = frozenset({"the", "ltd", "limited", "cic", "cio", "plc", "llp", "incorporated"})
# Where many organisations have a page each: the same host says nothing.
_SHARED = (
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "twitter.com",
    "x.com",
    "youtube.com",
    "google.com",
)


@dataclass(frozen=True)
class Entry:
    pk: int
    name: str
    key: str  # the name folded, without words of law
    postcode: str = ""
    domain: str = ""
    place: str = ""
    numbers: frozenset[tuple[str, str]] = frozenset()  # register and number


def entries(pks: Iterable[int] | None = None) -> list[Entry]:
    """All organisations, or these, by key: two queries."""
    rows = Organisation.objects.exclude(pk__in=merged_away()).order_by("pk")
    numbers = Identifier.objects.all()
    if pks is not None:
        wanted = list(pks)
        rows, numbers = rows.filter(pk__in=wanted), numbers.filter(organisation__in=wanted)
    of: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for owner, scheme, value in numbers.values_list("organisation_id", "scheme", "value"):
        of[owner].add((scheme, value))
    columns = rows.values_list("pk", "name", "postcode", "website", "place__name")
    return [
        Entry(pk, name, key_of(name), postcode.replace(" ", ""), domain_of(website), place or "", frozenset(of[pk]))
        for pk, name, postcode, website, place in columns.iterator()
    ]


def merged_away() -> QuerySet[Merge, int]:
    """Keys of the organisations that went into another."""
    return Merge.objects.filter(undone_at=None).values_list("gone_id", flat=True)


def key_of(name: str) -> str:
    """ "The Bridge Ltd" and "Bridge" are one key; a name of such words alone is its own."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def domain_of(website: str) -> str:
    """The host of an address without "www."; nothing for one that many share or that cannot be read."""
    try:
        host = (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    shared = any(host == one or host.endswith(f".{one}") for one in _SHARED)
    return "" if shared else host
