"""The request behind a door: whoever asks is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view behind `login_required` is given; for the type checker only."""

    user: User
