"""Reads of whole rows whose SQL is put together once, for what nearly every act asks.

The ORM puts a query together anew each time it runs; for the wide rows that an act locks, this takes longer than the
database takes to answer. Here it compiles at the first question. What is kept is the SQL, and how the columns of a row
become the object and those joined to it, which is done as Django's `ModelIterable` does it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # left out by the stubs
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
_KEY = "<key>"


class _Asked(Expression):
    """Stands where the key comes, in the SQL and among the parameters."""

    def as_sql(self, *_: object, **__: object) -> tuple[str, tuple[Any, ...]]:
        return _KEY, (self,)


@dataclass(frozen=True, slots=True)
class _Saying:
    """SQL, or a part of it, and its parameters."""

    sql: str
    parameters: Sequence[Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What the ORM made of a query.

    `before` and `after` are the SQL and the parameters on either side of the key. `columns` are those of the row
    itself, named by `names`, and `annotations` where the others stand; `converters` make Python values of what the
    driver returns, by position in the row; `related` makes the objects joined to it.
    """

    before: _Saying
    after: _Saying
    columns: slice
    names: tuple[str, ...]
    annotations: dict[str, int]
    converters: dict[int, Any]
    related: list[Any]

    def with_key(self, key: _Saying) -> _Saying:
        """Return the whole statement."""
        parts = (self.before, key, self.after)
        return _Saying("".join(part.sql for part in parts), [value for part in parts for value in part.parameters])


class CompiledQuery(Generic[M]):
    """The rows of a queryset whose field `by` has the value asked for; it may join, defer, annotate, sort and lock."""

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
        return self._asked(self._by_key, _Saying("%s", (key,)))

    def among(self, keys: QuerySet[Any, Any]) -> list[M]:
        """Return the rows of all `keys`, a queryset of one column, in one question; raises as `all` does."""
        try:
            picked = _Saying(*keys.query.sql_with_params())
        except EmptyResultSet:
            return []
        return self._asked(self._by_keys, picked)

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

    def _asked(self, said: _Compiled, key: _Saying) -> list[M]:
        if self._rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError
        whole = said.with_key(key)
        with connection.cursor() as cursor:
            cursor.execute(whole.sql, whole.parameters)
            return [self._made(said, list(row)) for row in cursor.fetchall()]

    def _made(self, said: _Compiled, row: list[Any]) -> M:
        for position, (converters, column) in said.converters.items():
            for convert in converters:
                row[position] = convert(row[position], column, connection)
        made = self._rows.model.from_db(DEFAULT_DB_ALIAS, said.names, row[said.columns])
        for related in said.related:
            related.populate(row, made)
        for name, position in said.annotations.items():
            setattr(made, name, row[position])
        return made

    @cached_property
    def _by_key(self) -> _Compiled:
        return self._compiled(self._by)

    @cached_property
    def _by_keys(self) -> _Compiled:
        return self._compiled(f"{self._by}__in")

    def _compiled(self, by: str) -> _Compiled:
        asked = _Asked()
        compiler = self._rows.filter(**{by: asked}).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        before, _, after = sql.partition(_KEY)
        place = parameters.index(asked)
        select, said = compiler.select, compiler.klass_info
        assert select is not None and said is not None  # noqa: PT018  # they come with the SQL of rows
        columns = slice(said["select_fields"][0], said["select_fields"][-1] + 1)
        return _Compiled(
            before=_Saying(before, parameters[:place]),
            after=_Saying(after, parameters[place + 1 :]),
            columns=columns,
            names=tuple(column.target.attname for column, *_ in select[columns]),
            annotations=dict(compiler.annotation_col_map or {}),
            converters=compiler.get_converters([column for column, *_ in select]),
            related=get_related_populators(said, select, DEFAULT_DB_ALIAS),
        )
