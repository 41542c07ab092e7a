"""The small forms on a partnership's page, each for one verb."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.when import DayField
from organisations.models import Organisation
from partnerships.domain.acting import DAY_IS_PAST
from partnerships.domain.leaving import LONGEST_NOTICE, USUAL_NOTICE
from texts.fields import LineField, TextField


class ForForm(forms.Form):
    """For which of one's parties; where there is one, that one."""

    organisation = forms.ModelChoiceField(label=_("For"), queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, *args: Any, own: Sequence[Organisation], prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{prefix}_%s"
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in own]).order_by("name")
        if len(own) == 1:
            field.widget = forms.HiddenInput()
            self.initial["organisation"] = own[0].pk


class NumberedForm(ForForm):
    """Answers one version."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)


class AskForm(NumberedForm):
    text = TextField(
        label=_("What would you have otherwise?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LeaveForm(ForForm):
    """`at_once`: from a proposal, which nobody is bound by yet, so no day is asked for."""

    on = DayField(
        label=_("From which day on?"),
        help_text=_("From tomorrow on. Until that day you stay bound, and can take the notice back."),
    )
    reason = TextField(
        label=_("What should the others know?"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, at_once: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if at_once:
            del self.fields["on"]
            return
        self.fields["on"].required = True
        self.initial.setdefault("on", timezone.localdate() + USUAL_NOTICE)

    def clean_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["on"]
        if not timezone.localdate() < day <= timezone.localdate() + LONGEST_NOTICE:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within two years."))
        return day


class DeclineForm(ForForm):
    reason = TextField(
        label=_("Why not?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sentence is enough. The others read it, and know what to change or whom to ask."),
    )


class CloseForm(ForForm):
    """`sure`: they have read what it does, on a page of its own."""

    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    outcome = TextField(
        label=_("What came of it?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Numbers if you have them, and what you would do otherwise. It stays on record."),
    )


class ActionForm(ForForm):
    """`owners`: who can do it; at first one's own organisation."""

    text = LineField(label=_("What will be done?"), max_length=300)
    owner = forms.ModelChoiceField(label=_("By whom?"), queryset=Organisation.objects.none(), empty_label=None)
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args: Any, owners: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in owners]).order_by("name")
        if own := self.fields["organisation"].queryset:  # type: ignore[attr-defined]  # a choice of rows
            self.initial.setdefault("owner", own[0].pk)

    def clean_due_on(self) -> datetime.date | None:
        """A day that is past is refused, unless it was there before."""
        day: datetime.date | None = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(DAY_IS_PAST)
        return day


class DoneForm(ForForm):
    action = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)
