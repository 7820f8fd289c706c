"""Writes of single rows whose SQL is put together once, for what nearly every act does.

They say what the ORM would say; that puts each statement together anew, which takes longer than writing the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Field, Model


def insert_row(row: Model) -> None:
    """Add a new row with every column and give it its key."""
    insert_rows([row])


def insert_rows(rows: Sequence[Model]) -> None:
    """Add a few new rows of one table, in one statement, with every column, and give them their keys."""
    if not rows:
        return
    insert = _insert(type(rows[0]), len(rows))
    with connection.cursor() as cursor:
        cursor.execute(insert.sql, [value for row in rows for value in insert.values_of(row)])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  # as saving does


def update_row(row: Model, names: Sequence[str]) -> None:
    """Write the fields `names` of a row, as `save(update_fields=names)` does; raises `DatabaseError` if it is gone."""
    update = _update(type(row), tuple(names))
    with connection.cursor() as cursor:
        cursor.execute(update.sql, [*update.values_of(row), row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"no row of {type(row).__name__} was changed")


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL, and whose values it takes."""

    sql: str
    fields: tuple["Field[Any, Any]", ...]

    def values_of(self, row: Model) -> list[Any]:
        return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in self.fields]


@cache
def _insert(model: type[Model], count: int) -> _Statement:
    table, key = model._meta.db_table, model._meta.auto_field  # noqa: SLF001  # public in all but name
    assert key is not None
    fields = tuple(field for field in _fields(model).values() if field is not key)
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    rows = ", ".join([f"({places})"] * count)
    return _Statement(f'INSERT INTO "{table}" ({columns}) VALUES {rows} RETURNING "{key.column}"', fields)  # noqa: S608  # names of ours


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> _Statement:
    table, key = model._meta.db_table, model._meta.pk  # noqa: SLF001  # public in all but name
    fields = tuple(_fields(model)[name] for name in names)
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return _Statement(f'UPDATE "{table}" SET {changes} WHERE "{key.column}" = %s', fields)  # noqa: S608  # names of ours


def _fields(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001  # public in all but name
