"""What is wrong with a declaration before anybody is asked to fill it in.

Source: docs/law/declarations.md. Conditions look back: a field asks after an earlier one, outside any group or in its
own, so that one reading from top to bottom decides what is shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.rules.declaration_defaults import takes
from motcua.rules.declarations import (
    GREATEST_NUMBER,
    LONGEST_ANSWER,
    LONGEST_TEXT,
    MOST_ROWS,
    NO,
    TEXTS,
    UNANSWERED,
    WITH_OPTIONS,
    YES,
    Condition,
    Effect,
    FieldDefinition,
    FieldKind,
    Prefill,
)

_KEY: Final = re.compile(r"(?!leg\d)[a-z][a-z0-9_]{0,39}")
FITS: Final[Mapping[Prefill, frozenset[FieldKind]]] = {
    Prefill.NAME: TEXTS,
    Prefill.CITIZEN_ID: frozenset({FieldKind.CITIZEN_ID, FieldKind.TEXT}),
    Prefill.PHONE: frozenset({FieldKind.PHONE, FieldKind.TEXT}),
    Prefill.EMAIL: frozenset({FieldKind.EMAIL, FieldKind.TEXT}),
    Prefill.ADDRESS: TEXTS,
    Prefill.REPRESENTED: TEXTS,
    Prefill.EARLIER: frozenset(FieldKind) - UNANSWERED,
}
"""The kinds of field that each source can fill in."""


_GREATEST: Final[Mapping[str, int]] = {
    **dict.fromkeys(TEXTS, LONGEST_TEXT),
    FieldKind.NUMBER: GREATEST_NUMBER,
    FieldKind.MONEY: GREATEST_NUMBER,
    FieldKind.GROUP: MOST_ROWS,
}


class DeclarationFault(StrEnum):
    """What is wrong with a field."""

    KIND_UNKNOWN = "KIND_UNKNOWN"
    KEY_UNCLEAR = "KEY_UNCLEAR"
    KEY_TWICE = "KEY_TWICE"
    LABEL_MISSING = "LABEL_MISSING"
    OPTIONS_MISSING = "OPTIONS_MISSING"
    OPTION_TWICE = "OPTION_TWICE"
    LIMITS_CROSSED = "LIMITS_CROSSED"
    LEAST_TOO_GREAT = "LEAST_TOO_GREAT"
    MOST_TOO_SMALL = "MOST_TOO_SMALL"
    CONDITION_UNKNOWN = "CONDITION_UNKNOWN"
    CONDITION_LATER = "CONDITION_LATER"
    CONDITION_CYCLE = "CONDITION_CYCLE"
    CONDITION_APART = "CONDITION_APART"
    CONDITION_UNFIT = "CONDITION_UNFIT"
    VALUE_UNKNOWN = "VALUE_UNKNOWN"
    NEVER_SHOWN = "NEVER_SHOWN"
    GROUP_UNKNOWN = "GROUP_UNKNOWN"
    GROUP_APART = "GROUP_APART"
    GROUP_NESTED = "GROUP_NESTED"
    GROUP_EMPTY = "GROUP_EMPTY"
    GROUP_TOO_LONG = "GROUP_TOO_LONG"
    PREFILL_UNKNOWN = "PREFILL_UNKNOWN"
    PREFILL_UNFIT = "PREFILL_UNFIT"
    DEFAULT_UNFIT = "DEFAULT_UNFIT"
    KIND_CHANGED = "KIND_CHANGED"
    GROUP_CHANGED = "GROUP_CHANGED"


@dataclass(frozen=True, slots=True)
class DeclarationFlaw:
    """A fault of the field `key`; `about` is what it names: another field, an option, a source, a kind."""

    fault: DeclarationFault
    key: str
    about: str = ""


Faults = Iterator[tuple[DeclarationFault, str]]


def declaration_flaws(
    fields: Sequence[FieldDefinition], before: Sequence[FieldDefinition] = ()
) -> tuple[DeclarationFlaw, ...]:
    """Return what is wrong with a declaration, field by field; `before` is what the version before it asks."""
    published = {one.key: one for one in before}
    return tuple(
        DeclarationFlaw(fault, one.key, about)
        for place, one in enumerate(fields)
        for check in (_own, _limits, _condition, _grouping, _filling)
        for fault, about in check(one, place, fields)
    ) + tuple(
        DeclarationFlaw(fault, one.key, about)
        for one in fields
        if one.key in published
        for fault, about in _since(one, published[one.key])
    )


def _since(one: FieldDefinition, published: FieldDefinition) -> Faults:
    """Give what keeps answers to the field as it was published from being answers to it now."""
    if one.kind != published.kind:
        yield DeclarationFault.KIND_CHANGED, published.kind
    if one.group != published.group:
        yield DeclarationFault.GROUP_CHANGED, ""


def _own(one: FieldDefinition, place: int, fields: Sequence[FieldDefinition]) -> Faults:
    if one.kind not in set(FieldKind):
        yield DeclarationFault.KIND_UNKNOWN, one.kind
    if not _KEY.fullmatch(one.key):
        yield DeclarationFault.KEY_UNCLEAR, ""
    if any(other.key == one.key for other in fields[:place]):
        yield DeclarationFault.KEY_TWICE, ""
    if not one.label.strip():
        yield DeclarationFault.LABEL_MISSING, ""
    if one.kind in WITH_OPTIONS and not one.options:
        yield DeclarationFault.OPTIONS_MISSING, ""
    twice = next((option for option in one.options if one.options.count(option) > 1), "")
    if twice:
        yield DeclarationFault.OPTION_TWICE, twice


def _limits(one: FieldDefinition, place: int, fields: Sequence[FieldDefinition]) -> Faults:  # noqa: ARG001  # as every check is called
    if one.least is not None and one.most is not None and one.least > one.most:
        yield DeclarationFault.LIMITS_CROSSED, ""
    greatest = _greatest(one)
    if one.least is not None and greatest is not None and one.least > greatest:
        yield DeclarationFault.LEAST_TOO_GREAT, str(greatest)
    if one.kind in {*TEXTS, FieldKind.CHOICES} and one.most is not None and one.most < 1:
        yield DeclarationFault.MOST_TOO_SMALL, ""


def _greatest(one: FieldDefinition) -> int | None:
    """Return what the least of a field cannot go beyond, as its boxes take it; None where it has no limits."""
    if one.kind == FieldKind.CHOICES:
        return len(one.options)
    if one.kind in {FieldKind.TEXT, FieldKind.ADDRESS} and one.most is None:
        return LONGEST_ANSWER
    return _GREATEST.get(one.kind)


def _condition(one: FieldDefinition, place: int, fields: Sequence[FieldDefinition]) -> Faults:
    if one.condition is not None:
        yield from _about(one, one.condition, place, fields)
    if one.required and one.kind not in UNANSWERED and _is_never_shown(one, fields):
        yield DeclarationFault.NEVER_SHOWN, ""


def _about(one: FieldDefinition, condition: Condition, place: int, fields: Sequence[FieldDefinition]) -> Faults:
    other = _field(condition.field, fields)
    if other is None:
        yield DeclarationFault.CONDITION_UNKNOWN, condition.field
        return
    if _goes_round(one, fields):
        yield DeclarationFault.CONDITION_CYCLE, condition.field
    elif fields.index(other) >= place:
        yield DeclarationFault.CONDITION_LATER, condition.field
    if other.group not in {"", one.group}:
        yield DeclarationFault.CONDITION_APART, condition.field
    if other.kind in UNANSWERED or other.kind == FieldKind.GROUP or (condition.values and not _values(other)):
        yield DeclarationFault.CONDITION_UNFIT, condition.field
    elif set(condition.values) - set(_values(other)):
        yield DeclarationFault.VALUE_UNKNOWN, min(set(condition.values) - set(_values(other)))


def _grouping(one: FieldDefinition, place: int, fields: Sequence[FieldDefinition]) -> Faults:
    if one.kind == FieldKind.GROUP:
        if not any(member.group == one.key for member in fields):
            yield DeclarationFault.GROUP_EMPTY, ""
        if one.most is not None and not 1 <= one.most <= MOST_ROWS:
            yield DeclarationFault.GROUP_TOO_LONG, str(MOST_ROWS)
    if not one.group:
        return
    group = _field(one.group, fields)
    if group is None or group.kind != FieldKind.GROUP:
        yield DeclarationFault.GROUP_UNKNOWN, one.group
    elif one.kind == FieldKind.GROUP:
        yield DeclarationFault.GROUP_NESTED, one.group
    elif place == 0 or one.group not in {fields[place - 1].group, fields[place - 1].key}:
        yield DeclarationFault.GROUP_APART, one.group


def _filling(one: FieldDefinition, place: int, fields: Sequence[FieldDefinition]) -> Faults:  # noqa: ARG001  # as every check is called
    if one.prefill and one.prefill not in set(Prefill):
        yield DeclarationFault.PREFILL_UNKNOWN, one.prefill
    elif one.prefill and (one.group or one.kind not in FITS[Prefill(one.prefill)]):
        yield DeclarationFault.PREFILL_UNFIT, one.prefill
    values = _values(one)
    fits = one.default in values if values else takes(one, one.default)
    if one.default and (one.group or not fits):
        yield DeclarationFault.DEFAULT_UNFIT, one.default


def _field(key: str, fields: Sequence[FieldDefinition]) -> FieldDefinition | None:
    return next((one for one in fields if one.key == key), None)


def _values(one: FieldDefinition) -> tuple[str, ...]:
    """Return the answers that a field can have, where they are known."""
    if one.kind == FieldKind.YES_NO:
        return (YES, NO)
    return one.options if one.kind in WITH_OPTIONS else ()


def _chain(one: FieldDefinition, fields: Sequence[FieldDefinition]) -> Iterator[FieldDefinition]:
    """Give the fields that `one` looks back to, one after the other; ends where it comes round."""
    seen: list[str] = []
    step: FieldDefinition | None = one
    while step is not None and step.key not in seen:
        seen.append(step.key)
        yield step
        step = _field(step.condition.field, fields) if step.condition else None
    if step is not None:
        yield step


def _goes_round(one: FieldDefinition, fields: Sequence[FieldDefinition]) -> bool:
    return [step.key for step in _chain(one, fields)].count(one.key) > 1


def _is_never_shown(one: FieldDefinition, fields: Sequence[FieldDefinition]) -> bool:
    """Tell whether a condition on the way to `one`, or to its group, can never be met."""
    group = _field(one.group, fields) if one.group else None
    steps = [*_chain(one, fields), *(_chain(group, fields) if group else ())]
    return any(_cannot_be_met(step.condition, fields) for step in steps if step.condition)


def _cannot_be_met(condition: Condition, fields: Sequence[FieldDefinition]) -> bool:
    other = _field(condition.field, fields)
    if condition.effect is not Effect.SHOW or other is None:
        return False
    values = _values(other)
    return bool(values and condition.values) and set(condition.values).isdisjoint(values)
