from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.calendar_days import CALENDAR_DAYS, CalendarDay, DayKind
from motcua.rules.working_time import (
    DEFAULT_HOURS,
    HANOI,
    CalendarExhausted,
    MomentWithoutZone,
    OfficeHours,
    OfficeHoursUnclear,
    Season,
    WorkingCalendar,
    add_working_time,
    in_hanoi,
    remaining,
    working_calendar,
    working_time_between,
)

CALENDAR = working_calendar()
SUMMER = OfficeHours.parse("07:00-11:30,13:30-17:00")
SEASONAL = WorkingCalendar(seasons=(Season(date(2026, 4, 16), SUMMER), Season(date(2026, 10, 16), DEFAULT_HOURS)))
CALENDARS = st.sampled_from([CALENDAR, SEASONAL, working_calendar(OfficeHours.parse("08:00-12:00"))])
MOMENTS = st.datetimes(datetime(2017, 1, 1), datetime(2027, 6, 1), timezones=st.just(HANOI))
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=200))


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+07:00").astimezone(HANOI)


def test_office_hours_are_read_and_written() -> None:
    assert str(OfficeHours.parse(" 07:30-11:30 , 13:00 - 17:00")) == "07:30-11:30,13:00-17:00"
    assert OfficeHours.parse("07:30-11:30,13:00-17:00") == DEFAULT_HOURS
    assert str(OfficeHours.parse("7:00–11:00,13:30–17:30")) == "07:00-11:00,13:30-17:30"


def test_the_default_hours_make_eight_a_day() -> None:
    assert DEFAULT_HOURS.daily == timedelta(hours=8)
    assert (DEFAULT_HOURS.opens, DEFAULT_HOURS.closes) == (time(7, 30), time(17))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("07:30", id="no end"),
        pytest.param("07:30-11:30-13:00", id="two ends"),
        pytest.param("07:30-", id="half said"),
        pytest.param("07:30-11:30,", id="a comma too many"),
        pytest.param("17:00-13:00", id="the wrong way round"),
        pytest.param("13:00-17:00,07:30-11:30", id="afternoon before morning"),
        pytest.param("07:30-11:30,11:00-17:00", id="overlapping"),
        pytest.param("07:30-07:30", id="no time at all"),
        pytest.param("07:30-24:00", id="no such minute"),
        pytest.param("07:60-11:30", id="no such minute of an hour"),
        pytest.param("7h-11h", id="in letters"),
        pytest.param("0730-1130", id="without colons"),
        pytest.param("07:30:30-11:30", id="with seconds"),
        pytest.param("07:30+07:00-11:30", id="with a zone"),
        pytest.param("07:30Z-11:30Z", id="with zones"),
    ],
)
def test_hours_out_of_order_or_half_said_are_refused(text: str) -> None:
    with pytest.raises(OfficeHoursUnclear) as refused:
        OfficeHours.parse(text)

    assert refused.value.text == text


def test_no_hours_at_all_are_refused() -> None:
    with pytest.raises(OfficeHoursUnclear):
        OfficeHours(())


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2021, 2, 9), DayKind.WORKING),
        (date(2021, 2, 20), DayKind.WEEKEND),
        (date(2021, 2, 10), DayKind.HOLIDAY),
        (date(2021, 2, 13), DayKind.HOLIDAY),
        (date(2021, 2, 15), DayKind.COMPENSATORY),
        (date(2026, 8, 31), DayKind.SWAPPED_OFF),
        (date(2026, 8, 22), DayKind.SWAPPED_WORK),
        (date(2017, 1, 1), DayKind.HOLIDAY),
        (date(2027, 12, 31), DayKind.WORKING),
    ],
)
def test_a_day_is_worked_by_its_kind(day: date, kind: DayKind) -> None:
    assert CALENDAR.day_kind(day) is kind
    assert CALENDAR.is_working_day(day) is (kind in {DayKind.WORKING, DayKind.SWAPPED_WORK})


