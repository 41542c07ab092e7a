"""allauth's sign-up form in our words; apart from `forms`, which allauth's own forms import."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):
    """Name, address, and a password only for those who want one."""

    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password1"]
        password.label = _("Password (optional)")
        password.help_text = _("Leave it empty to sign in with a code that we send you by e-mail.")
        password.widget.attrs.pop("placeholder", None)
