"""The boundary: texts that ask for tags, and what moderators decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from initiatives.tagging.domain.locking import must_be_used
from initiatives.tagging.domain.renaming import must_be_free, new_name
from initiatives.tagging.errors import TagError
from initiatives.tagging.models import LONGEST, Synonym
from initiatives.tagging.queries.naming import split_names
from initiatives.tagging.queries.suggesting import SHOWN, suggest_tags
from texts.fields import LineField, TextField

MOST_TICKED = 20


@dataclass(frozen=True)
class Suggested:
    """A tag that somebody may tick."""

    name: str
    ticked: bool = False


def suggested_for(said: Mapping[str, str], *, ticked: Collection[str], besides: int = 0) -> list[Suggested]:
    """Those that were ticked stay, and after them come what the text wants besides; none for a text without words.

    `said`: title, summary, description and tags, as they stand.
    """
    text = f"{said['title']}. {said['summary']} {said['description']}"
    kept = list(dict.fromkeys(name for one in ticked for name in split_names(one)))[:MOST_TICKED]
    if not any(letter.isalpha() for letter in text):
        return [Suggested(name, ticked=True) for name in kept]
    have = split_names(said["tags"])
    found = suggest_tags(text, besides=besides, without=[*have, *kept], limit=SHOWN)
    return [*(Suggested(name, ticked=True) for name in kept if name not in have), *map(Suggested, found)]


class TextForm(forms.Form):
    """The wizard’s first page as it stands, unfinished or not."""

    title = LineField(required=False)
    summary = LineField(required=False)
    description = TextField(required=False)
    tags = LineField(required=False)
    besides = forms.IntegerField(required=False, min_value=1, max_value=2**31)

    def suggested(self) -> list[Suggested]:
        given = self.cleaned_data
        said = {name: given.get(name, "") for name in ("title", "summary", "description", "tags")}
        ticked = self.data.getlist("suggested") if hasattr(self.data, "getlist") else ()
        return suggested_for(said, ticked=ticked, besides=given.get("besides") or 0)


class ChangeForm(forms.Form):
    """A change to one tag that is shown before it is made."""

    def __init__(self, *args: object, tag: Tag, **kwargs: object) -> None:
        self.tag = tag
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as forms are made


class MergeForm(ChangeForm):
    into = LineField(
        label=gettext_lazy("Into which tag?"),
        max_length=100,
        error_messages={"required": gettext_lazy("Type the tag that stays.")},
        widget=forms.TextInput(attrs={"data-suggest": "tags"}),
        help_text=gettext_lazy("The one that stays. What carries this tag will carry that one."),
    )

    def clean_into(self) -> Tag:
        name = self.cleaned_data["into"].lower()
        kept = Tag.objects.filter(name__iexact=name).first()
        if kept is None:
            synonym = Synonym.objects.filter(word=name).select_related("tag").first()
            kept = synonym.tag if synonym else None
        if kept is None:
            raise ValidationError(
                _("There is no tag “%(name)s”. Choose one that is there, or rename this one.") % {"name": name}
            )
        if kept.pk == self.tag.pk:
            raise ValidationError(_("A tag cannot be merged with itself. Choose two different ones."))
        try:
            must_be_used(kept)
        except TagError as error:
            raise ValidationError(str(error)) from None
        return kept


class RenameForm(ChangeForm):
    name = LineField(
        label=gettext_lazy("What should it be called?"),
        error_messages={"required": gettext_lazy("Type the word that people will see.")},
        max_length=200,
        help_text=gettext_lazy("In small letters, as people would type it. The old name leads to it."),
    )

    def clean_name(self) -> str:
        try:
            name = new_name(self.cleaned_data["name"])
            must_be_free(name, self.tag)
        except TagError as error:
            raise ValidationError(str(error)) from None
        return name


class PlainForm(ChangeForm):
    """Retiring and taking up: nothing is asked."""


class DescribeForm(forms.Form):
    meaning = LineField(
        label=gettext_lazy("What does it mean?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("One sentence for its page, so that people use it for the same thing."),
    )


class SynonymForm(forms.Form):
    word = LineField(
        label=gettext_lazy("Another word for it"),
        error_messages={"required": gettext_lazy("Type the word that people use for it.")},
        max_length=LONGEST + 50,
        help_text=gettext_lazy("Whoever types this word gets the tag."),
    )
