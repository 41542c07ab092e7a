"""What people type about an organisation, checked and made into details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.domain.registering import Details
from organisations.identifiers import normalise_identifier
from organisations.models import IdentifierScheme, Organisation, Role
from places.forms import read_where, which_of_them
from places.postcodes import PostcodeError, parse_postcode
from places.queries import gazetteer
from texts.fields import LineField, TextField
from texts.vocabulary import OrganisationKind


class OrganisationForm(forms.Form):
    """An organisation's details; `details()` gives them once the form is valid."""

    name = LineField(label=gettext_lazy("Its name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of organisation is it?"), choices=[("", "…"), *OrganisationKind.choices]
    )
    postcode = LineField(
        label=gettext_lazy("Postcode"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Of its main address. It tells us the council area."),
        widget=forms.TextInput(attrs={"class": "input--short", "autocomplete": "postal-code"}),
    )
    place = LineField(
        label=gettext_lazy("Or its council area"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("If there is no postcode."),
        widget=forms.TextInput(attrs={"data-suggest": "places", "autocomplete": "off"}),
    )
    description = TextField(
        label=gettext_lazy("About it"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("A few sentences. You can use **bold**, lists (“- ”) and links."),
    )
    website = forms.URLField(label=gettext_lazy("Website"), max_length=300, required=False, assume_scheme="https")
    email = forms.EmailField(label=gettext_lazy("Public e-mail address"), max_length=254, required=False)
    phone = LineField(label=gettext_lazy("Public telephone number"), max_length=40, required=False)

    @classmethod
    def initial_from(cls, organisation: Organisation) -> dict[str, Any]:
        columns = ("name", "kind", "postcode", "description", "website", "email", "phone")
        place = gazetteer()[organisation.place_id].name if organisation.place_id and not organisation.postcode else ""
        return {**{column: getattr(organisation, column) for column in columns}, "place": place}

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        self._facts = None
        if not typed:
            return ""
        try:
            self._facts = parse_postcode(typed)
        except PostcodeError as error:
            raise ValidationError(str(error)) from None
        return self._facts.postcode

    def clean_place(self) -> str | None:
        """The code of the council area that was typed."""
        typed: str = self.cleaned_data["place"]
        if not typed:
            return None
        where = read_where(typed)
        if where.faults or where.notes or not where.place.is_authority:
            raise ValidationError(_("We know no council area of that name. Check it, or give a postcode."))
        if question := which_of_them(where):
            raise ValidationError(question)
        return where.code

    def details(self, identifiers: Any) -> Details:
        """The checked details, with the numbers of a valid formset."""
        answers = self.cleaned_data
        facts = self._facts
        rows = [form.cleaned_data for form in identifiers]
        return Details(
            **{key: answers[key] for key in ("name", "kind", "description", "website", "email", "phone", "postcode")},
            place_code=(facts.authority_code if facts else None) or answers["place"],
            latitude=facts.latitude if facts else None,
            longitude=facts.longitude if facts else None,
            identifiers=sorted({(row["scheme"], row["value"]) for row in rows if row.get("value")}),
        )


class IdentifierForm(forms.Form):
    scheme = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=[("", "…"), *IdentifierScheme.choices], required=False
    )
    value = LineField(label=gettext_lazy("Number"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        scheme, value = answers.get("scheme", ""), answers.get("value", "")
        if value and not scheme and "scheme" not in self.errors:
            self.add_error("scheme", _("Choose the register this number is from."))
        elif value and scheme:
            try:
                answers["value"] = normalise_identifier(scheme, value)
            except ValidationError as error:
                self.add_error("value", error)
        return answers


IdentifierFormSet = forms.formset_factory(IdentifierForm, extra=2, max_num=10, absolute_max=10, validate_max=True)


def identifiers_initial(organisation: Organisation) -> list[dict[str, str]]:
    return [{"scheme": one.scheme, "value": one.value} for one in organisation.identifiers.order_by("scheme", "value")]


class AskForm(forms.Form):
    message = LineField(
        label=gettext_lazy("A word to the owners"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Who you are and what you do there."),
    )


class ClaimForm(forms.Form):
    message = LineField(
        label=gettext_lazy("Who are you, and how can we check it?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Your post there, and a page or a telephone number of its own that names you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerClaimForm(forms.Form):
    note = LineField(
        label=gettext_lazy("How did you check it, or why not?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("The person reads it; if you accept, everybody does, beside the badge."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.ChoiceField(choices=[("accept", "accept"), ("decline", "decline")], required=False)


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.MEMBER)
