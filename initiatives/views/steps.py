"""The wizard's five pages: which form, which formsets, what is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.forms.wizard import partners as with_whom
from initiatives.forms.wizard import when
from initiatives.forms.wizard.base import StepForm
from initiatives.forms.wizard.what import WhatForm
from initiatives.forms.wizard.where import WhereForm
from initiatives.forms.wizard.whom import WhomForm
from initiatives.models import Initiative


@dataclass(frozen=True)
class Part:
    """A list of rows on a page: its formset, how it is read from a version and written onto one."""

    formset: Any
    read: Any
    write: Any


@dataclass(frozen=True)
class Step:
    slug: str
    title: str | Promise
    form: type[StepForm]
    parts: Mapping[str, Part] = field(default_factory=dict)


STEPS = (
    Step("what", _("What it is"), WhatForm),
    Step("whom", _("For whom"), WhomForm),
    Step("where", _("Where"), WhereForm),
    Step(
        "when",
        _("When and how to join"),
        when.WhenForm,
        {"intakes": Part(when.IntakeFormSet, when.intakes_of, when.apply_intakes)},
    ),
    Step(
        "with",
        _("Who with"),
        with_whom.PartnersForm,
        {
            "partners": Part(with_whom.PartnerFormSet, with_whom.partners_of, with_whom.apply_partners),
            "handovers": Part(with_whom.HandoverFormSet, with_whom.handovers_of, with_whom.apply_handovers),
            "evidence": Part(with_whom.EvidenceFormSet, lambda draft: draft.evidence, with_whom.apply_evidence),
        },
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}


@dataclass
class Answers:
    """One page's form and formsets, filled from a version or from what was posted."""

    step: Step
    form: StepForm
    parts: dict[str, Any]

    @classmethod
    def of(cls, step: Step, draft: Initiative, request: HttpRequest | None = None) -> Answers:
        data = request.POST if request else None
        parts = {name: part.formset(data, initial=part.read(draft), prefix=name) for name, part in step.parts.items()}
        if "partners" in parts:
            with_whom.name_rows(parts)
        return cls(step, step.form(data, initial=step.form.initial_from(draft)), parts)

    def are_valid(self) -> bool:
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.parts.values())])

    def apply(self, draft: Initiative) -> None:
        """Write the page's answers onto a version."""
        for name, formset in self.parts.items():
            self.step.parts[name].write(formset, draft)
        self.form.apply(draft)


def after(step: Step) -> Step | None:
    """The page that follows, None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def before(step: Step) -> Step | None:
    place = STEPS.index(step) - 1
    return STEPS[place] if place >= 0 else None
