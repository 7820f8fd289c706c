"""What a declaration asks, given what has been answered: fields shown and required, rows of repeated groups.

Source: docs/law/declarations.md. A field that is not shown is not asked: its answer counts for nothing and is not kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.rules.declarations import (
    MOST_ROWS,
    UNANSWERED,
    WITH_OPTIONS,
    Condition,
    Effect,
    FieldDefinition,
    FieldKind,
    Prefill,
    row_key,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is shown: `key` is where its answer stands, `row` counts from 1 inside a group, 0 outside."""

    field: FieldDefinition
    key: str
    is_required: bool
    row: int = 0


class AnswerFault(StrEnum):
    """What is wrong with an answer."""

    MISSING = "MISSING"
    NOT_ASKED = "NOT_ASKED"


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A fault and the key it is about."""

    key: str
    fault: AnswerFault


@dataclass(slots=True)
class _Reading:
    """What has been found so far, and the answers of what is shown."""

    answers: Mapping[str, str]
    found: list[Asked] = field(default_factory=list[Asked])
    said: dict[str, str] = field(default_factory=dict[str, str])

    def take(self, one: FieldDefinition, row: int = 0) -> Asked | None:
        """Note `one` if it is shown, and return it; None where it is not."""
        condition = one.condition
        met = condition is None or _is_met(condition, self._about(condition, one, row))
        if not met and condition is not None and condition.effect is Effect.SHOW:
            return None
        key = row_key(one.group, row, one.key) if row else one.key
        requires = condition is not None and condition.effect is Effect.REQUIRE and met
        is_required = one.kind not in UNANSWERED and (one.required or requires)
        taken = Asked(one, key, is_required, row)
        self.found.append(taken)
        self.said[key] = self.answers.get(key, "").strip()
        return taken

    def _about(self, condition: Condition, one: FieldDefinition, row: int) -> str:
        beside = row_key(one.group, row, condition.field)
        return self.said.get(beside if row and beside in self.said else condition.field, "")


def asked(fields: Sequence[FieldDefinition], answers: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return the fields that are shown, in order, those of a group row after row.

    A field whose condition asks after one that is not shown, or comes later, is not shown.
    """
    reading = _Reading(answers)
    for one in fields:
        taken = None if one.group else reading.take(one)
        if taken is None or one.kind != FieldKind.GROUP:
            continue
        members = [member for member in fields if member.group == one.key]
        for row in range(1, row_count(taken, answers) + 1):
            for member in members:
                reading.take(member, row)
    return tuple(reading.found)


def row_count(group: Asked, answers: Mapping[str, str]) -> int:
    """Return how many rows of a repeated group are asked for: as many as were begun, within its limits."""
    said = answers.get(group.key, "").strip()
    begun = int(said) if said.isdecimal() and len(said) < len("1000") else 0
    return min(max(begun, least_rows(group)), most_rows(group.field))


def least_rows(group: Asked) -> int:
    """Return the rows that a group has at the least: one where it must be filled in, as it is or by its condition."""
    return max(group.field.least or 0, int(group.is_required))


def most_rows(group: FieldDefinition) -> int:
    """Return the rows that a group has at the most."""
    return MOST_ROWS if group.most is None else group.most


def kept(fields: Sequence[FieldDefinition], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers worth keeping: those of fields that are shown, and how many rows each group has."""
    shown = asked(fields, answers)
    rows = {one.key: str(row_count(one, answers)) for one in shown if one.field.kind == FieldKind.GROUP}
    return {one.key: rows.get(one.key, answers.get(one.key, "")) for one in shown if _is_kept(one, answers)}


def wrong_answers(fields: Sequence[FieldDefinition], answers: Mapping[str, str]) -> tuple[WrongAnswer, ...]:
    """Return what keeps a declaration from being whole: answers missing, then those nobody asks for."""
    shown = asked(fields, answers)
    missing = (
        WrongAnswer(one.key, AnswerFault.MISSING)
        for one in shown
        if one.is_required and one.field.kind != FieldKind.GROUP and not answers.get(one.key, "").strip()
    )
    known = {one.key for one in shown if one.field.kind not in UNANSWERED}
    beside = (WrongAnswer(key, AnswerFault.NOT_ASKED) for key in sorted(answers.keys() - known))
    return (*missing, *beside)


def lost_answers(
    before: Sequence[FieldDefinition], after: Sequence[FieldDefinition], answers: Mapping[str, str]
) -> frozenset[str]:
    """Return the keys of what was answered to `before` and would not show, or not be an answer, under `after` (R-13).

    An answer left empty is none, and how many rows a group has is none either: what the rows hold counts.
    """
    shown = {one.key: one.field for one in asked(after, answers)}
    said = (one for one in asked(before, answers) if one.field.kind not in {*UNANSWERED, FieldKind.GROUP})
    return frozenset(
        one.key
        for one in said
        if answers.get(one.key, "").strip() and not _still_answers(one.field, shown.get(one.key), answers[one.key])
    )


def with_row(fields: Sequence[FieldDefinition], answers: Mapping[str, str], group: str) -> dict[str, str]:
    """Return the answers with one more row of `group`; unchanged when no such group is shown or it is full."""
    found = _group(fields, answers, group)
    if found is None:
        return dict(answers)
    return {**answers, group: str(min(row_count(found, answers) + 1, most_rows(found.field)))}


def without_row(fields: Sequence[FieldDefinition], answers: Mapping[str, str], group: str, row: int) -> dict[str, str]:
    """Return the answers without row `row`, from 1, of `group`, the later rows moved up; one too few stays empty."""
    found = _group(fields, answers, group)
    count = row_count(found, answers) if found else 0
    if not 1 <= row <= count:
        return dict(answers)
    keys = [one.key for one in fields if one.group == group]
    places = {row_key(group, place, key) for place in range(1, count + 1) for key in keys}
    left = {key: answer for key, answer in answers.items() if key not in places}
    for place in (place for place in range(1, count + 1) if place != row):
        moved = place - (place > row)
        left |= {
            row_key(group, moved, key): answers[row_key(group, place, key)]
            for key in keys
            if row_key(group, place, key) in answers
        }
    return {**left, group: str(count - 1)}


def prefilled(
    fields: Iterable[FieldDefinition], known: Mapping[Prefill, str], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Return what is filled in beforehand, by key: from what is `known`, from the `earlier` answers, by default."""
    found: dict[str, str] = {}
    for one in fields:
        if one.prefill == Prefill.EARLIER:
            own = {key: said for key, said in earlier.items() if key == one.key or key.startswith(f"{one.key}-")}
        else:
            source = Prefill(one.prefill) if one.prefill in set(Prefill) else None
            own = {one.key: known.get(source, "")} if source else {}
        found |= {key: said for key, said in {one.key: one.default, **own}.items() if said and not one.group}
    return found


def _group(fields: Sequence[FieldDefinition], answers: Mapping[str, str], key: str) -> Asked | None:
    shown = asked(fields, answers)
    return next((one for one in shown if one.key == key and one.field.kind == FieldKind.GROUP), None)


def _is_met(condition: Condition, said: str) -> bool:
    return bool(said) and (not condition.values or not set(condition.values).isdisjoint(said.split("\n")))


def _still_answers(before: FieldDefinition, after: FieldDefinition | None, said: str) -> bool:
    if after is None or after.kind != before.kind:
        return False
    return after.kind not in WITH_OPTIONS or set(said.split("\n")) <= set(after.options)


def _is_kept(one: Asked, answers: Mapping[str, str]) -> bool:
    return one.field.kind == FieldKind.GROUP or (one.field.kind not in UNANSWERED and one.key in answers)
