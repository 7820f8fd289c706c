from datetime import date, timedelta
from itertools import pairwise

import holidays
import pytest

from motcua.rules.calendar_days import (
    CALENDAR_DAYS,
    CALENDAR_FROM,
    CALENDAR_UNTIL,
    PROVISIONAL_FROM,
    CalendarDay,
    DayKind,
)

SATURDAY = 5
EVERY_DAY = [CALENDAR_FROM + timedelta(days=offset) for offset in range((CALENDAR_UNTIL - CALENDAR_FROM).days)]
YEARS = range(2017, 2028)


def kinds(*days: date) -> list[DayKind]:
    return [CALENDAR_DAYS[day].kind for day in days]


def in_year(year: int) -> list[CalendarDay]:
    return [day for day in CALENDAR_DAYS.values() if day.on.year == year]


def days_off() -> set[date]:
    return {
        day.on for day in CALENDAR_DAYS.values() if day.kind is not DayKind.SWAPPED_WORK and day.on.weekday() < SATURDAY
    }


def test_the_table_spans_2017_to_2027() -> None:
    assert (date(2017, 1, 1), date(2028, 1, 1)) == (CALENDAR_FROM, CALENDAR_UNTIL)
    assert {day.on.year for day in CALENDAR_DAYS.values()} == set(YEARS)
    assert list(CALENDAR_DAYS) == sorted(CALENDAR_DAYS)


def test_tet_2021_ran_from_wednesday_10_to_tuesday_16_february() -> None:
    tet = [date(2021, 2, day) for day in range(10, 17)]

    assert kinds(*tet) == [DayKind.HOLIDAY] * 5 + [DayKind.COMPENSATORY] * 2
    assert date(2021, 2, 9) not in CALENDAR_DAYS
    assert date(2021, 2, 17) not in CALENDAR_DAYS


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        pytest.param(date(2021, 9, 2), DayKind.HOLIDAY, id="National Day 2021"),
        pytest.param(date(2021, 9, 3), DayKind.HOLIDAY, id="the day after it"),
        pytest.param(date(2021, 4, 21), DayKind.HOLIDAY, id="Hùng Kings 2021"),
        pytest.param(date(2021, 4, 30), DayKind.HOLIDAY, id="30 April 2021"),
        pytest.param(date(2021, 5, 3), DayKind.COMPENSATORY, id="for Saturday 1 May 2021"),
        pytest.param(date(2021, 1, 1), DayKind.HOLIDAY, id="New Year 2021"),
        pytest.param(date(2026, 2, 16), DayKind.HOLIDAY, id="Tết 2026 begins"),
        pytest.param(date(2026, 2, 20), DayKind.HOLIDAY, id="Tết 2026 ends"),
        pytest.param(date(2026, 4, 26), DayKind.HOLIDAY, id="Hùng Kings 2026 on a Sunday"),
        pytest.param(date(2026, 4, 27), DayKind.COMPENSATORY, id="made up on Monday"),
        pytest.param(date(2026, 11, 24), DayKind.HOLIDAY, id="Vietnamese Culture Day"),
    ],
)
def test_the_verified_dates_hold(day: date, kind: DayKind) -> None:
    assert CALENDAR_DAYS[day].kind is kind


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_day_off_was_swapped_for_a_worked_saturday(off: date, worked: date) -> None:
    assert kinds(off, worked) == [DayKind.SWAPPED_OFF, DayKind.SWAPPED_WORK]
    assert (off.weekday() < SATURDAY, worked.weekday()) == (True, SATURDAY)
    assert CALENDAR_DAYS[off].source == CALENDAR_DAYS[worked].source


def test_no_other_day_was_swapped() -> None:
    swapped = {DayKind.SWAPPED_OFF, DayKind.SWAPPED_WORK}

    assert sum(day.kind in swapped for day in CALENDAR_DAYS.values()) == 12


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_the_holidays_the_code_gives(year: int) -> None:
    holidays_of_year = [day for day in in_year(year) if day.kind is DayKind.HOLIDAY]
    tet = [day.on for day in holidays_of_year if day.name.startswith("Tết Nguyên đán")]

    assert [last - first for first, last in pairwise(tet)] == [timedelta(days=1)] * 4
    assert len(holidays_of_year) == 10 + (year >= 2021) + (year >= 2026)


@pytest.mark.parametrize("year", YEARS)
def test_a_holiday_on_a_weekend_is_made_up_by_one_day_off(year: int) -> None:
    on_weekends = [day for day in in_year(year) if day.kind is DayKind.HOLIDAY and day.on.weekday() >= SATURDAY]
    made_up = [day for day in in_year(year) if day.kind is DayKind.COMPENSATORY]

    assert len(made_up) == len(on_weekends)
    for missed, instead in zip(on_weekends, made_up, strict=True):
        between = [missed.on + timedelta(days=n) for n in range(1, (instead.on - missed.on).days)]
        assert all(day.weekday() >= SATURDAY or day in CALENDAR_DAYS for day in between)
        assert instead.on > missed.on
        assert instead.on.weekday() < SATURDAY


def test_only_2027_may_still_change() -> None:
    assert date(2027, 1, 1) == PROVISIONAL_FROM
    assert {day.on.year for day in CALENDAR_DAYS.values() if day.is_provisional} == {2027}


def test_every_day_names_its_occasion_and_its_source() -> None:
    assert all(day.name and day.name_en and day.source for day in CALENDAR_DAYS.values())


# Where the table and the package differ, and why the table stands.
ONLY_IN_OUR_TABLE = {
    date(2026, 1, 2): "Letter 12729/VPCP-KGVX of 25/12/2025; the package lacks the swap",
}
WORKED_ONLY_IN_OUR_TABLE = {
    date(2026, 1, 10): "Letter 12729/VPCP-KGVX of 25/12/2025; the package lacks the swap",
}


def test_the_days_off_agree_with_the_holidays_package() -> None:
    package = holidays.country_holidays("VN", years=YEARS)
    off_in_package = {day for day in EVERY_DAY if day in package and day.weekday() < SATURDAY}

    assert off_in_package - days_off() == set()
    assert days_off() - off_in_package == set(ONLY_IN_OUR_TABLE)


def test_the_worked_saturdays_agree_with_the_holidays_package() -> None:
    package = holidays.country_holidays("VN", years=YEARS)
    worked_in_package = {day for day in package.weekend_workdays if CALENDAR_FROM <= day < CALENDAR_UNTIL}
    worked = {day.on for day in CALENDAR_DAYS.values() if day.kind is DayKind.SWAPPED_WORK}

    assert worked_in_package - worked == set()
    assert worked - worked_in_package == set(WORKED_ONLY_IN_OUR_TABLE)
