"""A second factor that was shown in this session."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts.models import User


def remember_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Setting up an app or a key proves that one holds it: the same session is not asked for it at once again.

    Safe, because a session of a privileged role that has not shown the factors there are cannot add another
    (see the middleware). Called by allauth's signal.
    """
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk, reauthenticated=True)
