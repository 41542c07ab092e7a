"""The rows of parties on the page, with those that were found and ticked put below them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from organisations.models import Organisation
from partnerships.domain.terms import MOST_PARTIES, PartyTerms
from partnerships.forms.terms import PartyFormSet
from partnerships.models import PartyRole
from texts.cleaning import clean_line

PREFIX = "parties"
Row = Mapping[str, Any]


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """What was posted, without what was taken away, with what was ticked among the found; each organisation once."""
    rows: dict[int, dict[str, Any]] = {}
    for number in range(min(_number(data.get(f"{PREFIX}-TOTAL_FORMS")) or 0, MOST_PARTIES + 5)):
        before = f"{PREFIX}-{number}-"
        pk = _number(data.get(f"{before}organisation"))
        if pk and not data.get(f"{before}remove"):
            rows.setdefault(
                pk,
                {
                    "organisation": pk,
                    "role": data.get(f"{before}role", ""),
                    "brings": data.get(f"{before}brings", ""),
                },
            )
    for text in data.getlist("add_party")[:MOST_PARTIES]:
        if pk := _number(text):
            rows.setdefault(pk, {"organisation": pk, "role": PartyRole.DELIVERS.value, "brings": ""})
    return list(rows.values())


def left_to_find(data: QueryDict, known: Container[int]) -> str:
    """The name typed under “Add a party” for which nobody was chosen yet. `known`: the parties as they are now;
    `searched`: the name that was looked for, where who was ticked was among those found."""
    typed = data.get("find_party", "")
    is_chosen = any(_number(text) in known for text in data.getlist("add_party")[:MOST_PARTIES])
    is_settled = is_chosen and data.get("searched", typed) == typed
    return "" if is_settled or not clean_line(typed) else typed


def bound(rows: Sequence[Row]) -> Any:
    """The formset of these rows, as if it had been posted so."""
    data = {f"{PREFIX}-TOTAL_FORMS": str(len(rows)), f"{PREFIX}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"{PREFIX}-{number}-{name}": str(value) for name, value in row.items()}
    return PartyFormSet(data, prefix=PREFIX)


def unbound(rows: Sequence[Row]) -> Any:
    return PartyFormSet(initial=list(rows), prefix=PREFIX)


def name_rows(formset: Any, known: Mapping[int, Organisation]) -> None:
    """Give each row the name of its organisation, for the page to show."""
    for form in formset:
        pk = _number(form["organisation"].value())
        form.name = str(known.get(pk, "")) if pk else ""


def allowed(rows: Iterable[Row], also: Iterable[int]) -> dict[int, Organisation]:
    """The organisations of these rows that may be parties: public ones, one's own, and who is a party already. A number
    that somebody made up must not tell the name of what is hidden."""
    wanted = {row["organisation"] for row in rows}
    hidden = wanted.intersection(also)
    found = Organisation.objects.filter(pk__in=wanted)
    return {one.pk: one for one in found if one.is_public or one.pk in hidden}


def party_terms(formset: Any) -> list[PartyTerms]:
    """Asks for a valid formset."""
    return [
        PartyTerms(row["organisation"], row["role"], row["brings"])
        for row in (form.cleaned_data for form in formset)
        if row.get("organisation")
    ]


def rows_of(parties: Iterable[PartyTerms]) -> list[dict[str, Any]]:
    return [{"organisation": one.organisation_id, "role": one.role, "brings": one.brings} for one in parties]


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
