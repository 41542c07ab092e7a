"""What was agreed stays as it was: rows that are written once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


class AlreadyKept(Exception):
    """Somebody tried to change or delete what is history."""


class KeptRows(models.QuerySet[Any]):
    """Rows to read and to add to, and nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise AlreadyKept(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AlreadyKept(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AlreadyKept(self.model.__name__)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.check_in_time()
        return super().bulk_create(rows, *args, **kwargs)


class Kept(models.Model):
    """A row that is written once. Raises AlreadyKept where it is saved again or deleted."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AlreadyKept(str(self))
        self.check_in_time()
        super().save(*args, **kwargs)

    def check_in_time(self) -> None:
        """Raises AlreadyKept for a row that would add to what was sent already. Most rows are a new fact, and may."""

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AlreadyKept(str(self))
