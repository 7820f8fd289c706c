from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import due_at, linked_due_at
from motcua.rules.derivations import LineKind
from motcua.rules.linked_terms import LegTerm, awaited_until, linked_plan
from motcua.rules.promises import Beginning, ClockFacts, Exclusion, ExclusionGround
from motcua.rules.time_limits import LimitUnit, TimeLimit, parse_time_limit
from motcua.rules.working_time import HANOI, working_calendar

CALENDAR = working_calendar()
CIVIL = CountingMode.CIVIL
NONE: frozenset[int] = frozenset()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def leg(number: int, limit: str, *needs: int, clock: ClockFacts | None = None) -> LegTerm:
    return LegTerm(number, frozenset(needs), parse_time_limit(limit), CALENDAR, clock)


FIVE = "5 ngày làm việc"
SEQUENCE = [leg(1, "3 ngày làm việc"), leg(2, FIVE, 1), leg(3, "2 ngày làm việc", 2)]
BIRTH = [leg(1, "1 ngày làm việc"), leg(2, "7 ngày làm việc", 1), leg(3, FIVE, 1)]


@pytest.mark.parametrize(
    ("accepted", "legs", "ends"),
    [
        pytest.param(
            "2021-07-05T09:00",
            SEQUENCE,
            ["2021-07-08T17:00", "2021-07-15T17:00", "2021-07-19T17:00"],
            id="example 13: in sequence, the sum",
        ),
        pytest.param(
            "2021-07-05T09:00",
            [leg(1, "3 ngày làm việc"), leg(2, FIVE)],
            ["2021-07-08T17:00", "2021-07-12T17:00"],
            id="at the same time, the longest",
        ),
        pytest.param(
            "2026-03-02T09:00",
            BIRTH,
            ["2026-03-03T17:00", "2026-03-12T17:00", "2026-03-10T17:00"],
            id="a fan: the lead, then two at the same time",
        ),
    ],
)
def test_when_the_legs_end(accepted: str, legs: list[LegTerm], ends: list[str]) -> None:
    plan = linked_plan(at(accepted), legs, CIVIL)

    assert [planned.moment.due_at for planned in plan.legs] == [at(end) for end in ends]
    assert plan.whole.due_at == max(at(end) for end in ends)


def test_the_derivation_goes_day_by_day_through_the_legs_that_decide() -> None:
    plan = linked_plan(at("2026-03-02T09:00"), BIRTH, CIVIL)

    lines = plan.whole.derivation
    assert lines == plan.legs[0].moment.derivation + plan.legs[1].moment.derivation
    assert [line.on for line in lines] == sorted(line.on for line in lines)
    begun = [line for line in lines if line.kind is LineKind.RECEIVED]
    assert len(begun) == 2
    assert "B-21" in begun[1].rule_ids


SUPPLEMENTED = ClockFacts(at("2026-03-06T10:00"), Beginning.SUPPLEMENT_COMPLETED, parse_time_limit("7 ngày làm việc"))
EARLY = replace(SUPPLEMENTED, counted_from=at("2026-03-02T16:00"))
OPENED_EARLY = replace(SUPPLEMENTED, counted_from=at("2026-03-02T11:00"), beginning=Beginning.LEG_OPENED)
OPENED_LATE = replace(OPENED_EARLY, counted_from=at("2026-03-09T11:00"))
PAYING = Exclusion(at("2026-03-05T08:00"), at("2026-03-09T08:00"), ExclusionGround.FINANCIAL)
BEFORE = Exclusion(at("2026-03-02T12:00"), at("2026-03-03T09:00"), ExclusionGround.FINANCIAL)


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        pytest.param(OPENED_EARLY, "2026-03-12T17:00", id="opened early: the promise is not shortened"),
        pytest.param(OPENED_LATE, "2026-03-12T17:00", id="opened late: the lead answers for the promise"),
        pytest.param(SUPPLEMENTED, "2026-03-17T17:00", id="a supplement starts the leg anew and moves the whole"),
        pytest.param(EARLY, "2026-03-12T17:00", id="a supplement before the planned begin moves nothing"),
        pytest.param(
            replace(OPENED_EARLY, exclusions=(PAYING,)), "2026-03-16T17:00", id="a financial wait of two days"
        ),
        pytest.param(replace(OPENED_EARLY, exclusions=(BEFORE,)), "2026-03-12T17:00", id="a wait before the plan"),
        pytest.param(
            replace(OPENED_EARLY, extended_to=date(2026, 3, 20), extended_at=at("2026-03-10T09:00")),
            "2026-03-20T17:00",
            id="a new date",
        ),
    ],
)
def test_what_the_law_lets_a_leg_take_longer_moves_the_whole(clock: ClockFacts, due: str) -> None:
    legs = [BIRTH[0], replace(BIRTH[1], clock=clock), BIRTH[2]]

    assert linked_plan(at("2026-03-02T09:00"), legs, CIVIL).whole.due_at == at(due)


