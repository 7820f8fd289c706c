"""Reads of whole rows whose SQL is put together once, for what nearly every act asks.

The ORM puts a query together anew each time it runs; for the wide rows that an act locks, this takes longer than the
database takes to answer. Here it compiles at the first question. What is kept is the SQL, and how the columns of a row
become the object and those joined to it, which is done as Django's `ModelIterable` does it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # left out by the stubs
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)


class _Asked(Expression):
    """Stands where the key comes, in the SQL and among the parameters."""

    def as_sql(self, *_: object, **__: object) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What the ORM made of a query.

    `columns` are those of the row itself, named by `names`; `converters` make Python values of what the driver returns,
    by position in the row; `related` makes the objects joined to it.
    """

    sql: str
    parameters: tuple[Any, ...]
    columns: slice
    names: tuple[str, ...]
    converters: dict[int, Any]
    related: list[Any]


class CompiledQuery(Generic[M]):
    """The rows of a queryset whose field `by` has the value asked for; it may join, defer, sort and lock."""

    def __init__(self, rows: QuerySet[M], *, by: str) -> None:
        self._rows, self._by = rows, by

    def get(self, key: str | int) -> M:
        """Return the row of which there is one at most; raises `DoesNotExist`."""
        found = self.find(key)
        if found is None:
            raise self._rows.model.DoesNotExist  # type: ignore[attr-defined]  # every model has it
        return found

    def find(self, key: str | int) -> M | None:
        """Return the row of which there is one at most, None for none."""
        found = self.all(key)
        assert len(found) <= 1
        return found[0] if found else None

    def all(self, key: str | int) -> list[M]:
        """Return the rows; raises `TransactionManagementError` where they are to be locked outside of a transaction."""
        if self._rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError
        said = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(said.sql, [key if isinstance(value, _Asked) else value for value in said.parameters])
            return [self._made(said, list(row)) for row in cursor.fetchall()]

    def kept_by(self, owner: Model, name: str) -> list[M]:
        """Return the rows of the relation `name` of `owner`, which keeps them as if prefetched: they are asked once."""
        kept = owner.__dict__.setdefault("_prefetched_objects_cache", {})
        if name not in kept:
            relation = getattr(owner, name)
            kept[name] = rows = relation.all()
            rows._result_cache, rows._prefetch_done = self.all(owner.pk), True  # noqa: SLF001  # as prefetching does
            for row in rows:
                relation.field.set_cached_value(row, owner)
        return list(kept[name])

    def _made(self, said: _Compiled, row: list[Any]) -> M:
        for position, (converters, column) in said.converters.items():
            for convert in converters:
                row[position] = convert(row[position], column, connection)
        made = self._rows.model.from_db(DEFAULT_DB_ALIAS, said.names, row[said.columns])
        for related in said.related:
            related.populate(row, made)
        return made

    @cached_property
    def _compiled(self) -> _Compiled:
        compiler = self._rows.filter(**{self._by: _Asked()}).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        select, said = compiler.select, compiler.klass_info
        assert select is not None and said is not None  # noqa: PT018  # they come with the SQL of rows
        columns = slice(said["select_fields"][0], said["select_fields"][-1] + 1)
        return _Compiled(
            sql=sql,
            parameters=tuple(parameters),
            columns=columns,
            names=tuple(column.target.attname for column, *_ in select[columns]),
            converters=compiler.get_converters([column for column, *_ in select]),
            related=get_related_populators(said, select, DEFAULT_DB_ALIAS),
        )
