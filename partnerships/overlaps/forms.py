"""What people say of two initiatives, and what moderators say when they turn weights back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.overlaps.models import Weighting
from partnerships.overlaps.queries.judged import Judged
from partnerships.overlaps.saying import Titles, choices_of
from texts.fields import LineField


class JudgementForm(forms.Form):
    """`titles`: of both, the smaller id's first."""

    verdict = forms.ChoiceField(
        label=_("What they are to each other"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of these."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    note = LineField(
        label=_("Why, in a sentence (optional)"),
        help_text=_("People of both organisations and moderators can read it."),
        max_length=300,
        required=False,
    )

    def __init__(self, titles: Titles, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- told to the type checker
        field.choices = choices_of(titles)


def form_for(judged: Judged) -> JudgementForm | None:
    """With what this person said before; None for who has no say."""
    if not judged.may_judge:
        return None
    return JudgementForm(judged.titles, initial={"verdict": judged.own, "note": judged.own_note})


def set_label(weighting: Weighting) -> str:
    told = {"number": weighting.pk, "day": date_format(localtime(weighting.made_at), "j F Y")}
    return gettext("Set %(number)d of %(day)s") % told


class WeightingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """Sets of weights, told apart by when and from how much they came."""

    def label_from_instance(self, obj: Weighting) -> str:
        return set_label(obj)


class TurnBackForm(forms.Form):
    """`weighting`: none for the weights that are shipped."""

    weighting = WeightingField(
        label=_("Which weights"),
        queryset=Weighting.objects.all(),
        empty_label=_("The ones the product came with"),
        required=False,
        error_messages={"invalid_choice": _("These weights are not in the list. Choose from the list.")},
    )
    note = LineField(
        label=_("Why"),
        help_text=_("Everyone who is signed in can read it."),
        max_length=200,
        error_messages={"required": _("Say in a few words why, so that others understand it.")},
    )
