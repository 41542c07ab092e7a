"""What people type about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from texts.fields import LineField


class SignupNameForm(forms.Form):
    """What signing up asks beside the address: a name others will see."""

    name = LineField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: Any, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.ModelForm[User]):
    """The name others see."""

    name = LineField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = User
        fields = ("name",)


class CloseForm(forms.Form):
    """A word that nobody types by mistake."""

    word = LineField(
        label=_("To close the account, type: close my account"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type “close my account”, and it is closed.")},
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.casefold().strip(" .“”\"'") != gettext("close my account"):
            raise forms.ValidationError(gettext("Type “close my account”, and it is closed."))
        return word
