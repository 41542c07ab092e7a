"""What shows that somebody speaks for an organisation: an address of theirs at the website a register names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress

from accounts.models import User
from organisations.models import Organisation, RegisterEntry
from organisations.queries import identifiers_of
from organisations.registers.queries import entries_of

# Where many have a page or an address of their own: a domain that says nothing of who somebody is.
SHARED = frozenset(
    {
        *("gmail.com", "googlemail.com", "google.com", "sites.google.com", "outlook.com", "hotmail.com"),
        *("hotmail.co.uk", "live.com", "live.co.uk", "msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com"),
        *("aol.com", "btinternet.com", "bt.com", "sky.com", "virginmedia.com", "talktalk.net", "proton.me"),
        *("protonmail.com", "facebook.com", "twitter.com", "x.com", "instagram.com", "linkedin.com"),
        *("wordpress.com", "wixsite.com", "weebly.com", "blogspot.com", "btck.co.uk", "justgiving.com", "webs.com"),
    }
)


@dataclass(frozen=True, slots=True)
class Proof:
    """An open entry with a website of its own, its domain, and the address shown there (empty: none yet)."""

    entry: RegisterEntry
    domain: str
    address: str = ""


def domain_of(website: str) -> str:
    """The domain of a website's address without "www."; empty where there is none."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    host = host.rstrip(".").removeprefix("www.")
    return host if "." in host and not host.replace(".", "").isdigit() else ""


def proofs_of(organisation: Organisation, user: User) -> list[Proof]:
    """The ways in which this person could show it by themselves, those that are shown already first."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    owned = [address.lower() for address in addresses.values_list("email", flat=True)]
    found = [
        Proof(entry, domain, _address_at(domain, owned))
        for entry in entries_of(identifiers_of(organisation))
        if entry.closed_on is None and (domain := domain_of(entry.website)) and not _is_shared(domain)
    ]
    return sorted(found, key=lambda proof: not proof.address)


def _is_shared(domain: str) -> bool:
    return any(domain == shared or domain.endswith(f".{shared}") for shared in SHARED)


def _address_at(domain: str, owned: Iterable[str]) -> str:
    """An address at the domain itself or below it; one above it is of somebody larger."""
    for address in owned:
        host = address.rpartition("@")[2]
        if host == domain or host.endswith(f".{domain}"):
            return address
    return ""
