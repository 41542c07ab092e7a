"""`field__among=[…]`: as `__in`, for a thousand numbers and more.

`__in` writes a placeholder for each: taking such a statement apart took psycopg longer than its answer took PostgreSQL,
which reads one array instead.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, ForeignKey, IntegerField, Lookup


class Among(Lookup[Any]):
    lookup_name = "among"

    def get_prep_lookup(self) -> list[int]:
        return [int(value) for value in self.rhs]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*parameters, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """As JSON: SQLite counts its parameters."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} IN (SELECT value FROM json_each(%s))", [*parameters, str(self.rhs)]  # noqa: S608  a column


def register() -> None:
    for field in (IntegerField, BigIntegerField, ForeignKey):
        field.register_lookup(Among)