def test_a_limit_counted_from_the_agency_moves_the_lead() -> None:
    clock = ClockFacts(at("2026-03-03T17:00"), Beginning.EXPECTED_AT_AGENCY, parse_time_limit("1 ngày làm việc"))

    plan = linked_plan(at("2026-03-02T09:00"), [replace(BIRTH[0], clock=clock), BIRTH[1]], CIVIL)

    assert plan.legs[0].moment.due_at == at("2026-03-04T17:00")
    assert plan.legs[1].begins_at == at("2026-03-04T17:00")


RECEIPTS = st.datetimes(datetime(2025, 7, 1), datetime(2026, 9, 1)).map(lambda naive: naive.replace(tzinfo=HANOI))


@st.composite
def terms(draw: st.DrawFn) -> list[LegTerm]:
    size = draw(st.integers(2, 5))
    days = st.integers(1, 15).map(lambda n: TimeLimit(Decimal(n), LimitUnit.WORKING_DAY))
    limits = days | st.sampled_from([TimeLimit(Decimal(0), LimitUnit.SAME_DAY), TimeLimit(Decimal(20), LimitUnit.DAY)])
    return [
        LegTerm(n, draw(st.frozensets(st.integers(1, n - 1))) if n > 1 else NONE, draw(limits), CALENDAR)
        for n in range(1, size + 1)
    ]


@given(received=RECEIPTS, legs=terms())
def test_the_whole_is_never_due_before_any_leg(received: datetime, legs: list[LegTerm]) -> None:
    plan = linked_plan(received, legs, CIVIL)

    ends = {planned.number: planned.moment.due_at for planned in plan.legs}
    assert plan.whole.due_at == max(ends.values())
    for leg_, planned in zip(legs, plan.legs, strict=True):
        assert planned.begins_at == max((ends[needed] for needed in leg_.needs), default=received)
        assert planned.moment.due_at == due_at(planned.begins_at, leg_.limit, CALENDAR)


@given(received=RECEIPTS, legs=terms())
def test_legs_in_one_line_end_as_linked_due_at_says(received: datetime, legs: list[LegTerm]) -> None:
    line = [replace(leg_, needs=frozenset({leg_.number - 1}) - {0}) for leg_ in legs]

    plan = linked_plan(received, line, CIVIL)

    ends = linked_due_at(received, [leg_.limit for leg_ in line], CALENDAR)
    assert tuple(planned.moment.due_at for planned in plan.legs) == ends


@given(received=RECEIPTS, legs=terms(), later=st.timedeltas(timedelta(), timedelta(days=30)), data=st.data())
def test_a_supplement_never_makes_the_whole_due_sooner(
    received: datetime, legs: list[LegTerm], later: timedelta, data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(legs) - 1))
    clock = ClockFacts(received + later, Beginning.SUPPLEMENT_COMPLETED, legs[chosen].limit)
    changed = [replace(leg_, clock=clock) if n == chosen else leg_ for n, leg_ in enumerate(legs)]

    assert linked_plan(received, legs, CIVIL).whole.due_at <= linked_plan(received, changed, CIVIL).whole.due_at


@pytest.mark.parametrize(
    ("waits_days", "until"),
    [
        pytest.param(None, None, id="always, unless the group says so"),
        pytest.param(0, "2026-03-12T17:00", id="not beyond its plan"),
        pytest.param(2, "2026-03-16T17:00", id="two working days, over a week-end"),
        pytest.param(30_000, None, id="always, where the calendar does not reach"),
    ],
)
def test_until_when_the_others_wait_for_a_late_leg(waits_days: int | None, until: str | None) -> None:
    assert awaited_until(at("2026-03-12T17:00"), waits_days, CALENDAR) == (at(until) if until else None)
