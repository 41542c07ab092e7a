"""Showing that an address works again: a message to it, with a link that says so and can do nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.domain.bouncing import CHECK, works_again
from notifications.domain.telling import tell
from notifications.models import FailingAddress

LINK_HOLDS = timedelta(days=3)
AGAIN_AFTER = timedelta(minutes=10)
_SALT = "notifications.address"


class LinkRefused(Exception):
    """Not whole, too old, or of another time that the address failed; the message says which."""


class TooSoon(Exception):
    """A message is on its way already; the message says so."""


@transaction.atomic
def try_again(user: User) -> bool:
    """Write to the address once more. Gives whether there was need to. Raises TooSoon."""
    row = FailingAddress.objects.select_for_update().filter(address=user.email).first()
    if row is None:
        User.objects.filter(pk=user.pk).update(failing_email="")
        return False
    now = timezone.now()
    if row.asked_at is not None and row.asked_at > now - AGAIN_AFTER:
        raise TooSoon(_("We have just written to it. If nothing has come in ten minutes, try again or change it."))
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    link = settings.SITE_URL + reverse("address-works", args=[token_for(row)])
    tell(
        [user.email],
        kind=CHECK,
        subject=_("Does this address work?"),
        template="address_check",
        context={"link": link},
    )
    return True


def token_for(row: FailingAddress) -> str:
    return signing.dumps([row.pk, row.address, int(row.since.timestamp())], salt=_SALT)


def read_token(token: str) -> tuple[str, bool]:
    """The address, and whether it still fails. Raises LinkRefused."""
    try:
        pk, address, since = signing.loads(token, salt=_SALT, max_age=LINK_HOLDS)
    except signing.SignatureExpired:
        raise LinkRefused(_("This link is older than three days. Sign in and have the address tried again.")) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkRefused(_("This link is not whole. Copy all of it from the e-mail.")) from None
    row = FailingAddress.objects.filter(address=address).first()
    if row is not None and (row.pk, int(row.since.timestamp())) != (pk, since):
        raise LinkRefused(_("This link is of an earlier e-mail. Use the one in the newest."))
    return address, row is not None


def say_it_works(token: str) -> str:
    """What the link is for; pressed twice it is pressed once. Gives the address. Raises LinkRefused."""
    address, fails = read_token(token)
    if fails:
        works_again(address)
    return address


def follow_confirmed(email_address: Any, **_signal: Any) -> None:
    """Somebody typed the code that was sent to it. Called by allauth's signal."""
    works_again(email_address.email.lower())
