"""Lives lived by the rules across the change of regime, as benchmarks/replay.py lives 100,000 (R-1, R-2, R-20)."""

import random
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from benchmarks.replayed import Ground, Replayed
from motcua.rules.promises import Beginning
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.transitions import Status
from motcua.rules.working_time import HANOI, working_calendar

SINCE, UNTIL = datetime(2026, 6, 1, tzinfo=HANOI), datetime(2026, 10, 1, tzinfo=HANOI)
CALENDAR = working_calendar()
LIMITS = [
    TimeLimit(Decimal(5), LimitUnit.WORKING_DAY),
    TimeLimit(Decimal(15), LimitUnit.WORKING_DAY),
    TimeLimit(Decimal(20), LimitUnit.DAY),
    TimeLimit(Decimal(8), LimitUnit.WORKING_HOUR),
]


def life(number: int) -> Replayed:
    chance = random.Random(number)
    begin = SINCE + timedelta(days=chance.uniform(0, 110))
    ground = Ground(LIMITS[number % len(LIMITS)], number % 3 == 0, CALENDAR, UNTIL)
    return Replayed(ground, chance, begin.replace(hour=chance.randrange(7, 20))).live()


@pytest.fixture(scope="module")
def lives() -> list[Replayed]:
    return [life(number) for number in range(1500)]


def test_a_promise_is_never_taken_back_and_lies_in_working_time(lives: list[Replayed]) -> None:
    promised = [one for one in lives if one.due_at and one.accepted_at]
    for one in promised:
        assert one.due_at is not None
        assert one.accepted_at is not None
        dues = [due for due, _, _ in one.former] + [one.due_at]
        assert dues == sorted(set(dues))
        assert dues[0] >= one.accepted_at
        assert all(CALENDAR.opening_from(due - timedelta(microseconds=1)) < due for due in dues)
    assert len(promised) > 1300


def test_the_regime_is_that_of_the_acceptance_and_only_2026_counts_from_the_agency(lives: list[Replayed]) -> None:
    met = Counter[tuple[Regime | None, bool]]()
    for one in lives:
        if one.accepted_at and one.facts:
            assert one.regime is regime_on(one.accepted_at.date())
            met[one.regime, one.facts.beginning is Beginning.RECEIVED_BY_AGENCY] += 1

    assert met[Regime.R2025, True] == 0
    assert min(met[Regime.R2025, False], met[Regime.R2026, True], met[Regime.R2026, False]) > 50


def test_the_turns_are_taken(lives: list[Replayed]) -> None:
    ends = Counter(one.status for one in lives)
    turns = Counter(cause for one in lives for _, cause, _ in one.former)

    assert {Status.RETURNED, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.CLOSED_UNANSWERED} <= {*ends}
    assert len(turns) >= 3
