"""The page on which a partnership is written: proposed, amended, renewed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.partners import MOST_NUMBER, NumbersField
from initiatives.forms.wizard.when import DayField
from initiatives.models import Initiative, Status
from organisations.models import Organisation
from partnerships.domain.terms import (
    FIRST_DAY_IS_PAST,
    LAST_DAY_IS_PAST,
    LONGEST_AGO,
    MOST_PARTIES,
    PartyTerms,
    Terms,
    is_long_past,
    is_over,
)
from partnerships.forms.places import PlacesField, as_typed
from partnerships.models import PartyRole, Version
from texts.fields import LineField, TextField


class PartyForm(forms.Form):
    """A party that was chosen, by number."""

    organisation = forms.IntegerField(widget=forms.HiddenInput, max_value=MOST_NUMBER, min_value=1)
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices)
    brings = LineField(label=_("What it brings"), max_length=300, required=False)
    remove = forms.BooleanField(label=_("Take away"), required=False)
    name: str = ""


class ChosenField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """Ticked initiatives; what is no number of one is none of them, however long it is. `before`: the version that is
    amended, by whose words one is called that is not public any more."""

    before: Version | None = None

    def label_from_instance(self, obj: Any) -> str:
        if obj.live or self.before is None:
            return f"{obj.title} · {obj.lead_organisation.name}"
        title = self.before.called("initiatives", obj.pk)
        return _("%(title)s (not public any more; it stays in unless you untick it)") % {"title": title}

    def clean(self, value: Any) -> Any:
        return super().clean([one for one in value or () if str(one).isascii() and len(str(one)) < 10])


PartyFormSet = forms.formset_factory(
    PartyForm, extra=0, max_num=MOST_PARTIES, absolute_max=MOST_PARTIES + 5, validate_max=True
)


class TermsForm(forms.Form):
    """What the parties agree to, but for who they are. `initiatives`: those that can be ticked."""

    title = LineField(label=_("What is it called?"), max_length=140)
    purpose = TextField(
        label=_("What is it for?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For whom, and what will be otherwise because you do it together."),
    )
    where = PlacesField(
        label=_("Where?"), max_length=600, help_text=_("A town, a council area, a region; several with commas.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Leave it empty if it goes on until somebody ends it."))
    review_on = DayField(
        label=_("When do you look at how it goes?"), help_text=_("You are reminded; before the end is a good time.")
    )
    success = TextField(
        label=_("How will you see that it works?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you will count or hear, and when."),
    )
    initiatives = ChosenField(
        label=_("Which of your initiatives belong to it?"),
        queryset=Initiative.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    find_party = LineField(
        label=_("Add a party"), max_length=200, required=False, help_text=_("Type a part of its name, then “Find”.")
    )
    add_party = NumbersField(required=False)
    organisation = forms.ModelChoiceField(
        label=_("For which of your organisations do you send it?"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    client_id = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        own: Sequence[Organisation],
        parties: Sequence[int],
        kept: Sequence[Any] = (),
        before: Version | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["starts_on"].required = True
        initiatives = self.fields["initiatives"]
        organisation = self.fields["organisation"]
        assert isinstance(initiatives, ChosenField)  # noqa: S101  for the type checker
        initiatives.before = self.before = before
        assert isinstance(organisation, forms.ModelChoiceField)  # noqa: S101  for the type checker
        # What is over is not offered anew; what was agreed stays to be ticked.
        known = [int(pk) for pk in kept if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 10]
        running = Q(lead_organisation__in=parties) & ~Q(status=Status.ENDED)
        named = [int(pk) for pk in before.words["initiatives"]] if before else []
        offered = Q(running | Q(pk__in=known), live=True) | Q(pk__in=named)
        initiatives.queryset = Initiative.objects.filter(offered)
        initiatives.queryset = initiatives.queryset.select_related("lead_organisation").order_by("title")
        organisation.queryset = Organisation.objects.filter(pk__in=[one.pk for one in own]).order_by("name")
        if len(own) == 1:
            organisation.widget = forms.HiddenInput()
            self.initial["organisation"] = own[0].pk

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, review = answers.get("starts_on"), answers.get("ends_on"), answers.get("review_on")
        if first and is_long_past(first, self.before):
            self.add_error("starts_on", FIRST_DAY_IS_PAST)
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first. Swap them, or leave it empty."))
        elif is_over(last, self.before):
            self.add_error("ends_on", LAST_DAY_IS_PAST)
        if review and ((first and review < first) or (last and review > last)):
            self.add_error("review_on", _("Choose a day within the partnership’s days."))
        return answers

    def terms(self, parties: Sequence[PartyTerms]) -> Terms:
        """Asks for a valid form."""
        answers = self.cleaned_data
        return Terms(
            title=answers["title"],
            purpose=answers["purpose"],
            starts_on=answers["starts_on"],
            places=tuple(sorted(answers["where"])),
            parties=tuple(parties),
            ends_on=answers["ends_on"],
            review_on=answers["review_on"],
            success=answers["success"],
            initiatives=tuple(sorted(one.pk for one in answers["initiatives"])),
        )


class AmendForm(TermsForm):
    """A new version: why, and over which one it was written."""

    note = TextField(
        label=_("What do you change, and why?"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10_000)


class RenewForm(AmendForm):
    note = TextField(
        label=_("What came of it until now?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It stays on record with the time that ends."),
    )


def gone_from(before: Version) -> list[str]:
    """Titles of what a version names and that is deleted since, by title: the next one cannot name it."""
    there = {str(pk) for pk in before.initiatives.values_list("pk", flat=True)}
    return sorted(title for pk, title in before.words["initiatives"].items() if pk not in there)


def going_on(terms: Terms) -> Terms:
    """What a renewal begins with: from the day after the last one, for as long, the review as far on. Where that would
    be over by now, it is from today."""
    if terms.ends_on is None:
        return terms
    first, today = terms.ends_on + datetime.timedelta(days=1), timezone.localdate()
    if first < today - LONGEST_AGO or terms.ends_on + (first - terms.starts_on) < today:
        first = today
    later = first - terms.starts_on
    review = terms.review_on + later if terms.review_on else None
    return replace(terms, starts_on=first, ends_on=terms.ends_on + later, review_on=review)


def answers_of(terms: Terms) -> dict[str, Any]:
    """What the form is filled with."""
    return {
        "title": terms.title,
        "purpose": terms.purpose,
        "where": as_typed(terms.places),
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "review_on": terms.review_on,
        "success": terms.success,
        "initiatives": list(terms.initiatives),
    }
