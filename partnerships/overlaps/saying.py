"""What can be said of two initiatives, as people choose and read it: of a next step, which of the two comes first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.overlaps.models import Verdict

Titles = tuple[str, str]  # of the smaller id and of the other
_ORDERS = {"next-step:low": True, "next-step:high": False}


def choices_of(titles: Titles) -> list[tuple[str, str]]:
    """Value and label, each direction of a next step for itself."""
    found: list[tuple[str, str]] = []
    for verdict in Verdict:
        orders = _ORDERS.values() if verdict is Verdict.NEXT_STEP else (None,)
        found += [(choice_of(verdict, order), said_label(verdict, order, titles)) for order in orders]
    return found


def choice_of(verdict: str, forward: bool | None) -> str:
    """The value that stands for it; a next step of which nobody asked the order has its own."""
    return next((value for value, order in _ORDERS.items() if order is forward), str(verdict))


def chosen(value: str) -> tuple[str, bool | None]:
    """The verdict, and of a next step whether the smaller id comes first."""
    if value in _ORDERS:
        return Verdict.NEXT_STEP.value, _ORDERS[value]
    return value, None


def said_label(verdict: str, forward: bool | None, titles: Titles) -> str:
    if verdict != Verdict.NEXT_STEP or forward is None:
        return str(Verdict(verdict).label)
    first, then = titles if forward else titles[::-1]
    return _("A next step: first “%(first)s”, then “%(then)s”") % {"first": first, "then": then}
