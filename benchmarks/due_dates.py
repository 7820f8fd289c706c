"""How many due dates a second the pure rule gives, beside counting day by day and beside the `holidays` package.

Run: python benchmarks/due_dates.py. Prints rates, ratios and the machine; checks first that all ways agree.
"""

import os
import platform
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import holidays

from motcua.rules.calendar_days import CALENDAR_DAYS, DayKind
from motcua.rules.deadlines import due_at, due_moment
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import HANOI, working_calendar

CASES = 20_000
ROUNDS = 5
DAY = timedelta(days=1)
CALENDAR = working_calendar()
PACKAGE = holidays.country_holidays("VN", years=range(2017, 2026))  # lacks the swap of January 2026

Case = tuple[datetime, int]


def cases() -> list[Case]:
    """Return receipts of 2017 to 2024 with limits of 1 to 45 working days, the same every time."""
    pick = random.Random(20210208)
    first = datetime(2017, 1, 1, 7, 30, tzinfo=HANOI)
    return [(first + timedelta(minutes=pick.randrange(8 * 365 * 24 * 60)), pick.randint(1, 45)) for _ in range(CASES)]


def by_rule(received: datetime, days: int) -> date:
    return due_at(received, LIMITS[days], CALENDAR).date()


def with_derivation(received: datetime, days: int) -> date:
    return due_moment(received, LIMITS[days], CALENDAR).due_at.date()


def day_by_day(received: datetime, days: int) -> date:
    day = received.date()
    while days:
        day += DAY
        listed = CALENDAR_DAYS.get(day)
        if listed.kind is DayKind.SWAPPED_WORK if listed else day.weekday() < 5:
            days -= 1
    return day


def by_package(received: datetime, days: int) -> date:
    end = PACKAGE.get_nth_working_day(received.date(), days)
    assert isinstance(end, date)
    return end


LIMITS = {days: TimeLimit(Decimal(days), LimitUnit.WORKING_DAY) for days in range(1, 46)}


def rate(count: Callable[[datetime, int], date], sample: Sequence[Case]) -> float:
    """Return the best rate of the rounds, in due dates per second."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for received, days in sample:
            count(received, days)
        best = min(best, time.perf_counter() - began)
    return len(sample) / best


def main() -> None:
    sample = cases()
    for received, days in sample[:2000]:
        ends = {count(received, days) for count in (by_rule, with_derivation, day_by_day, by_package)}
        assert len(ends) == 1, (received, days, ends)
    rule = rate(by_rule, sample)
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, one process")
    print(f"due_at, the pure rule:         {rule:>12,.0f} due dates/s   1.0")
    for name, count, part in (
        ("day by day over the table", day_by_day, 4),
        ("the holidays package", by_package, 20),
        ("due_moment, with derivation", with_derivation, 20),
    ):
        other = rate(count, sample[: CASES // part])
        print(f"{name + ':':<30} {other:>12,.0f} due dates/s   rule is {rule / other:,.1f} times as fast")


if __name__ == "__main__":
    main()
