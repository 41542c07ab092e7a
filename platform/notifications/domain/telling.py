"""Tell people by e-mail and inbox: written with what it tells of, sent once that is safely kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise

from accounts.models import User
from notifications.domain.noting import note, one_line
from notifications.models import Message
from notifications.tasks import send_waiting
from texts.cleaning import clean_line, clean_text

logger = logging.getLogger("steppingstones.notifications")


def tell(
    recipients: Iterable[User | str],
    *,
    kind: str,
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any] | None = None,
    path: str = "",
    detail: str = "",
    unsubscribe_url: str = "",
) -> list[Message]:
    """Write one message to each distinct address, in the caller's transaction, and send them once it commits.

    `template` names templates/notifications/email/<template>.txt; it is plain text, so nothing is escaped, and is
    given `context`, the recipient (None for a bare address) and SITE_URL. Inactive people are passed over.
    With a `path`, the page of this site that it is about, each person among them also finds it in their inbox,
    with `detail` below.
    `unsubscribe_url` is what a mail program's own button posts to (RFC 8058).
    A mail server that is down raises nothing here: the messages wait for `manage.py send_pending`.
    """
    line = one_line(subject)
    addresses = _addresses(recipients)
    messages = [
        Message(
            user=user,
            address=address,
            kind=kind,
            subject=line,
            body=_render(template, context or {}, user),
            unsubscribe_url=unsubscribe_url,
        )
        for address, user in addresses.items()
    ]
    written = Message.objects.bulk_create(messages)
    if path:
        note([user for user in addresses.values() if user], kind=kind, title=line, path=path, detail=detail)
    if written:
        transaction.on_commit(send_waiting.enqueue, robust=True)
    return written


def _addresses(recipients: Iterable[User | str]) -> dict[str, User | None]:
    """Each address once, whatever its case."""
    found: dict[str, User | None] = {}
    for recipient in recipients:
        user = None if isinstance(recipient, str) else recipient
        if user is not None and not user.is_active:
            continue
        address = clean_line(recipient if isinstance(recipient, str) else recipient.email).lower()
        try:
            validate_email(address)
        except ValidationError:
            logger.warning("Not an address, so nobody was told: %r", address[:80])
            continue
        found[address] = found.get(address) or user
    return found


def _render(template: str, context: Mapping[str, Any], recipient: User | None) -> str:
    values = {**context, "recipient": recipient, "SITE_URL": settings.SITE_URL}
    parts = [_plain(f"notifications/email/{name}.txt", values) for name in (template, "_foot")]
    return clean_text("\n\n".join(parts)) + "\n"


def _plain(name: str, values: Mapping[str, Any]) -> str:
    loaded: Any = get_template(name)  # the Django engine's, whose own template takes a context without escaping
    return str(loaded.template.render(Context(values, autoescape=False))).strip()
