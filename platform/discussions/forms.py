"""What people type in discussions, parsed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions import subjects
from discussions.files.fields import EnclosingForm, MentioningForm
from discussions.models import Thread, Visibility
from discussions.models.post import LONGEST
from discussions.subjects import Subject
from organisations.models import Organisation
from organisations.permissions import organisation_ids
from organisations.queries import near_in_name
from places.forms import read_where
from texts.cleaning import clean_line
from texts.fields import LineField, WrittenField

MOST_TAGS = 8
MOST_UNKNOWN = 5  # names that nobody has, each with those it may stand for


class WritingForm(MentioningForm):
    """The words of a post: of a new one, and of one that is put right."""

    text = WrittenField(
        label=gettext_lazy("Your post"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write something first."),
            "max_length": gettext_lazy("That is too long: ten thousand characters at most. Divide it in two."),
        },
    )

    def __init__(self, *args: Any, thread: Thread | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if thread is not None:
            self.fields["text"].widget.attrs["data-mentions"] = reverse("discussion-mentionable", args=[thread.pk])


# For programs that send what no page of ours does.
_BROKEN = dict.fromkeys(
    ("required", "invalid", "max_length"),
    gettext_lazy("The page did not send all that belongs to a post. Load it again and send your text once more."),
)
_NO_SUCH_POST = gettext_lazy("The post you answer cannot be found. Write without answering.")


class PostForm(EnclosingForm, WritingForm):
    """A post; `client_id` is the page's, so that sending it twice is sending it once."""

    client_id = forms.SlugField(max_length=64, widget=forms.HiddenInput, error_messages=_BROKEN)
    answers = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NO_SUCH_POST),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("You write for"), queryset=Organisation.objects.none(), required=False, empty_label=None
    )
    field_order: tuple[str, ...] = ("text",)

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


class ReadersForm(forms.Form):
    """Who may read a thread."""

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
        help_text=gettext_lazy("Their names, with commas between them."),
        widget=forms.TextInput(attrs={"data-suggest": "organisations", "data-many": "", "autocomplete": "off"}),
    )

    @classmethod
    def of(cls, thread: Thread) -> ReadersForm:
        names = ", ".join(thread.organisations.order_by("name").values_list("name", flat=True))
        return cls(initial={"visibility": thread.visibility, "parties": names})

    def clean(self) -> dict[str, Any]:
        """`parties` becomes the organisations."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        named = answers.get("visibility") == Visibility.ORGANISATIONS
        answers["parties"] = self._parties(answers.get("parties", "")) if named else []
        return answers

    def _parties(self, typed: str) -> list[Organisation]:
        found, unknown = organisations_named(typed)
        if unknown:
            for name in unknown[:MOST_UNKNOWN]:
                self.add_error("parties", _not_known(name))
        elif not found:
            self.add_error("parties", _("Name at least one organisation."))
        return found


class OpeningForm(ReadersForm, PostForm):
    """A new discussion: its title, who may read it, where it belongs, and the first post."""

    title = LineField(
        label=gettext_lazy("What is it about?"),
        max_length=140,
        help_text=gettext_lazy("A question or a topic, in a few words."),
    )
    place = LineField(
        label=gettext_lazy("Where?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A council area, a town, a region or a nation, if it is about one."),
        widget=forms.TextInput(attrs={"data-suggest": "places", "autocomplete": "off"}),
    )
    tags = LineField(
        label=gettext_lazy("Tags"), max_length=300, required=False, help_text=gettext_lazy("With commas between them.")
    )
    field_order = ("title", "text", "place", "visibility", "parties", "tags", "organisation")

    def clean_place(self) -> str | None:
        """The code of the place that was typed."""
        return place_typed(self.cleaned_data["place"])

    def clean_tags(self) -> list[str]:
        tags = [clean_line(part).lower()[:60] for part in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]

    def _parties(self, typed: str) -> list[Organisation]:
        """Whoever opens it belongs to it, or could not read it."""
        own: Organisation | None = self.cleaned_data.get("organisation")
        return list({one.pk: one for one in (*([own] if own else []), *super()._parties(typed))}.values())


class TitleForm(forms.Form):
    title = OpeningForm.base_fields["title"]

    @classmethod
    def of(cls, thread: Thread) -> TitleForm:
        return cls(initial={"title": thread.title})


class MovingForm(forms.Form):
    """Where a thread belongs: the address of a page of ours, or a place of its own."""

    about = LineField(
        label=gettext_lazy("What it is about"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The address of a page here: of a place, an organisation or an initiative."),
    )
    place = LineField(
        label=gettext_lazy("Or only where"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"data-suggest": "places", "autocomplete": "off"}),
    )

    @classmethod
    def of(cls, thread: Thread) -> MovingForm:
        subject = subjects.find(thread.subject_kind, thread.subject_key)
        place = thread.place.name if thread.place and not subject else ""
        return cls(initial={"about": subject.url if subject else "", "place": place})

    def clean_about(self) -> Subject | None:
        typed: str = self.cleaned_data["about"]
        if not typed:
            return None
        path = urlsplit(typed).path
        found = subjects.at_paths([path]).get(path)
        if found is None:
            raise ValidationError(_("No place, organisation or initiative has this address. Copy it from its page."))
        return found

    def clean_place(self) -> str | None:
        return place_typed(self.cleaned_data["place"])

    def target(self) -> tuple[Subject | None, str | None]:
        """The thing it is about, else the code of the place."""
        return self.cleaned_data["about"], self.cleaned_data["place"]


def place_typed(typed: str) -> str | None:
    """The code of a place that was typed; None for nothing. Raises ValidationError."""
    if not typed:
        return None
    where = read_where(typed)
    if where.faults:
        raise ValidationError(list(where.faults))
    return where.code


def _not_known(name: str) -> str:
    near = near_in_name(name)
    if not near:
        return _("We know no organisation called “%(name)s”. Check the name.") % {"name": name}
    sentence = _("We know no organisation called “%(name)s”. Do you mean %(near)s?")
    return sentence % {"name": name, "near": _(" or ").join(f"“{one}”" for one in near)}


def organisations_named(typed: str) -> tuple[list[Organisation], list[str]]:
    """Public organisations by their names, with commas between them; and the names that none has."""
    found: dict[int, Organisation] = {}
    unknown = []
    for name in filter(None, (clean_line(part) for part in typed.split(","))):
        one = Organisation.objects.filter(name__iexact=name, is_public=True).order_by("pk").first()
        if one is None:
            unknown.append(name)
        else:
            found[one.pk] = one
    return list(found.values()), unknown
