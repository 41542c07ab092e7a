"""Where allauth asks us: addresses in e-mails, names, and a mail server that is down."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from texts.cleaning import clean_line

logger = logging.getLogger("steppingstones.accounts")


class AccountAdapter(DefaultAccountAdapter):
    """Links lead to SITE_URL, never to the host a request claimed; a code that could not be sent is no 500."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, {**context, "SITE_URL": settings.SITE_URL})
        except (OSError, SMTPException):
            # Codes are never kept for later: they would be stale, and readable by whoever reads the table.
            logger.exception("An e-mail of signing in was not sent (%s)", template_prefix)
            if self.request is not None:
                messages.error(
                    self.request, _("We could not send the e-mail just now. Please try again in a few minutes.")
                )

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _at_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _at_site(super().get_email_confirmation_url(request, emailconfirmation))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Takes the name over; which addresses count as verified stands in `config.signing_in`."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """The provider's app. One that the settings have not switched on is an address that does not exist."""
        try:
            return super().get_app(request, provider, client_id=client_id)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        full = data.get("name") or " ".join(filter(None, [data.get("first_name"), data.get("last_name")]))
        user.name = clean_line(full or "")[:120]
        return user


def _at_site(address: str) -> str:
    return settings.SITE_URL + urlsplit(address).path
