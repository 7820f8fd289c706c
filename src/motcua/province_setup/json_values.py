"""Carried values as JSON and back: every field is written, and what is read has exactly the fields and types it says.

Days and moments are text in ISO form, moments with the offset of the province's zone; decimals are text.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
T = TypeVar("T")


class ValueUnclear(Exception):
    """Something read is not what it should be; `path` says where, `versions.0.number` for instance."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def to_json(value: object, zone: ZoneInfo) -> Json:
    """Return a carried value as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name), zone) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item, zone) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item, zone) for item in value]
    return _scalar_to_json(value, zone)


def _scalar_to_json(value: object, zone: ZoneInfo) -> Json:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    assert value is None or isinstance(value, str | int)
    return value


def from_json(kind: type[T], said: object, path: str = "") -> T:
    """Return what JSON says as a value of the dataclass `kind`; raises `ValueUnclear`."""
    hints: Mapping[str, Any] = _hints(kind)  # type: ignore[arg-type]  # a class can be hashed
    if not isinstance(said, dict) or said.keys() != hints.keys():
        raise ValueUnclear(path or kind.__name__)
    return kind(**{name: _read(hint, said[name], f"{path}.{name}".lstrip(".")) for name, hint in hints.items()})


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _read(hint: Any, said: object, path: str) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        inner = next(one for one in get_args(hint) if one is not type(None))
        return None if said is None else _read(inner, said, path)
    if origin is tuple:
        return _read_tuple(get_args(hint)[0], said, path)
    if origin is not None:  # a mapping by text
        return _read_mapping(get_args(hint)[1], said, path)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, said, path)
    return _read_scalar(hint, said, path)


def _read_tuple(inner: Any, said: object, path: str) -> tuple[Any, ...]:
    if not isinstance(said, list):
        raise ValueUnclear(path)
    return tuple(_read(inner, item, f"{path}.{place}") for place, item in enumerate(said))


def _read_mapping(inner: Any, said: object, path: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise ValueUnclear(path)
    return {key: _read(inner, item, f"{path}.{key}") for key, item in said.items()}


def _read_scalar(hint: type, said: object, path: str) -> object:
    if hint in {int, bool}:
        if type(said) is not hint:
            raise ValueUnclear(path)
        return said
    if not isinstance(said, str) or "\x00" in said:
        raise ValueUnclear(path)
    try:
        return said if hint is str else _from_text(hint, said)
    except (ValueError, InvalidOperation) as fault:
        raise ValueUnclear(path) from fault


def _from_text(hint: type, said: str) -> object:
    if hint is datetime:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None:
            raise ValueError(said)
        return moment
    if hint is date:
        return date.fromisoformat(said)
    return hint(said)
