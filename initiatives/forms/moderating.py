"""A moderator's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from texts.fields import TextField


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What becomes of it?"),
        error_messages={"required": _("Choose one: approve it, send it back, or do not accept it.")},
        choices=[
            ("approve", _("Approve: make this version public")),
            ("return", _("Send back: its editors change it and submit it again")),
            ("reject", _("Do not accept it")),
        ],
        widget=forms.RadioSelect,
    )
    reason = TextField(
        label=_("Reason or note"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Its editors read this. Needed when you send it back or do not accept it."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("answer") in ("return", "reject") and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why, so that they can mend it."))
        return answers
