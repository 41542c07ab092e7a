"""Filters every template may use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import TextChoices
from django.forms import BaseForm, BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from texts import vocabulary
from texts.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(source: str | None) -> SafeString:
    """Limited rich text as safe HTML."""
    return render_markdown(source or "")


_VOCABULARIES: dict[str, type[TextChoices]] = {
    "stage": vocabulary.Stage,
    "transition": vocabulary.Transition,
    "support": vocabulary.Support,
    "focus": vocabulary.Focus,
    "language": vocabulary.Language,
    "kind": vocabulary.OrganisationKind,
    "role": vocabulary.PartnerRole,
    "cost": vocabulary.Cost,
}


@dataclass(frozen=True)
class Problem:
    """A sentence of the error summary, and the box it leads to ("" where it is about the whole page)."""

    text: str
    box: str = ""


@register.simple_tag
def problems(form: BaseForm | None, formsets: BaseFormSet[Any] | Iterable[BaseFormSet[Any]] = ()) -> list[Problem]:
    """What has to be mended in a form and in the rows of its formsets, in the order of the page."""
    found = _of_form(form) if form else []
    for formset in [formsets] if isinstance(formsets, BaseFormSet) else formsets:
        found += [Problem(str(error)) for error in formset.non_form_errors()]
        for number, row in enumerate(formset, start=1):
            found += _of_form(row, row_name=_("Row %(number)d") % {"number": number})
    return found


def _of_form(form: BaseForm, row_name: str = "") -> list[Problem]:
    before = f"{row_name}, " if row_name else ""
    found = [Problem(f"{row_name}: {error}" if row_name else str(error)) for error in form.non_field_errors()]
    for field in form:
        if field.is_hidden:  # nobody knows its name, and there is nothing to lead to
            found += [Problem(f"{before}{error}") for error in field.errors]
        else:
            label = str(field.label)
            label = label if label.endswith("?") else f"{label}:"  # a question needs no second mark
            found += [Problem(f"{before}{label} {error}", field.auto_id) for error in field.errors]
    return found


@register.simple_tag
def word_label(name: str, value: str) -> str:
    """The label of a vocabulary's word: `{% word_label "stage" "primary" %}`."""
    return vocabulary.label_of(_VOCABULARIES[name], value)
