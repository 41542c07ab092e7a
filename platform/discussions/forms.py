"""What people type in discussions, parsed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Visibility
from discussions.models.post import LONGEST
from organisations.models import Organisation
from organisations.permissions import organisation_ids
from places.domain.finding import find_places
from texts.cleaning import clean_line
from texts.fields import LineField, TextField

MOST_TAGS = 8


class PostForm(forms.Form):
    """A post; `client_id` is the page's, so that sending it twice is sending it once."""

    text = TextField(
        label=gettext_lazy("Your post"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write something first."),
            "max_length": gettext_lazy("That is too long: ten thousand characters at most. Divide it in two."),
        },
    )
    client_id = forms.SlugField(max_length=64, widget=forms.HiddenInput)
    answers = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("You write for"), queryset=Organisation.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=organisation_ids(user)).order_by("name")
        field: Any = self.fields["organisation"]
        field.queryset = own
        if len(organisation_ids(user)) < 2:
            field.widget = forms.HiddenInput()

    def clean_organisation(self) -> Organisation | None:
        """The one that was chosen; the only one there is; none for who belongs to none."""
        chosen: Organisation | None = self.cleaned_data["organisation"]
        field: Any = self.fields["organisation"]
        return chosen or field.queryset.first()


class OpeningForm(PostForm):
    """A new discussion: its title, who may read it, where it belongs, and the first post."""

    title = LineField(
        label=gettext_lazy("What is it about?"),
        max_length=140,
        help_text=gettext_lazy("A question or a topic, in a few words."),
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it?"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.PUBLIC,
    )
    parties = LineField(
        label=gettext_lazy("Which organisations?"),
        max_length=1_000,
        required=False,
        help_text=gettext_lazy("Their names with commas between them. Yours is one of them anyway."),
    )
    place = LineField(
        label=gettext_lazy("Where?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A council area, a region or a nation, if it is about one."),
        widget=forms.TextInput(attrs={"data-suggest": "places", "autocomplete": "off"}),
    )
    tags = LineField(
        label=gettext_lazy("Tags"), max_length=300, required=False, help_text=gettext_lazy("With commas between them.")
    )
    field_order = ("title", "text", "place", "visibility", "parties", "tags", "organisation")

    def clean_place(self) -> str | None:
        """The code of the place that was typed."""
        typed: str = self.cleaned_data["place"]
        if not typed:
            return None
        found = find_places(typed, limit=1)
        if not found:
            raise ValidationError(_("We know no place of that name. Try a council area or a region."))
        return found[0].code

    def clean_tags(self) -> list[str]:
        tags = [clean_line(part).lower()[:60] for part in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("visibility") == Visibility.ORGANISATIONS:
            answers["parties"] = self._parties(answers.get("parties", ""), answers.get("organisation"))
        else:
            answers["parties"] = []
        return answers

    def _parties(self, typed: str, own: Organisation | None) -> list[Organisation]:
        found = {own.pk: own} if own else {}
        unknown = []
        for name in filter(None, (clean_line(part) for part in typed.split(","))):
            one = Organisation.objects.filter(name__iexact=name, is_public=True).order_by("pk").first()
            if one is None:
                unknown.append(name)
            else:
                found[one.pk] = one
        if unknown:
            sentence = _("We know no organisation called %(names)s. Check the names.")
            self.add_error("parties", sentence % {"names": ", ".join(f"“{name}”" for name in unknown)})
        elif len(found) < 1:
            self.add_error("parties", _("Name at least one organisation."))
        return list(found.values())
