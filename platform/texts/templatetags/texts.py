"""Filters every template may use."""

from __future__ import annotations

from django import template
from django.db.models import TextChoices
from django.utils.safestring import SafeString

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


@register.simple_tag
def word_label(name: str, value: str) -> str:
    """The label of a vocabulary's word: `{% word_label "stage" "primary" %}`."""
    return vocabulary.label_of(_VOCABULARIES[name], value)
