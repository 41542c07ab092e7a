"""Page two: for whom, and at which transition."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.base import StepForm
from texts.fields import VocabularySetFormField
from texts.vocabulary import Focus, Stage, Transition


class WhomForm(StepForm):
    columns = ("stages", "transitions", "age_min", "age_max", "focus")

    stages = VocabularySetFormField(
        vocabulary=Stage,
        label=_("Which stages of life is it for?"),
        required=False,
        help_text=_("Choose all that fit."),
    )
    transitions = VocabularySetFormField(
        vocabulary=Transition,
        label=_("Does it help with a step from one stage to the next?"),
        required=False,
        help_text=_("Leave this empty if it does not."),
    )
    age_min = forms.IntegerField(
        label=_("Youngest age"), min_value=0, max_value=120, required=False, help_text=_("In years. May stay empty.")
    )
    age_max = forms.IntegerField(
        label=_("Oldest age"), min_value=0, max_value=120, required=False, help_text=_("In years. May stay empty.")
    )
    focus = VocabularySetFormField(
        vocabulary=Focus,
        label=_("Is it above all for some people?"),
        required=False,
        help_text=_("Leave this empty if it is for everyone."),
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        youngest, oldest = answers.get("age_min"), answers.get("age_max")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("age_max", _("The oldest age is below the youngest. Swap them, or leave one empty."))
        return answers