def test_the_office_closes_on_the_next_working_day_when_a_day_is_off() -> None:
    assert CALENDAR.close_of(date(2021, 2, 9)) == at("2021-02-09", "17:00")
    assert CALENDAR.close_of(date(2021, 2, 10)) == at("2021-02-17", "17:00")


def test_working_days_are_counted_forwards_and_back() -> None:
    assert CALENDAR.close_after(date(2021, 2, 9), 1) == at("2021-02-17", "17:00")
    assert CALENDAR.close_after(date(2021, 2, 11), 2) == at("2021-02-18", "17:00")
    assert CALENDAR.close_before(date(2021, 2, 17)) == at("2021-02-09", "17:00")


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        pytest.param(at("2026-07-03", "06:00"), at("2026-07-03", "07:30"), id="before the day begins"),
        pytest.param(at("2026-07-03", "10:00"), at("2026-07-03", "10:00"), id="while it is open"),
        pytest.param(at("2026-07-03", "12:00"), at("2026-07-03", "13:00"), id="over lunch"),
        pytest.param(at("2026-07-03", "17:00"), at("2026-07-03", "17:00"), id="just closing"),
        pytest.param(at("2026-07-03", "17:01"), at("2026-07-06", "07:30"), id="after hours on a Friday"),
        pytest.param(at("2026-07-04", "10:00"), at("2026-07-06", "07:30"), id="on a Saturday"),
    ],
)
def test_the_office_opens_next(moment: datetime, opening: datetime) -> None:
    assert CALENDAR.opening_from(moment) == opening


def test_a_season_changes_the_hours_from_its_day() -> None:
    assert SEASONAL.close_of(date(2026, 4, 15)).time() == time(17)
    assert SEASONAL.hours_on(date(2026, 4, 15)) is DEFAULT_HOURS
    assert SEASONAL.hours_on(date(2026, 4, 16)) is SUMMER
    assert add_working_time(at("2026-04-15", "16:30"), timedelta(hours=1), SEASONAL) == at("2026-04-16", "07:30")


def test_a_province_may_add_its_own_days() -> None:
    storm = CalendarDay(date(2026, 7, 3), DayKind.HOLIDAY, "Nghỉ bão", "storm", "Quyết định của tỉnh")
    calendar = WorkingCalendar(days={**CALENDAR_DAYS, storm.on: storm})

    assert calendar.close_of(storm.on) == at("2026-07-06", "17:00")


def test_time_used_up_at_a_break_ends_at_its_start() -> None:
    assert add_working_time(at("2026-07-03", "07:30"), timedelta(hours=4), CALENDAR) == at("2026-07-03", "11:30")
    assert add_working_time(at("2026-07-03", "13:00"), timedelta(hours=4), CALENDAR) == at("2026-07-03", "17:00")


def test_nothing_to_add_stays_where_it_is() -> None:
    assert add_working_time(at("2026-07-04", "10:00"), timedelta(), CALENDAR) == at("2026-07-04", "10:00")


def test_the_first_loaded_day_is_counted_from() -> None:
    calendar = WorkingCalendar(loaded_from=date(2026, 7, 6), loaded_until=date(2026, 7, 11))

    assert calendar.is_working_day(date(2026, 7, 6))
    assert calendar.moment_when(timedelta(hours=1)) == at("2026-07-06", "08:30")
    assert working_time_between(at("2026-07-06", "07:00"), at("2026-07-10", "17:00"), calendar) == timedelta(hours=40)


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2028, 1, 1)])
def test_nothing_is_known_outside_the_loaded_days(day: date) -> None:
    with pytest.raises(CalendarExhausted, match="from 2017-01-01 until 2028-01-01") as refused:
        CALENDAR.day_kind(day)

    assert (refused.value.loaded_from, refused.value.loaded_until) == (date(2017, 1, 1), date(2028, 1, 1))


