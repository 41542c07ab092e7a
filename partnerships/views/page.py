"""What the page of a partnership is given: the record, and a form for each thing that can be done."""

from __future__ import annotations

from typing import Any

from partnerships.forms.answers import ActionForm, AskForm, CloseForm, DeclineForm, LeaveForm
from partnerships.queries.joining import JoiningPage
from partnerships.queries.showing import PartnershipPage


def page_context(page: PartnershipPage, *, name: str = "", form: Any = None, problem: str = "") -> dict[str, Any]:
    """`name` and `form`: the one that was refused, with what was typed; `problem`: why, where it has no form."""
    forms: dict[str, Any] = {
        "ask": AskForm(own=page.answering, prefix="ask", initial={"number": page.newest.number}),
        "decline": DeclineForm(own=page.invited, prefix="decline"),
        "leave": LeaveForm(own=page.to_leave, prefix="leave", at_once=page.leaves_at_once),
        "close": CloseForm(own=page.to_close, prefix="close"),
        "act": ActionForm(own=page.own, owners=page.owners, prefix="act"),
    }
    if name in forms and form is not None:
        forms[name] = form
    refused = form if form is not None and name in forms else None
    return {"page": page, "partnership": page.partnership, "forms": forms, "refused": refused, "problem": problem}


def joining_context(page: JoiningPage, *, name: str = "", form: Any = None, problem: str = "") -> dict[str, Any]:
    """The same for who is only asked to join."""
    forms: dict[str, Any] = {
        "ask": AskForm(own=page.own, prefix="ask", initial={"number": page.version.number}),
        "decline": DeclineForm(own=page.own, prefix="decline"),
    }
    if name in forms and form is not None:
        forms[name] = form
    refused = form if form is not None and name in forms else None
    return {"page": page, "partnership": page.partnership, "forms": forms, "refused": refused, "problem": problem}
