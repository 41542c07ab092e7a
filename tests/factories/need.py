"""Indices of need and what they say of places, made as the product keeps them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import factory
from django.utils import timezone

from partnerships.need.models import Direction, Geography, How, Index, Value
from tests.factories.initiatives import MIDDLESBROUGH

WORDS: dict[str, Any] = {
    "slug": "hardship",
    "name": "Index of hardship",
    "year": 2024,
    "source": "Office for Examples",
    "licence": "Open Government Licence 3.0",
    "address": "https://example.org/hardship",
    "higher_is": "worse",
    "higher_means": "more hardship",
    "unit": "score",
    "geography": "authorities-today",
    "year_of_codes": 2024,
    "across_nations": True,
}


class IndexFactory(factory.django.DjangoModelFactory[Index]):
    class Meta:
        model = Index
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"hardship-{n}")
    name = "Index of hardship"
    year = 2024
    source = "Office for Examples"
    licence = "Open Government Licence 3.0"
    address = "https://example.org/hardship"
    higher_is = Direction.WORSE
    higher_means = "more hardship"
    unit = "score"
    geography = Geography.TODAY
    year_of_codes = 2024
    across_nations = True
    loaded_at = factory.LazyFunction(timezone.now)


class ValueFactory(factory.django.DjangoModelFactory[Value]):
    class Meta:
        model = Value

    index = factory.SubFactory(IndexFactory)
    place_id = MIDDLESBROUGH
    value = 41.5
    rank = 3
    of = 361
    share = 0.99
    how = How.DIRECT
    known = 1.0


def toml(fields: Mapping[str, Any]) -> str:
    """A description's text; nested mappings become tables."""
    lines, tables = [], []
    for name, value in fields.items():
        if isinstance(value, Mapping):
            tables += [f"[{name}]", *(f"{_said(key)} = {_said(one)}" for key, one in value.items())]
        else:
            lines.append(f"{name} = {_said(value)}")
    return "\n".join([*lines, *tables, ""])


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_said(one) for one in value) + "]"
    return str(value) if isinstance(value, int | float) else '"' + str(value).replace('"', '\\"') + '"'


def described(folder: Path, columns: Mapping[str, str] | None = None, **given: Any) -> Path:
    """A description file; None leaves a field out."""
    fields = {**WORDS, "columns": columns or {"code": "code", "value": "value"}, **given}
    path = folder / "description.toml"
    path.write_text(toml({name: value for name, value in fields.items() if value is not None}), encoding="utf-8")
    return path


def table(folder: Path, rows: Iterable[Iterable[object]], header: Iterable[str] = ("code", "value")) -> Path:
    """A CSV file."""
    path = folder / "index.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(header), *map(list, rows)])
    return path
