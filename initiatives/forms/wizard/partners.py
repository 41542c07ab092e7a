"""Page five: who with, what comes next, and what shows that it works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard.base import StepForm
from initiatives.models import Handover, Initiative, Partner
from initiatives.queries.choosing import find_initiatives, find_organisations
from organisations.models import Organisation
from texts.fields import LineField
from texts.vocabulary import PartnerRole

MOST = 30
MOST_NUMBER = 2**31


class NumbersField(forms.Field):
    """The primary keys of what was ticked; whatever is no number is left out."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        return [
            int(text) for text in (value or [])[:MOST] if str(text).isascii() and str(text).isdigit() and len(text) < 10
        ]


class PartnerForm(forms.Form):
    """A partner: one already chosen (by number), or a name to look for."""

    organisation = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=MOST_NUMBER)
    role = forms.ChoiceField(label=_("Role"), choices=PartnerRole.choices, required=False)
    remove = forms.BooleanField(label=_("Take away"), required=False)


class HandoverForm(forms.Form):
    initiative = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=MOST_NUMBER)
    note = LineField(label=_("Note"), max_length=200, required=False)
    remove = forms.BooleanField(label=_("Take away"), required=False)


class EvidenceForm(forms.Form):
    title = LineField(label=_("What it is"), max_length=140, required=False)
    url = forms.URLField(label=_("Its address"), max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("title") and not answers.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address, such as https://example.org/report."))
        return answers


def _formset(form: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(form, extra=extra, max_num=MOST, absolute_max=MOST, validate_max=True)


PartnerFormSet = _formset(PartnerForm, 0)
HandoverFormSet = _formset(HandoverForm, 0)
EvidenceFormSet = _formset(EvidenceForm, 2)


class PartnersForm(StepForm):
    columns = ("other_partners",)

    find_partner = LineField(
        label=_("Add a partner"), max_length=200, required=False, help_text=_("Type a part of its name, then “Find”.")
    )
    other_partners = LineField(
        label=_("Partners that are not registered here"),
        max_length=300,
        required=False,
        help_text=_("Names, with commas."),
    )
    find_next = LineField(
        label=_("Where do people go on to?"),
        max_length=200,
        required=False,
        help_text=_("Type a part of the title of the initiative that takes over, then “Find”."),
    )

    add_partner = NumbersField(required=False)
    add_next = NumbersField(required=False)

    def apply(self, draft: Initiative) -> None:
        """Write the page's answers onto a version, and put what was chosen among the found on its lists."""
        super().apply(draft)
        have = {partner.organisation_id for partner in draft.partners.all()}
        chosen = Organisation.objects.filter(pk__in=self.cleaned_data["add_partner"], is_public=True)
        for organisation in chosen.exclude(pk__in=have):
            draft.partners.add(Partner(organisation=organisation, role=PartnerRole.DELIVERS))
        have = {draft.pk, *(handover.next_initiative_id for handover in draft.handovers.all())}
        for following in Initiative.objects.filter(pk__in=self.cleaned_data["add_next"], live=True).exclude(
            pk__in=have
        ):
            draft.handovers.add(Handover(next_initiative=following))

    def found_partners(self) -> list[Organisation]:
        """Organisations whose names fit what was typed."""
        return find_organisations(self.cleaned_data.get("find_partner", ""))

    def found_next(self, draft: Initiative) -> list[Initiative]:
        """Public initiatives whose titles fit what was typed."""
        return find_initiatives(self.cleaned_data.get("find_next", ""), besides=draft.pk)


def partners_of(draft: Initiative) -> list[dict[str, Any]]:
    return [{"organisation": p.organisation_id, "role": p.role} for p in draft.partners.all()]


def handovers_of(draft: Initiative) -> list[dict[str, Any]]:
    return [{"initiative": h.next_initiative_id, "note": h.note} for h in draft.handovers.all()]


def name_rows(parts: dict[str, Any]) -> None:
    """Give each row of partners and hand-overs the name of what it points at, for the page to show."""
    # Only what everyone may see: a number that someone made up must not tell the name of what is hidden.
    shown = (("partners", "organisation", Organisation.objects.filter(is_public=True)),)
    for part, key, public in (*shown, ("handovers", "initiative", Initiative.objects.filter(live=True))):
        rows = [(form, _number(form[key].value())) for form in parts[part]]
        known = public.in_bulk([number for _form, number in rows if number])
        for form, number in rows:
            form.name = str(known.get(number, ""))


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def apply_partners(formset: Any, draft: Initiative) -> None:
    """Write the partners onto a version: each organisation and role once, those that are gone left out."""
    wanted = {
        (row["organisation"], row["role"] or PartnerRole.DELIVERS.value)
        for row in (form.cleaned_data for form in formset)
        if row.get("organisation") and not row.get("remove")
    }
    known = Organisation.objects.filter(is_public=True).in_bulk([pk for pk, _role in wanted])
    draft.partners.set([Partner(organisation=known[pk], role=role) for pk, role in sorted(wanted) if pk in known])


def apply_handovers(formset: Any, draft: Initiative) -> None:
    """Write the hand-overs onto a version: each initiative once, never itself."""
    wanted = {
        row["initiative"]: row.get("note", "")
        for row in (form.cleaned_data for form in formset)
        if row.get("initiative") and row["initiative"] != draft.pk and not row.get("remove")
    }
    known = Initiative.objects.filter(live=True).in_bulk(list(wanted))
    draft.handovers.set([Handover(next_initiative=known[pk], note=wanted[pk]) for pk in sorted(known)])


def apply_evidence(formset: Any, draft: Initiative) -> None:
    rows = [form.cleaned_data for form in formset]
    draft.evidence = [{"title": row["title"] or row["url"], "url": row["url"]} for row in rows if row.get("url")]
