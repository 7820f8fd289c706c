"""The periods of reports: the examples of C-33 and H-03, other cut-offs, and that periods of a kind leave no gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.periods import (
    CutOff,
    CutUnclear,
    NoSuchPeriod,
    PeriodKind,
    ReportPeriod,
    following,
    period_of,
    periods_in_year,
    preceding,
    report_period,
)

KINDS = st.sampled_from(PeriodKind)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("kind", "number", "since", "until"),
    [
        (PeriodKind.QUARTER, 1, date(2025, 12, 15), date(2026, 3, 15)),
        (PeriodKind.QUARTER, 3, date(2026, 6, 15), date(2026, 9, 15)),
        (PeriodKind.HALF_YEAR, 1, date(2025, 12, 15), date(2026, 6, 15)),
        (PeriodKind.YEAR, 1, date(2025, 12, 15), date(2026, 12, 15)),
        (PeriodKind.MONTH, 1, date(2025, 12, 15), date(2026, 1, 15)),
        (PeriodKind.MONTH, 12, date(2026, 11, 15), date(2026, 12, 15)),
    ],
)
def test_the_periods_of_2026(kind: PeriodKind, number: int, since: date, until: date) -> None:
    assert report_period(kind, 2026, number) == ReportPeriod(kind, 2026, number, since, until)


def test_a_period_holds_its_first_day_and_not_the_day_after_its_last() -> None:
    quarter = report_period(PeriodKind.QUARTER, 2026, 1)

    assert [quarter.holds(quarter.since), quarter.holds(quarter.until)] == [True, False]


@pytest.mark.parametrize(("kind", "count"), [("MONTH", 12), ("QUARTER", 4), ("HALF_YEAR", 2), ("YEAR", 1)])
def test_how_many_periods_a_year_has(kind: str, count: int) -> None:
    assert periods_in_year(PeriodKind(kind)) == count
    with pytest.raises(NoSuchPeriod):
        report_period(PeriodKind(kind), 2026, count + 1)


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (1, 1), (9999, 1)])
def test_no_period_has_such_a_name(year: int, number: int) -> None:
    with pytest.raises(NoSuchPeriod):
        report_period(PeriodKind.MONTH, year, number)


@pytest.mark.parametrize("day", [0, 29])
def test_a_period_begins_on_a_day_that_every_month_has(day: int) -> None:
    with pytest.raises(CutUnclear) as refused:
        CutOff(PeriodKind.YEAR, date.min, day)

    assert refused.value.first_day == day


def test_months_are_the_calendars_where_no_rule_holds_yet_and_nothing_is_lost_when_one_comes() -> None:
    rules = [CutOff(PeriodKind.MONTH, date(2026, 3, 1), 20), CutOff(PeriodKind.MONTH, date(2026, 5, 1), 1)]

    months = [report_period(PeriodKind.MONTH, 2026, number, rules) for number in range(1, 6)]

    assert [(month.since, month.until) for month in months] == [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 2, 20)),
        (date(2026, 2, 20), date(2026, 3, 20)),
        (date(2026, 3, 20), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 6, 1)),
    ]


CUTS = st.lists(st.builds(CutOff, KINDS, DAYS, st.integers(1, 28)), max_size=6)


@given(KINDS, DAYS, CUTS)
def test_every_day_belongs_to_one_period_of_a_kind(kind: PeriodKind, day: date, cuts: list[CutOff]) -> None:
    found = period_of(kind, day, cuts)

    assert found.holds(day)
    assert found == report_period(kind, found.year, found.number, cuts)
    after, before = following(found, cuts), preceding(found, cuts)
    assert after.since == found.until
    assert before.until == found.since
    assert preceding(after, cuts) == found
    assert found.until - found.since < timedelta(days=400)
