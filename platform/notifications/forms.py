"""How somebody wants to be told."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.domain.preferring import wishes
from notifications.kinds import Frequency, Kind, kinds
from notifications.models import QuietHours


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PreferencesForm(forms.Form):
    """For each kind how often by e-mail and whether in the inbox; the hours in which nothing is sent at once."""

    start = forms.TimeField(
        label=gettext_lazy("No e-mail from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    end = forms.TimeField(
        label=gettext_lazy("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quiet = QuietHours.objects.filter(user=user).first()
        if quiet is not None:
            self.fields["start"].initial, self.fields["end"].initial = quiet.start, quiet.end
        for kind in kinds():
            wish = wishes([user.pk], kind.name)[user.pk]
            self.fields[f"email-{kind.name}"] = forms.ChoiceField(
                label=_("E-mail"), choices=Frequency.choices, initial=wish.email
            )
            self.fields[f"inbox-{kind.name}"] = forms.BooleanField(
                label=_("In the inbox"), required=False, initial=wish.inbox
            )

    def rows(self) -> list[tuple[Kind, forms.BoundField, forms.BoundField]]:
        return [(kind, self[f"email-{kind.name}"], self[f"inbox-{kind.name}"]) for kind in kinds()]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.errors and (answers["start"] is None) != (answers["end"] is None):
            missing = "end" if answers["end"] is None else "start"
            self.add_error(missing, _("Give both times, or neither."))
        return answers

    def chosen(self) -> dict[str, tuple[str, bool]]:
        """Once it is valid."""
        answers = self.cleaned_data
        return {kind.name: (answers[f"email-{kind.name}"], answers[f"inbox-{kind.name}"]) for kind in kinds()}

    def quiet(self) -> tuple[time, time] | None:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return (start, end) if start is not None and end is not None else None
