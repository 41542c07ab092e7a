"""What a coordinator says of a gap."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.words import step_label, support_label
from texts.fields import LineField

_CHOOSE = _("Choose from the list.")
_HOW = _("Say in a sentence how you looked, so that others can rely on it.")


def _steps() -> list[tuple[str, str]]:
    return [("", gettext("Choose")), *((step, step_label(step)) for step in STEPS)]


def _supports() -> list[tuple[str, str]]:
    return [(support, support_label(support)) for support in ("", *SUPPORTS)]


class ConfirmForm(forms.Form):
    """A stage or transition, a kind of support or any, and how they looked."""

    step = forms.ChoiceField(
        label=_("Stage or transition"),
        choices=_steps,
        error_messages={"required": _("Say at which stage or transition."), "invalid_choice": _CHOOSE},
    )
    support = forms.ChoiceField(
        label=_("Kind of support"), choices=_supports, required=False, error_messages={"invalid_choice": _CHOOSE}
    )
    note = LineField(
        label=_("How you looked"),
        help_text=_("One sentence that everyone can read: whom you asked, which lists you went through."),
        min_length=12,
        max_length=300,
        error_messages={"required": _HOW, "min_length": _HOW},
    )
