"""Page four: when, and how to join."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.base import StepForm
from initiatives.models import Initiative, Intake
from texts.fields import LineField, TextField, VocabularySetFormField
from texts.vocabulary import Cost, Language

INTAKES = 4


class DayField(forms.DateField):
    """A day, by the browser's calendar or typed as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Write the day like 3/9/2027, or choose it.")},
            **kwargs,
        )


class IntakeForm(forms.Form):
    opens_on = DayField(label=_("Opens on"))
    closes_on = DayField(label=_("Apply by"))
    note = LineField(label=_("Note"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = answers.get("opens_on"), answers.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first. Swap them, or leave one empty."))
        if (opens or answers.get("note")) and not closes and "closes_on" not in self.errors:
            self.add_error("closes_on", _("Give the day by which people apply."))
        return answers


IntakeFormSet = forms.formset_factory(IntakeForm, extra=2, max_num=INTAKES, absolute_max=INTAKES, validate_max=True)


class WhenForm(StepForm):
    columns = (
        *("starts_on", "ends_on", "how_to_join", "cost", "cost_note", "capacity", "languages"),
        *("contact_name", "contact_email", "contact_phone", "website"),
    )

    starts_on = DayField(label=_("First day"), help_text=_("Leave it empty if it has long been running."))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave it empty if it goes on."))
    how_to_join = TextField(
        label=_("How do people join?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: “Schools refer Year 6 pupils by e-mail in May.”"),
    )
    cost = forms.ChoiceField(label=_("Cost"), choices=[("", _("Not said")), *Cost.choices], required=False)
    cost_note = LineField(label=_("About the cost"), max_length=200, required=False)
    capacity = forms.IntegerField(
        label=_("How many people can take part in a year?"), min_value=1, max_value=1_000_000, required=False
    )
    languages = VocabularySetFormField(vocabulary=Language, label=_("Languages"), required=False)
    contact_name = LineField(label=_("Contact’s name"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("Contact’s e-mail address"), max_length=254, required=False)
    contact_phone = LineField(label=_("Contact’s telephone number"), max_length=40, required=False)
    website = forms.URLField(label=_("Web page"), max_length=300, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first. Swap them, or leave one empty."))
        return answers


def intakes_of(draft: Initiative) -> list[dict[str, Any]]:
    """The formset's answers in a version."""
    return [
        {"opens_on": intake.opens_on, "closes_on": intake.closes_on, "note": intake.note}
        for intake in sorted(draft.intakes.all(), key=lambda intake: intake.closes_on)
    ]


def apply_intakes(formset: Any, draft: Initiative) -> None:
    """Write the intakes onto a version; empty rows go."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("closes_on")]
    draft.intakes.set([Intake(opens_on=row["opens_on"], closes_on=row["closes_on"], note=row["note"]) for row in rows])
