from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from texts.fields import LineField


class SignupNameForm(forms.Form):
    """What signing up asks beside the address: a name others will see."""

    name = LineField(label=_("Your name"), max_length=120)

    def signup(self, request: Any, user: Any) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