def test_adding_never_runs_past_the_loaded_days() -> None:
    start = at("2027-12-31", "16:00")

    assert add_working_time(start, timedelta(hours=1), CALENDAR) == at("2027-12-31", "17:00")
    with pytest.raises(CalendarExhausted):
        add_working_time(start, timedelta(hours=1, microseconds=1), CALENDAR)


def test_counting_back_never_runs_past_the_loaded_days() -> None:
    with pytest.raises(CalendarExhausted):
        CALENDAR.close_before(date(2017, 1, 2))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone) as refused:
        CALENDAR.used_by(datetime(2026, 7, 3, 10))

    assert refused.value.moment == datetime(2026, 7, 3, 10)


def test_moments_of_other_zones_are_read_on_the_clocks_of_hanoi() -> None:
    assert in_hanoi(datetime(2026, 7, 3, 20, tzinfo=UTC)) == at("2026-07-04", "03:00")
    assert in_hanoi(datetime(2026, 7, 3, 20, tzinfo=UTC)).day == 4


def test_what_is_left_turns_negative_when_overdue() -> None:
    due = at("2026-07-03", "17:00")

    assert remaining(at("2026-07-03", "15:00"), due, CALENDAR) == timedelta(hours=2)
    assert remaining(at("2026-07-06", "08:30"), due, CALENDAR) == -timedelta(hours=1)
    assert working_time_between(at("2026-07-06", "08:30"), due, CALENDAR) == timedelta()


def test_a_calendar_says_its_hours() -> None:
    assert repr(CALENDAR) == "<WorkingCalendar 07:30-11:30,13:00-17:00 from 2017-01-01 until 2028-01-01>"


def test_the_same_hours_share_one_calendar() -> None:
    assert working_calendar(OfficeHours.parse("07:30-11:30,13:00-17:00")) is working_calendar(DEFAULT_HOURS)


def by_hand(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    total, day = timedelta(), start.date()
    while day <= end.date():
        if calendar.day_kind(day) in {DayKind.WORKING, DayKind.SWAPPED_WORK}:
            for opens, closes in calendar.hours_on(day).spans:
                begin = max(start, datetime.combine(day, opens, HANOI))
                total += max(timedelta(), min(end, datetime.combine(day, closes, HANOI)) - begin)
        day += timedelta(days=1)
    return total


@given(start=MOMENTS, length=st.timedeltas(timedelta(), timedelta(days=60)), calendar=CALENDARS)
def test_measuring_agrees_with_a_day_by_day_count(
    start: datetime, length: timedelta, calendar: WorkingCalendar
) -> None:
    assert working_time_between(start, start + length, calendar) == by_hand(start, start + length, calendar)


@given(start=MOMENTS, amount=AMOUNTS, calendar=CALENDARS)
def test_adding_then_measuring_gives_the_amount_back(
    start: datetime, amount: timedelta, calendar: WorkingCalendar
) -> None:
    assert working_time_between(start, add_working_time(start, amount, calendar), calendar) == amount


@given(start=MOMENTS, amount=AMOUNTS, more=AMOUNTS, calendar=CALENDARS)
def test_adding_in_two_steps_is_adding_at_once(
    start: datetime, amount: timedelta, more: timedelta, calendar: WorkingCalendar
) -> None:
    halfway = add_working_time(start, amount, calendar)

    assert working_time_between(start, add_working_time(halfway, more, calendar), calendar) == amount + more


@given(start=MOMENTS, amount=st.timedeltas(timedelta(microseconds=1), timedelta(hours=200)), calendar=CALENDARS)
def test_added_time_ends_while_the_office_is_open(
    start: datetime, amount: timedelta, calendar: WorkingCalendar
) -> None:
    end = add_working_time(start, amount, calendar)

    assert calendar.is_working_day(end.date())
    assert any(opens < end.time() <= closes for opens, closes in calendar.hours_on(end.date()).spans)
