"""The step table of an internal process as people write it: working hours and next steps in words, differences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from motcua.catalogue.definitions import StepDefinition
from motcua.rules.vietnamese import nfc, unaccented

_HOURS: Final = {"ngay": Decimal(8), "buoi": Decimal(4), "gio": Decimal(1), "h": Decimal(1), "phut": Decimal(1) / 60}
_AMOUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?)\s*(?P<unit>ngay|buoi|gio|phut|h\b)?")
_FRACTIONS = str.maketrans({"½": "1/2", "¼": "1/4", "¾": "3/4"})
_CENT = Decimal("0.01")
ENDS: Final = "-"
"""Stands where a process ends at a step that is not the last row."""


class FollowingUnclear(Exception):
    """The next steps cannot be read: `text` is what is written there."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_hours(text: str) -> Decimal | None:
    """Return the working hours that `text` says: "0,5 ngày", "1 ngày 4 giờ", "1/2 buổi", "30 phút"; None if none.

    A working day has eight hours, half a day four (L-01); a bare number counts hours.
    """
    plain = unaccented(text.translate(_FRACTIONS)).lower()
    found = [_amount(match["number"]) * _HOURS[match["unit"] or "gio"] for match in _AMOUNT.finditer(plain)]
    hours = sum(found, Decimal(0)).quantize(_CENT, ROUND_HALF_UP)
    return hours if hours > 0 else None


def _amount(number: str) -> Decimal:
    over, _slash, under = number.replace(",", ".").replace(" ", "").partition("/")
    try:
        return Decimal(over) / Decimal(under or 1)
    except (InvalidOperation, ZeroDivisionError):
        return Decimal(0)


def hours_in_words(hours: Decimal) -> str:
    """Write working hours so that `read_hours` reads them: a plain number with a comma."""
    return f"{hours.normalize():f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: the step without what follows it, and that in words.

    `following` is empty for the row below, `ENDS` for an end, else codes with their conditions, split by semicolons:
    "B3: đủ điều kiện; B5: phải kiểm tra thực địa".
    """

    step: StepDefinition
    following: str


def steps_of_rows(rows: Sequence[TableRow]) -> tuple[StepDefinition, ...]:
    """Return the steps with what follows each; raises `FollowingUnclear`."""
    below = [row.step.code for row in rows[1:]]
    return tuple(
        _followed(row.step, nfc(row.following).strip(), code) for row, code in zip(rows, [*below, ""], strict=True)
    )


def _followed(step: StepDefinition, following: str, below: str) -> StepDefinition:
    if not following:
        return replace(step, next_codes=(below,) if below else (), next_labels=())
    if following in {ENDS, "–"}:
        return replace(step, next_codes=(), next_labels=())
    parts = [part.partition(":") for part in re.split(r"[;\n]", following) if part.strip()]
    codes = tuple(code.strip() for code, _colon, _label in parts)
    labels = tuple(label.strip() for _code, _colon, label in parts)
    if not all(re.fullmatch(r"\S{1,40}", code) for code in codes):
        raise FollowingUnclear(following)
    return replace(step, next_codes=codes, next_labels=labels if any(labels) else ())


def rows_of_steps(steps: Sequence[StepDefinition]) -> tuple[TableRow, ...]:
    """Return the steps as rows that `steps_of_rows` reads back."""
    below = [step.code for step in steps[1:]]
    return tuple(TableRow(step, _following(step, code)) for step, code in zip(steps, [*below, ""], strict=True))


def _following(step: StepDefinition, below: str) -> str:
    if step.next_codes == ((below,) if below else ()) and not step.next_labels:
        return ""
    if not step.next_codes:
        return ENDS
    labels = step.next_labels or ("",) * len(step.next_codes)
    return "; ".join(f"{code}: {label}" if label else code for code, label in zip(step.next_codes, labels, strict=True))


@dataclass(frozen=True, slots=True)
class Difference:
    """How a step differs between two versions: `before` is None for a new one, `after` for one that is gone.

    `fields` are the names of what changed.
    """

    code: str
    before: StepDefinition | None
    after: StepDefinition | None
    fields: tuple[str, ...] = ()


def differences(before: Sequence[StepDefinition], after: Sequence[StepDefinition]) -> tuple[Difference, ...]:
    """Return what changed from one version to the next, by code: the steps of `after` in order, then those gone."""
    old, new = {step.code: step for step in before}, {step.code: step for step in after}
    found = [Difference(code, old.get(code), step, _changed(old.get(code), step)) for code, step in new.items()]
    gone = [Difference(code, step, None) for code, step in old.items() if code not in new]
    return (*(one for one in found if one.before is None or one.fields), *gone)


def _changed(before: StepDefinition | None, after: StepDefinition) -> tuple[str, ...]:
    if before is None:
        return ()
    return tuple(field.name for field in fields(after) if getattr(before, field.name) != getattr(after, field.name))
