"""Changing a declaration field by field: a repeated group goes with its fields, a new field gets a key of its own.

Source: docs/law/declarations.md. A key never changes once a field has it: answers are found by it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from motcua.rules.declarations import Condition, FieldDefinition
from motcua.rules.vietnamese import slug

_LONGEST_KEY: Final = 36
Fields = tuple[FieldDefinition, ...]


def free_key(label: str, fields: Sequence[FieldDefinition]) -> str:
    """Return a key made of the words of `label` that none of `fields` has yet."""
    stem = re.sub(r"[^a-z0-9]+", "_", slug(label)).strip("_")[:_LONGEST_KEY].rstrip("_")
    if not re.match(r"(?!leg\d)[a-z]", stem):
        stem = f"q_{stem}".rstrip("_")[:_LONGEST_KEY]
    taken = {one.key for one in fields}
    return next(key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}_{n}") not in taken)


def with_field(fields: Sequence[FieldDefinition], field: FieldDefinition, after: str = "") -> Fields:
    """Return the declaration with `field` behind the field `after`, and behind its group; last where there is none.

    A field of a group that is to stand elsewhere comes last in its group.
    """
    runs = _runs(fields)
    if field.group:
        return _flat([[*run, field] if run[0].key == field.group else run for run in runs])
    place = next((n for n, run in enumerate(runs, start=1) if after in {one.key for one in run}), len(runs))
    return _flat([*runs[:place], [field], *runs[place:]])


def with_changed(fields: Sequence[FieldDefinition], field: FieldDefinition) -> Fields:
    """Return the declaration with `field` in the place of the one of its key; one of another group moves there."""
    before = next((one for one in fields if one.key == field.key), None)
    if before is None or before.group == field.group:
        return tuple(field if one.key == field.key else one for one in fields)
    return with_field([one for one in fields if one.key != field.key], field, before.group)


def without_field(fields: Sequence[FieldDefinition], key: str) -> Fields:
    """Return the declaration without the field `key`, and without its fields where it is a group."""
    return tuple(one for one in fields if key not in {one.key, one.group})


def moved(fields: Sequence[FieldDefinition], key: str, by: int) -> Fields:
    """Return the declaration with the field `key` one place up (`by` -1) or down (1) among its like."""
    one = next((one for one in fields if one.key == key), None)
    if one is None:
        return tuple(fields)
    if not one.group:
        return _flat(_swapped(_runs(fields), key, by))
    inside = _flat(_swapped([[other] for other in fields if other.group == one.group], key, by))
    places = iter(inside)
    return tuple(next(places) if other.group == one.group else other for other in fields)


def with_copy(fields: Sequence[FieldDefinition], key: str) -> Fields:
    """Return the declaration with a copy of the field `key` behind it, under its own keys; a group with its fields."""
    run = [one for one in fields if key in {one.key, one.group}]
    if not run:
        return tuple(fields)
    taken = list(fields)
    keys: dict[str, str] = {}
    for one in run:
        keys[one.key] = free_key(one.label or one.key, taken)
        taken.append(replace(one, key=keys[one.key]))
    copies = [
        replace(one, key=keys[one.key], group=keys.get(one.group, one.group), condition=_renamed(one.condition, keys))
        for one in run
    ]
    last = max(place for place, one in enumerate(fields) if key in {one.key, one.group})
    return (*fields[: last + 1], *copies, *fields[last + 1 :])


def _renamed(condition: Condition | None, keys: dict[str, str]) -> Condition | None:
    return replace(condition, field=keys.get(condition.field, condition.field)) if condition else None


def _runs(fields: Sequence[FieldDefinition]) -> list[list[FieldDefinition]]:
    """Return the declaration cut before every field that stands in no group."""
    runs: list[list[FieldDefinition]] = []
    for one in fields:
        if one.group and runs:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _flat(runs: Sequence[Sequence[FieldDefinition]]) -> Fields:
    return tuple(one for run in runs for one in run)


def _swapped(runs: list[list[FieldDefinition]], key: str, by: int) -> list[list[FieldDefinition]]:
    place = next(n for n, run in enumerate(runs) if run[0].key == key)
    other = place + by
    if 0 <= other < len(runs):
        runs[place], runs[other] = runs[other], runs[place]
    return runs
