"""What was agreed stays as it was: rows that are written once."""

from __future__ import annotations

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


class Kept(models.Model):
    """A row that is written once. Raises AlreadyKept where it is saved again or deleted."""

    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AlreadyKept(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AlreadyKept(str(self))
