"""What shows that somebody speaks for an organisation: an address of theirs at the website a register names.

Only where those who have an address there speak for it: not where pupils and students have one too, nor where several
organisations share the host. Those are left to a moderator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress

from accounts.models import User
from organisations.models import Organisation, RegisterEntry, RegisterKind
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

# Whose pupils and students have addresses at the website too.
LEARNERS = frozenset({RegisterKind.SCHOOLS, RegisterKind.COLLEGES, RegisterKind.UNIVERSITIES})


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
    return host if "." in host and len(host) < 254 and not host.replace(".", "").isdigit() else ""


def proofs_of(organisation: Organisation, user: User) -> list[Proof]:
    """The ways in which this person could show it by themselves, those that are shown already first."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    owned = [address.lower() for address in addresses.values_list("email", flat=True)]
    found = [
        Proof(entry, entry.domain, _address_at(entry.domain, owned))
        for entry in entries_of(identifiers_of(organisation))
        if entry.closed_on is None and entry.domain and entry.register not in LEARNERS and not _is_shared(entry)
    ]
    return sorted(found, key=lambda proof: not proof.address)


def _is_shared(entry: RegisterEntry) -> bool:
    """Everybody's, or another organisation's too; one of the same name is itself, in another register."""
    if any(entry.domain == shared or entry.domain.endswith(f".{shared}") for shared in SHARED):
        return True
    return RegisterEntry.objects.filter(domain=entry.domain, closed_on=None).exclude(folded=entry.folded).exists()


def _address_at(domain: str, owned: Iterable[str]) -> str:
    """An address at the domain itself: one above it is of somebody larger, one below it may be a customer's."""
    return next((address for address in owned if address.rpartition("@")[2] == domain), "")
