"""Read one hand-written YAML file strictly: every fault names the file and the key where it stands."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

import yaml

DATA: Final = Path(__file__).parent / "data"
Choice = TypeVar("Choice", bound=StrEnum)


class DefinitionFault(Exception):
    """A definition file says something that cannot be read: `problem` at `key` in `file`."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Record:
    """One mapping of a file and the way to it; `finish` refuses keys that nobody asked for."""

    file: str
    path: str
    values: Mapping[str, object]
    _asked: set[str] = field(default_factory=set)

    def fault(self, key: str, problem: str) -> DefinitionFault:
        """Return the fault at `key` of this record, to be raised."""
        return DefinitionFault(self.file, f"{self.path}.{key}" if self.path else key, problem)

    def has(self, key: str) -> bool:
        """Tell whether `key` stands in the record."""
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`: not empty, no spaces around it, NFC. A missing key gives `default`, if any."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self.fault(key, "must be text (put numbers and codes in quotes)")
        if value is default:
            return value
        return self._clean(key, value)

    def whole(self, key: str, default: int | None = None) -> int:
        """Return the whole number at `key`, not negative."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(key, "must be a whole number, not negative")
        return value

    def number(self, key: str) -> Decimal:
        """Return the number at `key`, exactly as written, above zero."""
        value = self._value(key, None)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise self.fault(key, "must be a number above zero")
        return Decimal(str(value))

    def flag(self, key: str, *, default: bool) -> bool:
        """Return the yes or no at `key`."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """Return the date at `key`, written YYYY-MM-DD."""
        value = self._value(key, None)
        if not isinstance(value, date):
            raise self.fault(key, "must be a date YYYY-MM-DD")
        return value

    def choice(self, key: str, options: type[Choice], default: Choice | None = None) -> Choice:
        """Return the member of `options` that `key` names."""
        return self.member(key, self.text(key, default), options)

    def choices(self, key: str, options: type[Choice]) -> tuple[Choice, ...]:
        """Return the members of `options` that the list at `key` names, in order."""
        return tuple(self.member(key, word, options) for word in self.texts(key))

    def texts(self, key: str, *, may_be_missing: bool = False) -> tuple[str, ...]:
        """Return the list of texts at `key`, in order; empty only when it may be missing."""
        items = self._items(key, may_be_missing=may_be_missing)
        texts = tuple(self._clean(key, item) for item in items if isinstance(item, str))
        if len(texts) != len(items):
            raise self.fault(key, "must be a list of texts (put numbers and codes in quotes)")
        return texts

    def record(self, key: str) -> "Record":
        """Return the mapping at `key`."""
        return self._record(key, self._value(key, None))

    def records(self, key: str, *, may_be_missing: bool = False) -> tuple["Record", ...]:
        """Return the list of mappings at `key`, in order."""
        items = self._items(key, may_be_missing=may_be_missing)
        return tuple(self._record(f"{key}[{place}]", item) for place, item in enumerate(items))

    def mixed(self, key: str) -> tuple["str | Record", ...]:
        """Return the list at `key`, in order: texts and mappings."""
        items = self._items(key, may_be_missing=False)
        return tuple(
            self._clean(key, item) if isinstance(item, str) else self._record(f"{key}[{place}]", item)
            for place, item in enumerate(items)
        )

    def named_records(self, key: str) -> Iterator[tuple[str, "Record"]]:
        """Yield name and mapping for each entry of the mapping at `key`; nothing when it is missing."""
        if not self.has(key):
            return
        group = self.record(key)
        for name in group.values:
            yield name, group.record(name)

    def finish(self, but: str | None = None) -> None:
        """Refuse keys that were never read, `but` aside: they are spelling mistakes."""
        unknown = sorted(set(self.values) - self._asked - {but})
        if unknown:
            raise self.fault(unknown[0], "is not a key that is known here")

    def member(self, key: str, word: str, options: type[Choice]) -> Choice:
        """Return the member of `options` that `word`, standing at `key`, names."""
        try:
            return options(word)
        except ValueError as unknown:
            raise self.fault(key, f"{word} is none of {', '.join(options)}") from unknown

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key not in self.values:
            if default is None:
                raise self.fault(key, "is missing")
            return default
        return self.values[key]

    def _items(self, key: str, *, may_be_missing: bool) -> Sequence[object]:
        value = self._value(key, () if may_be_missing else None)
        if not isinstance(value, list | tuple):
            raise self.fault(key, "must be a list")
        if not value and not may_be_missing:
            raise self.fault(key, "must not be empty")
        return value

    def _record(self, key: str, value: object) -> "Record":
        if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
            raise self.fault(key, "must be a mapping with text keys")
        return Record(self.file, f"{self.path}.{key}" if self.path else key, value)

    def _clean(self, key: str, value: str) -> str:
        if not value or value != value.strip():
            raise self.fault(key, "must not be empty or have spaces around it")
        if not unicodedata.is_normalized("NFC", value):
            raise self.fault(key, "is not in Unicode NFC")
        return value


def read_file(path: Path) -> Record:
    """Return the one mapping that `path` holds, raising `DefinitionFault` when it holds anything else."""
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise DefinitionFault(path.name, "(file)", f"is not readable YAML: {broken}") from broken
    if not isinstance(value, dict):
        raise DefinitionFault(path.name, "(file)", "must hold one mapping")
    return Record(path.name, "", value)


def refuse_doubles(file: Record, key: str, values: Sequence[str]) -> None:
    """Raise `DefinitionFault` for the first of `values` that stands twice."""
    seen = set[str]()
    for value in values:
        if value in seen:
            raise file.fault(key, f"{value} stands twice")
        seen.add(value)
