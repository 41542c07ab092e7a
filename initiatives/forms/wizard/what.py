"""Page one: what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.base import StepForm
from initiatives.models import Initiative
from texts.cleaning import clean_line
from texts.fields import LineField, TextField, VocabularySetFormField
from texts.vocabulary import Support

MOST_TAGS = 12


class WhatForm(StepForm):
    columns = ("title", "summary", "description", "support")

    title = LineField(
        label=_("What is it called?"),
        max_length=140,
        help_text=_("The name people know it by, such as “Steps to Secondary”."),
    )
    summary = LineField(
        label=_("In one or two sentences, what is it?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say who does what with whom. This is what people read in lists."),
    )
    description = TextField(
        label=_("Describe it"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What happens, how often, for how long. You can use **bold**, lists (“- ”) and links."),
    )
    support = VocabularySetFormField(vocabulary=Support, label=_("What kind of support is it?"), required=False)
    tags = LineField(
        label=_("Tags"),
        max_length=600,
        required=False,
        help_text=_("A few words of your own, with commas between them: football, phonics, STEM."),
    )

    @classmethod
    def initial_from(cls, draft: Initiative) -> dict[str, Any]:
        names = sorted(tag.name for tag in draft.tags.all())
        return {**super().initial_from(draft), "tags": ", ".join(names)}

    def clean_tags(self) -> list[str]:
        names = {clean_line(name).lower() for name in self.cleaned_data["tags"].split(",")} - {""}
        if len(names) > MOST_TAGS:
            raise ValidationError(_("Twelve tags are the most. Keep the ones people would look for."))
        if any(len(name) > 50 for name in names):
            raise ValidationError(_("A tag has at most 50 characters. Put commas between the tags."))
        return sorted(names)

    def apply(self, draft: Initiative) -> None:
        super().apply(draft)
        draft.tags.set(self.cleaned_data["tags"])
