"""What can be done with a partnership from its page: each a form, a verb, and the sentence that comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.domain.acting import add_action, finish_action
from partnerships.domain.agreeing import agree, ask_for_change
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.domain.leaving import leave, stay
from partnerships.forms.answers import (
    ActionForm,
    AskForm,
    CloseForm,
    DeclineForm,
    DoneForm,
    ForForm,
    LeaveForm,
    NumberedForm,
)
from partnerships.models import Partnership

Given = dict[str, Any]  # a form's clean answers, and `user`


def _agree(one: Partnership, given: Given) -> str:
    if agree(one, **given):
        first = Partnership.objects.select_related("stands").get(pk=one.pk).begins_on
        if first is not None:
            return _("All have agreed. It begins on %(day)s.") % {"day": date_format(first, "j F Y")}
        return _("All have agreed. It is in force.")
    return _("You agree to version %(number)d.") % {"number": given["number"]}


def _ask(one: Partnership, given: Given) -> str:
    ask_for_change(one, **given)
    return _("The others read what you ask for. Whoever changes it sends a new version, which all agree to.")


def _leave(one: Partnership, given: Given) -> str:
    if leave(one, **given).takes_effect_on > timezone.localdate():
        return _("You have given notice, and the others know. Until its day you can take it back.")
    return _("You take no part, and the others know.")


def _decline(one: Partnership, given: Given) -> str:
    leave(one, **given)
    return _("You do not join, and the others know why.")


def _stay(one: Partnership, given: Given) -> str:
    stay(one, **given)
    return _("You have taken the notice back, and the others know.")


def _consent(one: Partnership, given: Given) -> str:
    if change_consent(one, wanted=True, **given):
        return _("All parties want it: everyone can read the summary now.")
    return _("Kept. Everyone can read the summary once all parties want that.")


def _withdraw(one: Partnership, given: Given) -> str:
    change_consent(one, wanted=False, **given)
    return _("The summary is no longer public.")


def _act(one: Partnership, given: Given) -> str:
    add_action(one, **given)
    return _("Added. Whoever does it is told.")


def _finish(one: Partnership, given: Given) -> str:
    finish_action(one, pk=given.pop("action"), done=True, **given)
    return _("Done, and noted.")


def _reopen(one: Partnership, given: Given) -> str:
    finish_action(one, pk=given.pop("action"), done=False, **given)
    return _("It is open again.")


def _close(one: Partnership, given: Given) -> str:
    given.pop("sure")
    close(one, **given)
    return _("Closed. The record stays here.")


# `do` → its form, its verb, which sentence comes back.
DEEDS: dict[str, tuple[type[ForForm], Callable[[Partnership, Given], str]]] = {
    "agree": (NumberedForm, _agree),
    "ask": (AskForm, _ask),
    "leave": (LeaveForm, _leave),
    "decline": (DeclineForm, _decline),
    "stay": (ForForm, _stay),
    "consent": (ForForm, _consent),
    "withdraw": (ForForm, _withdraw),
    "act": (ActionForm, _act),
    "finish": (DoneForm, _finish),
    "reopen": (DoneForm, _reopen),
    "close": (CloseForm, _close),
}

# What who is only asked to join can do, about the version that asks them.
OF_THE_INVITED = ("agree", "ask", "decline")
