"""What holds of every time limit, and a second way of counting that walks through the minutes."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules.calendar_days import CALENDAR_DAYS, DayKind
from motcua.rules.deadlines import CountingMode, due_at, linked_due_at
from motcua.rules.time_limits import AT_ONCE, WHOLE_ONLY, LimitUnit, TimeLimit
from motcua.rules.working_time import (
    HANOI,
    OfficeHours,
    Season,
    WorkingCalendar,
    add_working_time,
    working_calendar,
    working_time_between,
)

CALENDAR = working_calendar()
SEVEN_HOURS = working_calendar(OfficeHours.parse("08:00-12:00,13:00-16:00"))
SEASONAL = WorkingCalendar(seasons=(Season(date(2021, 4, 16), OfficeHours.parse("07:00-11:30,13:30-17:00")),))
SUMMER = working_calendar(OfficeHours.parse("07:00-11:00,13:30-17:30"))
CIVIL, ROLLING = CountingMode

RECEIPTS = st.datetimes(datetime(2017, 1, 1), datetime(2026, 11, 30), timezones=st.just(HANOI))
MODES = st.sampled_from(CountingMode)
CALENDARS = st.sampled_from([CALENDAR, SEVEN_HOURS, SEASONAL])
MONOTONE = [unit for unit in LimitUnit if unit is not LimitUnit.HOUR]


def amounts(unit: LimitUnit) -> st.SearchStrategy[Decimal]:
    if unit in AT_ONCE:
        return st.just(Decimal(0))
    if unit in WHOLE_ONLY:
        return st.integers(1, 1 if unit is LimitUnit.YEAR else 11).map(Decimal)
    return st.integers(1, 240).map(lambda quarters: Decimal(quarters) / 4)


def limits() -> st.SearchStrategy[TimeLimit]:
    return st.sampled_from(LimitUnit).flatmap(lambda unit: st.builds(TimeLimit, amounts(unit), st.just(unit)))


@given(received=RECEIPTS, limit=limits(), mode=MODES, calendar=CALENDARS)
def test_a_due_moment_comes_after_the_receipt_in_working_time(
    received: datetime, limit: TimeLimit, mode: CountingMode, calendar: WorkingCalendar
) -> None:
    ends = due_at(received, limit, calendar, mode)

    assert ends >= received
    assert calendar.is_working_day(ends.date())
    assert any(opens <= ends.time() <= closes for opens, closes in calendar.hours_on(ends.date()).spans)


@given(received=RECEIPTS, days=st.integers(1, 60), calendar=CALENDARS)
def test_whole_days_are_due_when_the_office_closes(received: datetime, days: int, calendar: WorkingCalendar) -> None:
    for unit in (LimitUnit.WORKING_DAY, LimitUnit.DAY):
        ends = due_at(received, TimeLimit(Decimal(days), unit), calendar)

        assert ends.time() == calendar.hours_on(ends.date()).closes


@given(received=RECEIPTS, unit=st.sampled_from(MONOTONE), data=st.data(), mode=MODES, calendar=CALENDARS)
def test_a_longer_limit_never_ends_earlier(
    received: datetime, unit: LimitUnit, data: st.DataObject, mode: CountingMode, calendar: WorkingCalendar
) -> None:
    shorter, longer = sorted([data.draw(amounts(unit)), data.draw(amounts(unit))])

    assert due_at(received, TimeLimit(shorter, unit), calendar, mode) <= due_at(
        received, TimeLimit(longer, unit), calendar, mode
    )


@given(
    received=RECEIPTS,
    later=st.timedeltas(timedelta(), timedelta(days=20)),
    unit=st.sampled_from(MONOTONE),
    data=st.data(),
    mode=MODES,
)
def test_a_later_receipt_never_ends_earlier(
    received: datetime, later: timedelta, unit: LimitUnit, data: st.DataObject, mode: CountingMode
) -> None:
    limit = TimeLimit(data.draw(amounts(unit)), unit)

    assert due_at(received, limit, CALENDAR, mode) <= due_at(received + later, limit, CALENDAR, mode)


@given(received=RECEIPTS, quarters=st.integers(1, 240), calendar=CALENDARS)
def test_rolling_never_promises_later_than_the_law(
    received: datetime, quarters: int, calendar: WorkingCalendar
) -> None:
    whole = TimeLimit(Decimal(-(-quarters // 4)), LimitUnit.WORKING_DAY)
    part = TimeLimit(Decimal(quarters) / 4, LimitUnit.WORKING_DAY)

    assert due_at(received, part, calendar, ROLLING) <= due_at(received, whole, calendar, CIVIL)
    assert due_at(received, part, calendar, CIVIL) <= due_at(received, whole, calendar, CIVIL)


@given(received=RECEIPTS, first=st.integers(1, 30), then=st.integers(1, 30), calendar=CALENDARS)
def test_working_days_one_leg_after_the_other_add_up(
    received: datetime, first: int, then: int, calendar: WorkingCalendar
) -> None:
    legs = [TimeLimit(Decimal(days), LimitUnit.WORKING_DAY) for days in (first, then)]
    whole = TimeLimit(Decimal(first + then), LimitUnit.WORKING_DAY)

    assert linked_due_at(received, legs, calendar)[-1] == due_at(received, whole, calendar)


@given(received=RECEIPTS, first=st.integers(1, 60), then=st.integers(1, 60), mode=MODES)
def test_working_hours_one_leg_after_the_other_add_up(
    received: datetime, first: int, then: int, mode: CountingMode
) -> None:
    legs = [TimeLimit(Decimal(hours), LimitUnit.WORKING_HOUR) for hours in (first, then)]
    whole = TimeLimit(Decimal(first + then), LimitUnit.WORKING_HOUR)

    assert linked_due_at(received, legs, CALENDAR, mode)[-1] == due_at(received, whole, CALENDAR, mode)


@given(received=RECEIPTS, days=st.integers(1, 60))
def test_a_limit_of_working_days_leaves_exactly_its_working_days(received: datetime, days: int) -> None:
    ends = due_at(received, TimeLimit(Decimal(days), LimitUnit.WORKING_DAY), CALENDAR)
    after_the_day_of_receipt = received.replace(hour=23, minute=59)

    assert working_time_between(after_the_day_of_receipt, ends, CALENDAR) == timedelta(hours=8) * days


@given(received=RECEIPTS, hours=st.integers(1, 400))
def test_a_limit_of_working_hours_leaves_exactly_its_hours(received: datetime, hours: int) -> None:
    ends = due_at(received, TimeLimit(Decimal(hours), LimitUnit.WORKING_HOUR), CALENDAR)

    assert working_time_between(received, ends, CALENDAR) == timedelta(hours=hours)


# A second way of counting, slow and plain: it walks, and owes nothing to the look-up tables of the first.
SATURDAY, MINUTE, DAY = 5, timedelta(minutes=1), timedelta(days=1)
Hours = tuple[tuple[time, time], ...]
NORMAL: Hours = ((time(7, 30), time(11, 30)), (time(13), time(17)))
EARLY: Hours = ((time(7), time(11)), (time(13, 30), time(17, 30)))


def is_worked(day: date) -> bool:
    listed = CALENDAR_DAYS.get(day)
    return listed.kind is DayKind.SWAPPED_WORK if listed else day.weekday() < SATURDAY


def is_open(moment: datetime, hours: Hours) -> bool:
    """Tell whether the minute that begins at `moment` is worked."""
    return is_worked(moment.date()) and any(opens <= moment.time() < closes for opens, closes in hours)


def walk(moment: datetime, minutes: int, hours: Hours) -> datetime:
    while minutes:
        minutes -= is_open(moment, hours)
        moment += MINUTE
    return moment


def walk_days(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= is_worked(day)
    return day


def close(day: date, hours: Hours) -> datetime:
    while not is_worked(day):
        day += DAY
    return datetime.combine(day, hours[-1][1], HANOI)


def months_later(day: date, months: int) -> date:
    year, month, number = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def clock_hours_later(received: datetime, amount: Decimal, hours: Hours) -> datetime:
    end = received + int(amount * 60) * MINUTE
    if not is_worked(end.date()):
        return close(end.date(), hours)
    is_closing = end.time() in {closes for _, closes in hours}
    while not is_closing and not is_open(end, hours):
        end += MINUTE
    return end


def at_once(received: datetime, hours: Hours, last: time) -> datetime:
    is_too_late = is_worked(received.date()) and (received.time() >= hours[-1][1] or received.time() > last)
    return close(received.date() + DAY if is_too_late else received.date(), hours)


def walked(received: datetime, limit: TimeLimit, mode: CountingMode, hours: Hours) -> datetime:
    amount, day = limit.amount, received.date()
    if limit.unit is LimitUnit.WORKING_DAY and mode is CIVIL and amount >= 1:
        last = close(walk_days(day, int(amount)), hours)
        return walk(last, int(amount % 1 * 480), hours)
    ways: dict[LimitUnit, Callable[[], datetime]] = {
        LimitUnit.WORKING_DAY: lambda: walk(received, int(amount * 480), hours),
        LimitUnit.WORKING_HOUR: lambda: walk(received, int(amount * 60), hours),
        LimitUnit.HOUR: lambda: clock_hours_later(received, amount, hours),
        LimitUnit.DAY: lambda: close(day + int(amount) * DAY, hours),
        LimitUnit.MONTH: lambda: close(months_later(day, int(amount)), hours),
        LimitUnit.YEAR: lambda: close(months_later(day, 12 * int(amount)), hours),
        LimitUnit.IMMEDIATE: lambda: at_once(received, hours, time.max),
        LimitUnit.SAME_DAY: lambda: at_once(received, hours, time(15)),
    }
    return ways[limit.unit]()


MINUTES = RECEIPTS.map(lambda moment: moment.replace(second=0, microsecond=0))
HOURS = st.sampled_from([NORMAL, EARLY])
CALENDAR_OF = {NORMAL: CALENDAR, EARLY: SUMMER}


@settings(max_examples=300)
@given(received=MINUTES, limit=limits(), mode=MODES, hours=HOURS)
def test_counting_agrees_with_walking_through_the_minutes(
    received: datetime, limit: TimeLimit, mode: CountingMode, hours: Hours
) -> None:
    assert due_at(received, limit, CALENDAR_OF[hours], mode) == walked(received, limit, mode, hours)


@given(received=MINUTES, minutes=st.integers(1, 2400), hours=HOURS)
def test_adding_working_time_agrees_with_walking_through_the_minutes(
    received: datetime, minutes: int, hours: Hours
) -> None:
    calendar = CALENDAR_OF[hours]
    end = walk(received, minutes, hours)

    assert add_working_time(received, minutes * MINUTE, calendar) == end
    assert working_time_between(received, end, calendar) == minutes * MINUTE
