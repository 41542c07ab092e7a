"""Page one: what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.base import StepForm
from initiatives.models import Initiative
from initiatives.tagging.forms import MOST_TICKED, Suggested, suggested_for
from initiatives.tagging.models import LONGEST
from initiatives.tagging.queries.naming import chosen_names, spelled_as_known, split_names
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
        widget=forms.TextInput(attrs={"data-suggest": "tags", "data-many": True}),
        help_text=_("A few words of your own, with commas between them: football, phonics, STEM."),
    )

    @classmethod
    def initial_from(cls, draft: Initiative) -> dict[str, Any]:
        names = sorted(tag.name for tag in draft.tags.all())
        return {**super().initial_from(draft), "tags": ", ".join(names), "besides": draft.pk}

    def suggested(self) -> list[Suggested]:
        """Tags to tick: those that were ticked, and what entries that read like this one carry."""
        said = {name: str(self[name].value() or "") for name in ("title", "summary", "description", "tags")}
        if not said["summary"] and not said["description"]:
            return []
        return suggested_for(said, ticked=self._ticked(), besides=self.initial.get("besides") or 0)

    def _ticked(self) -> list[str]:
        """Each box is one tag: what is longer was not ticked on our page."""
        given = self.data.getlist("suggested")[:MOST_TICKED] if isinstance(self.data, QueryDict) else []
        return [name for name in given if len(name) <= LONGEST]

    def clean_tags(self) -> list[str]:
        """What was typed and what was ticked, as the tags that moderators chose."""
        names = split_names(",".join([self.cleaned_data["tags"], *self._ticked()]))
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(_("A tag has at most 50 characters. Put commas between the tags."))
        chosen = chosen_names(spelled_as_known(names))
        if retired := sorted(name for name, tag in chosen.items() if tag is None):
            listed = ", ".join(f"“{name}”" for name in retired)
            raise ValidationError(_("%(names)s: not used as a tag any more. Choose another word.") % {"names": listed})
        tags = sorted({tag for tag in chosen.values() if tag})
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("Twelve tags are the most. Keep the ones people would look for."))
        return tags

    def apply(self, draft: Initiative) -> None:
        super().apply(draft)
        draft.tags.set(self.cleaned_data["tags"])
