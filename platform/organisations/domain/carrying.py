"""Moving rows from one organisation to another with a trace, and putting them back.

Rooms above use it for what names an organisation otherwise than by a foreign key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from organisations.models import DuplicateProposal, Merge, MergedRow, Organisation

_OWN = (DuplicateProposal, Merge, MergedRow)
Rows = models.QuerySet[Any]


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


def carry(merge: Merge, rows: Rows, column: str, after: Any) -> None:
    """Set a column of these rows and keep what it was. A row that another of `kept` stands in the way of stays."""
    before = list(rows.order_by("pk").values_list("pk", column))
    for pk, value in before:
        try:
            with transaction.atomic():
                rows_of(rows.model).filter(pk=pk).update(**{column: after})
        except IntegrityError:
            continue
        MergedRow.objects.create(
            merge=merge, model=rows.model._meta.label, row=str(pk), column=column, before=value, after=after
        )


def take_away(merge: Merge, row: models.Model) -> None:
    """Delete a row that says what another says already, and keep all of it."""
    columns = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    kept = {name: _plain(value) for name, value in columns.items()}
    MergedRow.objects.create(merge=merge, model=row._meta.label, row=str(row.pk), before=kept)
    row.delete()


def put_back(merge: Merge) -> None:
    """The last first. What somebody has changed since stays as they have it."""
    for trace in merge.rows.order_by("-pk"):
        model = apps.get_model(trace.model)
        try:
            with transaction.atomic():
                if trace.column:
                    still = rows_of(model).filter(pk=trace.row, **{trace.column: trace.after})
                    still.update(**{trace.column: trace.before})
                else:
                    model(**{name: _read(model, name, value) for name, value in (trace.before or {}).items()}).save(
                        force_insert=True
                    )
        except IntegrityError:
            continue


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else DjangoJSONEncoder().default(value)


def _read(model: type[models.Model], name: str, value: Any) -> Any:
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.to_python(value)
