"""How a saved search tells its owner what it found."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.models import Frequency, SavedSearch
from texts.fields import LineField


class SavedSearchForm(forms.Form):
    name = LineField(
        label=gettext_lazy("Its name"), max_length=100, help_text=gettext_lazy("As it should stand in your alerts.")
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often should it tell you what is new?"),
        choices=Frequency.choices,
        widget=forms.RadioSelect,
    )
    by_email = forms.BooleanField(label=gettext_lazy("By e-mail"), required=False)
    in_inbox = forms.BooleanField(label=gettext_lazy("In your inbox here"), required=False)

    @classmethod
    def initial_from(cls, saved: SavedSearch) -> dict[str, Any]:
        return {name: getattr(saved, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("by_email") and not cleaned.get("in_inbox"):
            self.add_error("in_inbox", _("Choose e-mail, the inbox or both. To hear nothing for a while, pause it."))
        return cleaned
