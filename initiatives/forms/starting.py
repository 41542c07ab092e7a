"""The wizard's first question: for which organisation, and what it is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from organisations.models import Organisation
from texts.fields import LineField

_KEPT = "started-drafts"


class StartForm(forms.Form):
    """Posting it twice gives the same draft: each form carries a token that is used once."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation leads it?"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    title = LineField(
        label=_("What is it called?"),
        max_length=140,
        help_text=_("The name people know it by. You can change it later."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)

    def __init__(self, data: Any, *, own: QuerySet[Organisation], once: SessionBase) -> None:
        self.session = once
        chosen = own.values_list("pk", flat=True)[:2]
        initial = {"token": get_random_string(16), "organisation": chosen[0] if len(chosen) == 1 else None}
        super().__init__(data, initial=initial)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = own

    def draft_made_before(self) -> int | None:
        """The draft this very form made when it was posted the first time, if it is still there."""
        token = self.cleaned_data["token"]
        pk = self.session.get(_KEPT, {}).get(token) if token else None
        return pk if pk and Initiative.objects.filter(pk=pk).exists() else None

    def remember(self, draft: Initiative) -> None:
        kept = dict(list(self.session.get(_KEPT, {}).items())[-9:])
        self.session[_KEPT] = {**kept, self.cleaned_data["token"]: draft.pk}
