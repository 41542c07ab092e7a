"""Moving rows from one thing to another with a trace, and putting them back.

Rooms above use it for what names an organisation otherwise than by a foreign key, and for merges of their own things: a
merge is whatever has `rows` that are traces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from organisations.models import DuplicateProposal, Merge, MergedRow, Organisation

_OWN = (DuplicateProposal, Merge, MergedRow)
Rows = models.QuerySet[Any]
_Model = TypeVar("_Model", bound=models.Model)


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the product that names an organisation, whichever room's: none is forgotten by being new."""
    for model in apps.get_models(include_auto_created=True):
        if model not in _OWN:
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and field.remote_field.model is Organisation:
                    yield model, field.attname


def rows_of(model: type[models.Model]) -> Rows:
    """By a plain set: rows that are written once, such as what was agreed, follow their organisation too."""
    return models.QuerySet(model)


def hold_both(rows: models.QuerySet[_Model], kept: int, gone: int) -> tuple[_Model, _Model] | None:
    """Both rows held, the smaller key first, so that two merges at once wait for each other and never cross; None where
    one is not here any more. In the caller's transaction."""
    found = {row.pk: row for row in rows.select_for_update(of=("self",)).filter(pk__in=(kept, gone)).order_by("pk")}
    return (found[kept], found[gone]) if len(found) == 2 else None


class Traced(Protocol):
    """A merge of two things, with what it did."""

    @property
    def rows(self) -> Any: ...


def carry(merge: Traced, rows: Rows, column: str, after: Any) -> None:
    """Set a column of these rows and keep what it was. A row that another of `kept` stands in the way of stays."""
    before = list(rows.order_by("pk").values_list("pk", column))
    for pk, value in before:
        try:
            with transaction.atomic():
                rows_of(rows.model).filter(pk=pk).update(**{column: after})
        except IntegrityError:
            continue
        merge.rows.create(
            model=rows.model._meta.label, row=str(pk), column=column, before=_plain(value), after=_plain(after)
        )


def add(merge: Traced, row: models.Model) -> None:
    """Save a new row, which goes again when the merge is undone."""
    row.save(force_insert=True)
    merge.rows.create(model=row._meta.label, row=str(row.pk), after={"made": True})


def take_away(merge: Traced, row: models.Model) -> None:
    """Delete a row that says what another says already, and keep all of it."""
    columns = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    kept = {name: _plain(value) for name, value in columns.items()}
    merge.rows.create(model=row._meta.label, row=str(row.pk), before=kept)
    row.delete()


def put_back(merge: Traced) -> None:
    """The last first. What somebody has changed since stays as they have it."""
    for trace in merge.rows.order_by("-pk"):
        model = apps.get_model(trace.model)
        try:
            with transaction.atomic():
                if trace.column:
                    still = rows_of(model).filter(pk=trace.row, **{trace.column: trace.after})
                    still.update(**{trace.column: trace.before})
                elif trace.before is None:
                    rows_of(model).filter(pk=trace.row).delete()
                else:
                    model(**{name: _read(model, name, value) for name, value in trace.before.items()}).save(
                        force_insert=True
                    )
        except IntegrityError:
            continue


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | int | float | bool | dict):
        return value
    # To the microsecond, as the column has it: a value that is no longer quite the same is not put back.
    return value.isoformat() if hasattr(value, "isoformat") else DjangoJSONEncoder().default(value)


def _read(model: type[models.Model], name: str, value: Any) -> Any:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.to_python(value)
