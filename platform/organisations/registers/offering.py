"""What a picked entry says beside what a form says: what is empty is filled, what differs is offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from organisations.registers.picking import Picked
from texts.vocabulary import OrganisationKind

NUMBER = "number"  # beside the names of the form's boxes
_MOST_NUMBERS = 10
Numbers = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing a register says: in which box it belongs, and what stands there where that is something else."""

    name: str
    label: str
    value: str
    shown: str
    here: str
    differs: bool
    scheme: str = ""


def fill_empty(initial: Mapping[str, Any], numbers: Numbers, picked: Picked) -> tuple[dict[str, Any], Numbers]:
    """A form's first answers and numbers, with the register's where there is none. Nothing that stands is changed."""
    filled = {**initial, **{name: value for name, value in picked.initial.items() if not initial.get(name)}}
    there = {row["scheme"] for row in numbers}
    return filled, [*numbers, *(row for row in picked.identifiers if row["scheme"] not in there)]


def offered(picked: Picked, form: forms.Form, identifiers: Any) -> list[Offered]:
    """All that the register says, held against what the boxes say now."""
    said = [_said(name, str(value), form[name]) for name, value in picked.initial.items() if value]
    rows = [(row["scheme"].value() or "", str(row["value"].value() or "").strip()) for row in identifiers]
    for row in picked.identifiers:
        others = [value for scheme, value in rows if scheme == row["scheme"] and value]
        differs = bool(others) and row["value"] not in others
        here = others[0] if differs else ""
        said.append(Offered(NUMBER, _("Number"), row["value"], row["value"], here, differs, row["scheme"]))
    return said


def _said(name: str, value: str, box: forms.BoundField) -> Offered:
    here = str(box.value() or "").strip()
    words = dict(OrganisationKind.choices) if name == "kind" else {}
    differs = bool(here) and here.rstrip("/").casefold() != value.rstrip("/").casefold()
    label = _("Kind") if name == "kind" else str(box.label)
    return Offered(name, label, value, str(words.get(value, value)), str(words.get(here, here)), differs)


def with_ticked(posted: QueryDict, picked: Picked | None) -> QueryDict:
    """What was posted, with the register's answer in each box whose “Use it” was ticked."""
    ticked = posted.getlist("take")
    if picked is None or not ticked:
        return posted
    answers = posted.copy()
    for name in ticked:
        if picked.initial.get(name):
            answers[name] = str(picked.initial[name])
    for row in picked.identifiers if NUMBER in ticked else []:
        for index in range(_MOST_NUMBERS):
            if posted.get(f"identifiers-{index}-scheme") == row["scheme"]:
                answers[f"identifiers-{index}-value"] = row["value"]
                break
    return answers
