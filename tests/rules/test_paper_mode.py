"""Work on paper while the system is down: numbers, moments, promises, rights (B-25)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import Beginning, due_moment
from motcua.rules.derivations import LineKind
from motcua.rules.identifiers import dossier_code, put_together
from motcua.rules.paper_mode import (
    PAPER_RULES,
    Block,
    EntryFault,
    EntryRefused,
    NoNumbersLeft,
    OutageFact,
    OutageFault,
    PaperMoments,
    TableOf,
    check_answer,
    check_entry,
    check_return,
    due_table,
    ending_fault,
    free_block,
    is_in_days,
    may_enter_from_paper,
    may_keep_paper,
    may_see_paper,
    outage_fault,
    paper_rules_on,
    regular_number,
)
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.promises import ClockFacts, as_written, promise
from motcua.rules.regimes import Regime
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import DEFAULT_HOURS, HANOI, OtherDays, WorkingCalendar, working_calendar

DAY = date(2026, 3, 2)
CALENDAR = working_calendar(DEFAULT_HOURS)
FIVE_DAYS = TimeLimit(Decimal(5), LimitUnit.WORKING_DAY)
HOUR = timedelta(hours=1)


def moment(day: int, hour: int = 8, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("taken", "number"), [(1, 1), (9000, 9000), (9001, 10000), (9999, 10998), (10000, 10999)], ids="{}".format
)
def test_numbers_kept_for_paper_are_passed_over(taken: int, number: int) -> None:
    assert regular_number(taken, DAY) == number


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_every_count_has_a_number_of_its_own_and_none_is_of_paper(one: int, other: int) -> None:
    kept = paper_rules_on(DAY).kept
    first, second = regular_number(one, DAY), regular_number(other, DAY)

    assert not kept.first <= first <= kept.last
    assert (first == second) is (one == other)
    assert (first < second) is (one < other)
    assert dossier_code(Regime.R2026, "H18.31", DAY, first) != put_together("H18.31", DAY, kept.last)


def test_before_the_first_row_the_first_one_holds() -> None:
    assert paper_rules_on(date(2016, 1, 1)) is PAPER_RULES[0]


def test_rows_are_in_order_and_what_was_kept_stays_kept() -> None:
    for before, after in pairwise(PAPER_RULES):
        assert before.valid_from < after.valid_from
        assert after.kept.first <= before.kept.first
        assert before.kept.last <= after.kept.last


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=40))
def test_kits_never_share_a_number_whatever_is_drawn_and_taken_back(asked: list[tuple[int, bool]]) -> None:
    kept, held = paper_rules_on(DAY).kept, list[Block]()
    for count, gives_one_back in asked:
        if gives_one_back and held:
            held.pop(count % len(held))
        try:
            block = free_block(count, held, DAY)
        except NoNumbersLeft:
            continue
        assert block.last - block.first + 1 == count
        assert kept.first <= block.first
        assert block.last <= kept.last
        assert not any(block.first <= other.last and other.first <= block.last for other in held)
        held.append(block)


def test_when_all_numbers_are_held_there_is_none_left() -> None:
    for count, held in [(1, [Block(9001, 9999)]), (2, [Block(9001, 9998)]), (1000, []), (0, [])]:
        with pytest.raises(NoNumbersLeft):
            free_block(count, held, DAY)


def test_a_gap_that_is_wide_enough_is_used_before_the_end() -> None:
    held = [Block(9031, 9050), Block(9001, 9010)]

    assert free_block(20, held, DAY) == Block(9011, 9030)
    assert free_block(21, held, DAY) == Block(9051, 9071)


def test_the_day_is_written_by_hand() -> None:
    assert put_together("H18.31", None, 9001) == "H18.31-......-9001"
    assert put_together("H18.31", DAY, 9001) == "H18.31-260302-9001"


OUTAGE = OutageFact(moment(2), moment(3))
KIT_FROM = moment(1)


@pytest.mark.parametrize(
    "moments",
    [
        pytest.param(PaperMoments(moment(2), moment(2)), id="at the very beginning"),
        pytest.param(PaperMoments(moment(2), moment(3), moment(4)), id="at the end, transferred afterwards"),
    ],
)
def test_what_happened_in_an_outage_may_be_entered_later(moments: PaperMoments) -> None:
    assert check_entry(moments, date(2026, 3, 9), [OUTAGE], kit_from=KIT_FROM, at=moment(5)) is OUTAGE


@pytest.mark.parametrize(
    ("moments", "fault"),
    [
        pytest.param(PaperMoments(moment(2), moment(2) - HOUR), EntryFault.OUT_OF_ORDER, id="accepted before"),
        pytest.param(PaperMoments(moment(2, 9), moment(2, 9), moment(2)), EntryFault.OUT_OF_ORDER, id="gone before"),
        pytest.param(PaperMoments(moment(2), moment(3, 9)), EntryFault.OUTSIDE_AN_OUTAGE, id="accepted after the end"),
        pytest.param(PaperMoments(moment(1), moment(2)), EntryFault.OUTSIDE_AN_OUTAGE, id="handed in before"),
        pytest.param(PaperMoments(moment(2), moment(6)), EntryFault.IN_THE_FUTURE, id="tomorrow"),
        pytest.param(PaperMoments(moment(2), moment(3), moment(6)), EntryFault.IN_THE_FUTURE, id="gone tomorrow"),
        pytest.param(PaperMoments(moment(1, 7), moment(1, 7)), EntryFault.BEFORE_THE_KIT, id="no such paper yet"),
        pytest.param(PaperMoments(moment(1, 7), moment(2)), EntryFault.BEFORE_THE_KIT, id="handed in before the kit"),
    ],
)
def test_what_did_not_happen_so_is_refused(moments: PaperMoments, fault: EntryFault) -> None:
    with pytest.raises(EntryRefused) as refusal:
        check_entry(moments, date(2026, 3, 9), [OUTAGE], kit_from=KIT_FROM, at=moment(5))

    assert refusal.value.fault is fault


@given(*(st.integers(0, 120) for _ in range(3)))
def test_whatever_is_entered_lies_in_order_and_within_the_outage(submitted: int, accepted: int, gone: int) -> None:
    began = moment(1)
    moments = PaperMoments(*(began + hours * HOUR for hours in (submitted, accepted, gone)))
    try:
        check_entry(moments, date(2026, 3, 20), [OUTAGE], kit_from=KIT_FROM, at=moment(5))
    except EntryRefused:
        return

    assert OUTAGE.ended_at is not None
    assert OUTAGE.began_at <= moments.submitted_at <= moments.accepted_at <= OUTAGE.ended_at
    assert moments.accepted_at <= began + gone * HOUR <= moment(5)


def test_a_promise_before_the_acceptance_is_a_slip_of_the_pen() -> None:
    moments = PaperMoments(moment(2), moment(2))

    with pytest.raises(EntryRefused) as refusal:
        check_entry(moments, date(2026, 3, 1), [OUTAGE], kit_from=KIT_FROM, at=moment(5))

    assert refusal.value.fault is EntryFault.DUE_BEFORE_ACCEPTANCE


def test_while_an_outage_lasts_what_has_happened_in_it_may_be_entered() -> None:
    lasting = OutageFact(moment(2), None)

    found = check_entry(
        PaperMoments(moment(2), moment(4)), date(2026, 3, 9), [OUTAGE, lasting], kit_from=KIT_FROM, at=moment(5)
    )

    assert found is lasting


@pytest.mark.parametrize(
    ("outage", "fault"),
    [
        pytest.param(OutageFact(moment(4), None), None, id="lasting"),
        pytest.param(OutageFact(moment(4), moment(4, 9)), None, id="over"),
        pytest.param(OutageFact(moment(6), None), OutageFault.IN_THE_FUTURE, id="not begun"),
        pytest.param(OutageFact(moment(4), moment(6)), OutageFault.IN_THE_FUTURE, id="not over"),
        pytest.param(OutageFact(moment(4), moment(4)), OutageFault.ENDS_BEFORE_IT_BEGINS, id="no time at all"),
        pytest.param(OutageFact(moment(1, month=2), moment(2, month=2)), OutageFault.TOO_LONG_AGO, id="32 days ago"),
        pytest.param(OutageFact(moment(3), moment(4)), OutageFault.OVERLAPS, id="touches another"),
        pytest.param(OutageFact(moment(1), None), OutageFault.OVERLAPS, id="holds another"),
    ],
)
def test_which_outages_may_be_declared(outage: OutageFact, fault: OutageFault | None) -> None:
    assert outage_fault(outage, [OUTAGE], at=moment(5)) is fault


def test_a_lasting_outage_overlaps_whatever_comes_after() -> None:
    assert (
        outage_fault(OutageFact(moment(4), None), [OutageFact(moment(2), None)], at=moment(5)) is OutageFault.OVERLAPS
    )


@pytest.mark.parametrize(
    ("ended_at", "entered", "fault"),
    [
        pytest.param(moment(4), [moment(3)], None, id="after all that was entered"),
        pytest.param(moment(6), [], OutageFault.IN_THE_FUTURE, id="tomorrow"),
        pytest.param(moment(2), [], OutageFault.ENDS_BEFORE_IT_BEGINS, id="no time at all"),
        pytest.param(moment(3), [moment(3, 9)], OutageFault.LEAVES_OUT_ENTERED, id="before something entered"),
    ],
)
def test_when_an_outage_may_end(ended_at: datetime, entered: list[datetime], fault: OutageFault | None) -> None:
    assert ending_fault(moment(2), ended_at, entered, at=moment(5)) is fault


COUNTED = due_moment(moment(2), FIVE_DAYS, CALENDAR)


def test_the_day_that_was_counted_changes_nothing() -> None:
    assert COUNTED.due_at.date() == date(2026, 3, 9)
    assert as_written(COUNTED, date(2026, 3, 9), CALENDAR) == COUNTED


@pytest.mark.parametrize(
    ("written_on", "due_on"),
    [
        pytest.param(date(2026, 3, 6), date(2026, 3, 6), id="sooner"),
        pytest.param(date(2026, 3, 11), date(2026, 3, 11), id="later"),
        pytest.param(date(2026, 3, 14), date(2026, 3, 16), id="a Saturday"),
    ],
)
def test_the_day_on_the_paper_binds_and_the_derivation_says_so(written_on: date, due_on: date) -> None:
    given_on_paper = as_written(COUNTED, written_on, CALENDAR)

    assert given_on_paper.due_at == datetime.combine(due_on, CALENDAR.hours_on(due_on).closes, HANOI)
    lines = given_on_paper.derivation
    assert lines[: len(COUNTED.derivation)] == COUNTED.derivation
    said = next(line for line in lines if line.kind is LineKind.WRITTEN)
    assert said.rule_ids == ("B-25", "B-59")
    for text in (said.text_vi, said.text_en):
        assert f"{written_on:%d/%m/%Y}" in text
        assert "09/03/2026" in text
    assert (lines[-1].kind, lines[-1].on) == (LineKind.DUE, due_on)


@given(st.integers(0, 40))
def test_the_written_day_is_kept_when_the_promise_is_counted_again(days: int) -> None:
    written_on = DAY + timedelta(days=days)
    facts = ClockFacts(moment(2), Beginning.ACCEPTED, FIVE_DAYS, written_on=written_on)

    again = promise(facts, CALENDAR, CountingMode.CIVIL)

    assert again == as_written(COUNTED, written_on, CALENDAR)
    assert again.due_at.date() >= written_on


def test_the_table_promises_what_the_desk_would() -> None:
    limits = [FIVE_DAYS, TimeLimit(Decimal(10), LimitUnit.DAY)]

    rows = due_table(date(2026, 4, 24), 5, limits, TableOf(CALENDAR, CountingMode.CIVIL))

    assert [row.on for row in rows] == [date(2026, 4, 24) + timedelta(days=number) for number in range(5)]
    assert [row.is_off for row in rows] == [False, True, True, True, False]
    assert [due.date() for due in rows[0].due] == [date(2026, 5, 6), date(2026, 5, 4)]
    assert rows[1].due == ()
    for row in (row for row in rows if not row.is_off):
        at = datetime.combine(row.on, DEFAULT_HOURS.closes, HANOI)
        assert list(row.due) == [due_moment(at, limit, CALENDAR).due_at for limit in limits]


@pytest.mark.parametrize(
    ("amount", "unit", "is_there"),
    [
        ("5", LimitUnit.WORKING_DAY, True),
        ("1.5", LimitUnit.WORKING_DAY, False),
        ("0.5", LimitUnit.WORKING_DAY, False),
        ("1", LimitUnit.MONTH, True),
        ("8", LimitUnit.WORKING_HOUR, False),
        ("0", LimitUnit.SAME_DAY, False),
    ],
)
def test_only_limits_in_whole_days_stand_in_the_table(amount: str, unit: LimitUnit, is_there: bool) -> None:
    assert is_in_days(TimeLimit(Decimal(amount), unit)) is is_there


def test_taken_in_elsewhere_the_table_counts_from_the_agencys_receipt() -> None:
    table = TableOf(CALENDAR, CountingMode.CIVIL, Beginning.EXPECTED_AT_AGENCY)

    assert due_table(DAY, 1, [FIVE_DAYS], table)[0].due[0].date() == date(2026, 3, 10)


def test_a_saturday_desk_is_open_and_its_day_is_not_counted() -> None:
    """L-02: what came in on Saturday counts from Monday."""
    calendar = WorkingCalendar(hours=DEFAULT_HOURS, other_days=OtherDays.parse("T7 07:30-11:30"))

    saturday, sunday = due_table(date(2026, 3, 7), 2, [FIVE_DAYS], TableOf(calendar, CountingMode.CIVIL))

    assert (saturday.is_off, sunday.is_off) == (False, True)
    assert saturday.due[0].date() == date(2026, 3, 13)


DESK, ELSEWHERE = 1, 2


@pytest.mark.parametrize("role", Role)
def test_the_desk_enters_and_its_head_keeps_the_kits(role: Role) -> None:
    here, there = [RoleGrant(role, DESK, date(2020, 1, 1))], [RoleGrant(role, ELSEWHERE, date(2020, 1, 1))]
    ended = [RoleGrant(role, DESK, date(2020, 1, 1), DAY)]

    assert may_enter_from_paper(DESK, here, on=DAY) is (role is Role.RECEPTION_OFFICER)
    assert may_keep_paper(DESK, here, on=DAY) is (role is Role.HEAD_OF_ONE_STOP)
    assert may_see_paper(DESK, here, on=DAY) is (role in {Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
    for others in (there, ended):
        assert not may_enter_from_paper(DESK, others, on=DAY)
        assert not may_keep_paper(DESK, others, on=DAY)
        assert not may_see_paper(DESK, others, on=DAY)


@pytest.mark.parametrize(
    ("submitted", "answered", "at", "fault"),
    [
        pytest.param(moment(2), moment(3), moment(5), None, id="B-25"),
        pytest.param(moment(2), moment(2), moment(2), None, id="answered and entered at once"),
        pytest.param(moment(2), moment(3), moment(2), EntryFault.IN_THE_FUTURE, id="not yet"),
        pytest.param(moment(3), moment(2), moment(5), EntryFault.OUT_OF_ORDER, id="answered first"),
    ],
)
def test_how_an_answer_on_paper_may_be_entered_later(
    submitted: datetime, answered: datetime, at: datetime, fault: EntryFault | None
) -> None:
    lasting = OutageFact(moment(1), None)
    if fault is None:
        assert check_answer(submitted, answered, [lasting], kit_from=moment(1), at=at) is lasting
        return
    with pytest.raises(EntryRefused) as refused:
        check_answer(submitted, answered, [lasting], kit_from=moment(1), at=at)
    assert refused.value.fault is fault


@given(st.integers(1, 9), st.integers(1, 9))
def test_whatever_is_given_out_on_paper_was_there_and_within_an_outage(ready: int, given_out: int) -> None:
    outage = OutageFact(moment(3), moment(6))
    if ready <= given_out and 3 <= given_out <= 6:
        assert check_return(moment(ready), moment(given_out), [outage], at=moment(8)) is outage
        return
    is_early = given_out < ready
    wanted = EntryFault.BEFORE_THE_RESULT if is_early else EntryFault.OUTSIDE_AN_OUTAGE

    with pytest.raises(EntryRefused) as refused:
        check_return(moment(ready), moment(given_out), [outage], at=moment(8))

    assert refused.value.fault is (EntryFault.IN_THE_FUTURE if given_out > 8 else wanted)
