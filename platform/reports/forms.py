"""What people type when they report a page, and when somebody decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.domain.deciding import Decision
from reports.domain.errors import ReportError
from reports.domain.reporting import ReportedPage
from reports.looking import page_at
from reports.models import Outcome
from reports.queries.pages import Case
from reports.reasons import LONGEST_NOTE, Reason
from reports.subjects import Removal
from texts.fields import LineField, WrittenField


class ReportForm(forms.Form):
    """`page` is hidden once it is known to be one."""

    page = LineField(
        label=gettext_lazy("Which page?"),
        help_text=gettext_lazy("Its address, such as /places/hull/ or the whole line from the top of your browser."),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Give the address of the page.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with it.")},
    )
    note = WrittenField(
        label=gettext_lazy("What should the moderator know? (optional)"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you would like an answer (optional)"),
        help_text=gettext_lazy("Used for nothing else, and forgotten 90 days after the answer."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, *, request: HttpRequest, page: str = "") -> None:
        super().__init__(data, initial={"page": page})
        self.request = request
        self.found: ReportedPage | None = None
        if request.user.is_authenticated:
            del self.fields["email"]

    def clean_page(self) -> str:
        typed: str = self.cleaned_data["page"]
        try:
            self.found = page_at(self.request, typed)
        except ReportError as error:
            raise forms.ValidationError(str(error)) from error
        return self.found.path


class DecisionForm(forms.Form):
    """`seen` is the newest report that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what becomes of it.")},
    )
    words = WrittenField(
        label=gettext_lazy("In your words"),
        max_length=4 * LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    together = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, case: Case, removal: Removal | None) -> None:
        super().__init__(data, initial={"seen": case.seen, "together": True})
        can_be_told = any(one.reporter_id or one.email for one in (case.report, *case.others))
        choices = [(Outcome.THANKS.value, _("Thank them: it is mended, or nothing has to be changed"))]
        if removal is not None:
            choices.append((Outcome.REMOVED.value, str(removal.label)))
        if can_be_told:
            choices.append((Outcome.REPLIED.value, _("Reply: what you write goes to whoever reported it")))
        outcome: Any = self.fields["outcome"]
        outcome.choices = choices
        self.fields["words"].help_text = _who_reads(can_be_told, removal)
        if case.others:
            number = len(case.others)
            self.fields["together"].label = ngettext(
                "Decide the other report of this page in the same way",
                "Decide the %(number)d other reports of this page in the same way",
                number,
            ) % {"number": number}
        else:
            del self.fields["together"]

    def decision(self) -> Decision:
        """Once it is valid."""
        answers = self.cleaned_data
        return Decision(answers["outcome"], answers["words"], answers.get("together", False), answers["seen"])


def _who_reads(can_be_told: bool, removal: Removal | None) -> str:
    if removal is not None and can_be_told:
        return _("A reply is read by whoever reported it; why a page is taken away, by those who look after it.")
    if removal is not None:
        return _("Why the page is taken away is read by those who look after it.")
    if can_be_told:
        return _("Whoever reported it reads this.")
    return _("For the next moderator: whoever reported it left no way to be told.")


class ContactForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of their account"),
        error_messages={"required": gettext_lazy("Give the e-mail address of somebody who has an account here.")},
    )
