"""When a time limit ends: one function a unit, in both counting modes.

Source: docs/law/deadlines.md (L-06 to L-08). This is the fast path; motcua.rules.derivations tells the same day by day.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil

from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import HANOI, CalendarExhausted, WorkingCalendar, add_working_time, in_hanoi

AFTERNOON_CUT = time(15)
"""What comes later than this is handled on the next working day, where the procedure says so (L-07)."""

WORKING_DAY = timedelta(hours=8)
"""What a working day is where it is counted in hours, however long the office is open (L-01, L-08)."""

_HOUR = timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)
_MONTHS = 12


class CountingMode(StrEnum):
    """How a province counts working days.

    CIVIL: whole days, the first not counted, due when the office closes; part of a day is working hours. ROLLING: eight
    working hours a day from the moment of receipt. Hours never run past the close of the last whole day, which the law
    gives. The mode is for working days only; every other unit is counted as the law says.
    """

    CIVIL = "CIVIL"
    ROLLING = "ROLLING"


def due_at(
    received_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, mode: CountingMode = CountingMode.CIVIL
) -> datetime:
    """Return when `limit` ends, in Hanoi time.

    Raises `CalendarExhausted` when it ends past the loaded days and `MomentWithoutZone` for a naive moment.
    """
    start = in_hanoi(received_at)
    try:
        if limit.unit is LimitUnit.WORKING_DAY:
            count = _rolling_days if mode is CountingMode.ROLLING else _working_days
            return count(start, limit.amount, calendar)
        return _COUNTS[limit.unit](start, limit.amount, calendar)
    except OverflowError:
        raise CalendarExhausted(calendar.loaded_from, calendar.loaded_until) from None


def nominal_end(received_on: date, limit: TimeLimit) -> date:
    """Return the last day of a limit in days, months or years before days off move it (L-06)."""
    amount = int(limit.amount)
    if limit.unit is LimitUnit.DAY:
        return received_on + timedelta(days=amount)
    months = amount * (_MONTHS if limit.unit is LimitUnit.YEAR else 1)
    years, month = divmod(received_on.month - 1 + months, _MONTHS)
    year, month = received_on.year + years, month + 1
    if year > date.max.year:
        raise OverflowError(year)
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def is_after_cut(start: datetime) -> bool:
    """Tell whether `start` is later than 15:00."""
    return start.time() > AFTERNOON_CUT


def _working_days(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    whole = int(amount)
    if whole == amount:
        return calendar.close_after(start.date(), whole)
    begun = calendar.close_after(start.date(), whole) if whole else start
    return _held(start, whole + 1, add_working_time(begun, in_working_time(amount - whole), calendar), calendar)


def _rolling_days(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    return _held(start, ceil(amount), add_working_time(start, in_working_time(amount), calendar), calendar)


def _held(start: datetime, days: int, end: datetime, calendar: WorkingCalendar) -> datetime:
    """Return `end`, but never past the close of the last of `days`: an office open for less than eight hours a day."""
    return end if end.date() == start.date() else min(end, calendar.close_after(start.date(), days))


def in_working_time(days: Decimal) -> timedelta:
    """Return how much working time `days` are where they are counted in hours: eight a day (L-08)."""
    return _part_of(days, WORKING_DAY)


def in_hours(amount: Decimal) -> timedelta:
    """Return `amount` hours as a length of time, to the microsecond."""
    return _part_of(amount, _HOUR)


def _part_of(amount: Decimal, whole: timedelta) -> timedelta:
    return int(amount * (whole // _MICROSECOND)) * _MICROSECOND


def _working_hours(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    return add_working_time(start, in_hours(amount), calendar)


def hours_end(start: datetime, amount: Decimal) -> datetime:
    """Return when `amount` clock hours from `start` are over, whether or not anybody is at work then."""
    return start + in_hours(amount)


def _hours(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    end = hours_end(start, amount)
    return calendar.opening_from(end) if calendar.is_working_day(end.date()) else calendar.close_of(end.date())


def _of_calendar(unit: LimitUnit) -> Callable[[datetime, Decimal, WorkingCalendar], datetime]:
    def count(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
        return calendar.close_of(nominal_end(start.date(), TimeLimit(amount, unit)))

    return count


def _immediate(start: datetime, _amount: Decimal, calendar: WorkingCalendar) -> datetime:
    desk = calendar.saturday_desk(start.date())
    if desk is not None and start.time() < desk.closes:
        return datetime.combine(start.date(), desk.closes, HANOI)
    close = calendar.close_of(start.date())
    return close if start < close else calendar.close_after(start.date(), 1)


def _same_day(start: datetime, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    is_served = calendar.is_working_day(start.date()) or calendar.reaches_saturday_desk(start)
    if is_after_cut(start) and is_served:
        return calendar.close_after(start.date(), 1)
    return _immediate(start, amount, calendar)


_COUNTS: dict[LimitUnit, Callable[[datetime, Decimal, WorkingCalendar], datetime]] = {
    LimitUnit.WORKING_HOUR: _working_hours,
    LimitUnit.HOUR: _hours,
    LimitUnit.DAY: _of_calendar(LimitUnit.DAY),
    LimitUnit.MONTH: _of_calendar(LimitUnit.MONTH),
    LimitUnit.YEAR: _of_calendar(LimitUnit.YEAR),
    LimitUnit.IMMEDIATE: _immediate,
    LimitUnit.SAME_DAY: _same_day,
}
