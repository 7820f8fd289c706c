"""Rows and definitions of the catalogue as the plain values the rules decide on."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from motcua.catalogue.definitions import StepDefinition
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.workflow import StepSpec

_HOURS_A_DAY: Final = 8
_WORKING_DAYS_A_WEEK: Final = 5
_DAYS_A_WEEK: Final = 7
_WORKING_DAYS_A_MONTH: Final = 20


def working_time_within(limit: TimeLimit | None) -> timedelta | None:
    """Return the working time that `limit` surely holds, for the steps of a process to stay within (B-29).

    Of calendar days only those that no weekend can take; of a month twenty working days. None when `limit` is not
    known, or is counted in hours of the clock.
    """
    if limit is None or limit.unit is LimitUnit.HOUR:
        return None
    if limit.unit in {LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY}:
        return timedelta(hours=_HOURS_A_DAY)
    if limit.unit is LimitUnit.WORKING_HOUR:
        return timedelta(hours=float(limit.amount))
    if limit.unit is LimitUnit.DAY:
        weeks, rest = divmod(int(limit.amount), _DAYS_A_WEEK)
        days = Decimal(weeks * _WORKING_DAYS_A_WEEK + max(rest - (_DAYS_A_WEEK - _WORKING_DAYS_A_WEEK), 0))
    else:
        months = {LimitUnit.WORKING_DAY: 0, LimitUnit.MONTH: 1, LimitUnit.YEAR: 12}[limit.unit]
        days = limit.amount * (_WORKING_DAYS_A_MONTH * months or 1)
    return timedelta(hours=float(days * _HOURS_A_DAY))


def step_spec(step: StepDefinition) -> StepSpec:
    """Return a step to be approved as the rules know it."""
    return StepSpec(
        code=step.code,
        kind=step.kind,
        role=step.role,
        place=step.place,
        time=timedelta(hours=float(step.hours)),
        next_codes=step.next_codes,
    )
