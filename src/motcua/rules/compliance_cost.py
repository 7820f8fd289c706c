"""What it costs people and firms to comply with a procedure in a year (C-16): the standard cost model.

Source: docs/law/compliance-cost.md. Money is whole dong. Every figure of the table can be recomputed from the figures
printed beside it: the hourly income, the cost once and the cost a year are each rounded half up to whole dong before
they are used further.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

WORKING_HOURS_A_YEAR: Final = 12 * 22 * 8
"""Hours by which a yearly income is divided where nothing else is set (C-16; S-05: the official value is not known)."""

_PERCENT = Decimal("0.01")


class Activity(StrEnum):
    """What people do for a procedure, in the order of the table."""

    PREPARE = "PREPARE"
    SUBMIT = "SUBMIT"
    PAY = "PAY"
    INSPECTION = "INSPECTION"
    OTHER = "OTHER"
    RECEIVE = "RECEIVE"


@dataclass(frozen=True, slots=True)
class CostRow:
    """One row: `hours` of work, `service_vnd` and `fee_vnd` paid once, `times` a year by each of `subjects`.

    Nothing is negative. `times` may be a fraction: 0.2 is once in five years.
    """

    activity: Activity
    hours: Decimal
    service_vnd: int
    fee_vnd: int
    times: Decimal
    subjects: int


@dataclass(frozen=True, slots=True)
class Saving:
    """What a change saves a year: `rate` in per cent to two places, None where nothing was paid before.

    Negative where the change makes the procedure dearer.
    """

    before_vnd: int
    after_vnd: int
    saved_vnd: int
    rate: Decimal | None


def hourly_income(yearly_income_vnd: int, hours_a_year: int = WORKING_HOURS_A_YEAR) -> int:
    """Return the income of an hour in whole dong, rounded half up; `hours_a_year` is at least 1."""
    return _whole(Decimal(yearly_income_vnd) / hours_a_year)


def cost_once(row: CostRow, hourly_vnd: int) -> int:
    """Return what the row costs one subject one time, in whole dong: `c = t * w + s + f`, rounded half up."""
    return _whole(row.hours * hourly_vnd) + row.service_vnd + row.fee_vnd


def cost_a_year(row: CostRow, hourly_vnd: int) -> int:
    """Return what the row costs all subjects in a year, in whole dong: `C = c * n * m`, rounded half up."""
    return _whole(cost_once(row, hourly_vnd) * row.times * row.subjects)


def total_a_year(rows: Iterable[CostRow], hourly_vnd: int) -> int:
    """Return the compliance cost of the whole table in whole dong; 0 for an empty one."""
    return sum(cost_a_year(row, hourly_vnd) for row in rows)


def total_once(rows: Iterable[CostRow], hourly_vnd: int) -> int:
    """Return what going through every row once costs, in whole dong."""
    return sum(cost_once(row, hourly_vnd) for row in rows)


def saving(before_vnd: int, after_vnd: int) -> Saving:
    """Return what is saved a year between two totals in whole dong."""
    saved = before_vnd - after_vnd
    rate = (Decimal(saved) * 100 / before_vnd).quantize(_PERCENT, ROUND_HALF_UP) if before_vnd else None
    return Saving(before_vnd=before_vnd, after_vnd=after_vnd, saved_vnd=saved, rate=rate)


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
