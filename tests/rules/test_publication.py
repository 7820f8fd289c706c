"""Who publishes what, the way of a decision, and the deadlines C-07 and C-08."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.publication import (
    LIST_PARTS,
    ROLE_FOR_ACT,
    STATE_AFTER,
    ActNotOpen,
    DayCount,
    DecisionAct,
    DecisionState,
    Extent,
    Fault,
    Flaw,
    LineFacts,
    LineKind,
    Norm,
    PublicationOffice,
    Publisher,
    days_late,
    enter_by,
    extent_of,
    flaws,
    may_do,
    parts_beyond,
    publish_by,
    state_after,
    terms_on,
)
from motcua.rules.working_time import working_calendar

PROVINCE, ITS_OFFICE, ELSEWHERE = 1, 2, 3
TODAY = date(2026, 3, 2)
OFFICE = PublicationOffice(publishing_id=PROVINCE, preparing_ids=frozenset({ITS_OFFICE}))
BEFORE_766, SINCE_766 = terms_on(date(2022, 7, 31)), terms_on(date(2022, 8, 1))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", [PROVINCE, ITS_OFFICE, ELSEWHERE])
@pytest.mark.parametrize("act", DecisionAct)
def test_the_control_officer_prepares_and_the_chairman_publishes(act: DecisionAct, unit: int, role: Role) -> None:
    grants = [RoleGrant(role=role, unit_id=unit, valid_from=TODAY)]

    is_chairmans = act in {DecisionAct.GIVE_BACK, DecisionAct.PUBLISH}
    prepares = role is Role.PROCEDURE_CONTROL_OFFICER and unit in {PROVINCE, ITS_OFFICE} and not is_chairmans
    publishes = role is Role.SIGNER and unit == PROVINCE and is_chairmans
    assert may_do(act, OFFICE, grants, on=TODAY) is (prepares or publishes)


def test_a_role_that_has_not_begun_publishes_nothing() -> None:
    tomorrow = [RoleGrant(role=Role.SIGNER, unit_id=PROVINCE, valid_from=TODAY + timedelta(days=1))]

    assert not may_do(DecisionAct.PUBLISH, OFFICE, tomorrow, on=TODAY)


def test_every_act_has_a_role() -> None:
    assert set(ROLE_FOR_ACT) == set(DecisionAct)


@pytest.mark.parametrize("act", DecisionAct)
@pytest.mark.parametrize("state", DecisionState)
def test_only_the_acts_of_the_table_are_open(state: DecisionState, act: DecisionAct) -> None:
    if (state, act) in STATE_AFTER:
        assert state_after(state, act) is STATE_AFTER[state, act]
        return
    with pytest.raises(ActNotOpen) as refusal:
        state_after(state, act)
    assert (refusal.value.state, refusal.value.act) == (state, act)


@given(st.lists(st.sampled_from(DecisionAct)))
def test_a_published_decision_is_never_changed_again(acts: list[DecisionAct]) -> None:
    state, was_published = DecisionState.DRAFT, False
    for act in acts:
        if (state, act) in STATE_AFTER:
            assert not (was_published and act is not DecisionAct.NOTE_ENTRY)
            state = state_after(state, act)
        was_published = was_published or state is DecisionState.PUBLISHED
        assert not was_published or state is DecisionState.PUBLISHED


@pytest.mark.parametrize(
    ("publisher", "is_local", "extent"),
    [
        pytest.param(Publisher.MINISTER, False, Extent.FULL, id="the minister says all of a national one"),
        pytest.param(Publisher.MINISTER, True, None, id="and nothing of what a province regulates"),
        pytest.param(Publisher.CHAIRMAN, False, Extent.LIST, id="the chairman lists a national one"),
        pytest.param(Publisher.CHAIRMAN, True, Extent.FULL, id="and says all of what the province regulates"),
    ],
)
def test_who_publishes_how_much(publisher: Publisher, is_local: bool, extent: Extent | None) -> None:
    assert extent_of(publisher, is_local=is_local) is extent


def test_the_list_changes_terms_and_no_papers() -> None:
    changed = {"terms", "channels", "papers", "steps"}

    assert parts_beyond(Extent.LIST, changed) == {"papers", "steps"}
    assert parts_beyond(Extent.LIST, LIST_PARTS) == set()
    assert parts_beyond(Extent.FULL, changed) == set()


NEW = LineFacts(code="1.000001", kind=LineKind.NEW, is_in_force=False)
AMENDED = LineFacts(code="1.000002", kind=LineKind.AMENDED, is_in_force=True, norm="12/2026/QĐ-UBND")
ENDED = replace(AMENDED, code="1.000003", kind=LineKind.ABOLISHED)
REPLACED = replace(AMENDED, code="1.000004", kind=LineKind.REPLACED, successor="1.000001")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param(replace(NEW, is_in_force=True), Fault.ALREADY_THERE, id="new, but it is there"),
        pytest.param(replace(NEW, is_local=False), Fault.ALREADY_ENDED, id="national, but not in the catalogue"),
        pytest.param(replace(NEW, missing=frozenset({"steps"})), Fault.PARTS_MISSING, id="not complete"),
        pytest.param(replace(AMENDED, is_same=True), Fault.UNCHANGED, id="amended, but says the same"),
        pytest.param(replace(AMENDED, has_moved=True), Fault.CHANGED_MEANWHILE, id="amended by others meanwhile"),
        pytest.param(replace(AMENDED, is_withdrawn=True), Fault.ALREADY_ENDED, id="amended, but abolished"),
        pytest.param(replace(AMENDED, norm=""), Fault.NORM_MISSING, id="amended by no norm"),
        pytest.param(
            replace(AMENDED, ended_bases=frozenset({"61/2018/NĐ-CP"})), Fault.BASIS_ENDED, id="on law that has ended"
        ),
        pytest.param(replace(AMENDED, broken_groups=frozenset({"x"})), Fault.GROUP_BREAKS, id="in a linked group"),
        pytest.param(
            replace(AMENDED, long_processes=frozenset({"2"})), Fault.PROCESS_TOO_LONG, id="under a longer process"
        ),
        pytest.param(replace(ENDED, norm=""), Fault.NORM_MISSING, id="abolished by no norm"),
        pytest.param(replace(ENDED, is_withdrawn=True), Fault.ALREADY_ENDED, id="abolished twice"),
        pytest.param(REPLACED, Fault.SUCCESSOR_ENDS, id="replaced by what is not there"),
    ],
)
def test_a_line_that_cannot_be_published_says_why(line: LineFacts, fault: Fault) -> None:
    named = line.missing | line.ended_bases | line.broken_groups | line.long_processes
    assert flaws([line]) == (Flaw(fault, line.code, named),)


def test_a_decision_without_lines_says_nothing() -> None:
    assert flaws([]) == (Flaw(Fault.NO_LINES),)


def test_a_successor_is_there_or_begins_with_the_same_decision() -> None:
    assert flaws([NEW, AMENDED, ENDED, REPLACED]) == ()
    assert flaws([replace(REPLACED, is_successor_in_force=True)]) == ()


def test_a_successor_that_ends_with_the_same_decision_is_none() -> None:
    ends = replace(REPLACED, successor=ENDED.code, is_successor_in_force=True)

    assert flaws([ENDED, ends]) == (Flaw(Fault.SUCCESSOR_ENDS, REPLACED.code),)


MONDAY_16TH = Norm(effective_on=date(2026, 3, 16))


@pytest.mark.parametrize(
    ("publisher", "norm", "last_day"),
    [
        pytest.param(Publisher.CHAIRMAN, MONDAY_16TH, date(2026, 3, 9), id="five working days, over a weekend"),
        pytest.param(Publisher.MINISTER, MONDAY_16TH, date(2026, 2, 9), id="twenty, over Tết"),
        pytest.param(
            Publisher.CHAIRMAN,
            Norm(effective_on=date(2026, 3, 16), issued_on=date(2026, 3, 12), is_shortened=True),
            date(2026, 3, 15),
            id="three days after a norm of the shortened process",
        ),
    ],
)
def test_the_last_day_to_sign_in_working_days(publisher: Publisher, norm: Norm, last_day: date) -> None:
    assert SINCE_766.count is DayCount.WORKING

    assert publish_by(publisher, norm, SINCE_766, working_calendar()) == last_day


def test_decree_63_counts_days() -> None:
    norm = Norm(effective_on=date(2015, 3, 16))

    assert BEFORE_766.count is DayCount.CALENDAR
    assert publish_by(Publisher.CHAIRMAN, norm, BEFORE_766, working_calendar()) == date(2015, 3, 11)
    assert publish_by(Publisher.MINISTER, norm, BEFORE_766, working_calendar()) == date(2015, 2, 24)


def test_a_shortened_norm_without_its_day_has_no_last_day() -> None:
    norm = Norm(effective_on=date(2026, 3, 16), is_shortened=True)

    assert publish_by(Publisher.CHAIRMAN, norm, SINCE_766, working_calendar()) is None


def test_terms_of_a_day_before_every_text_are_the_first_ones() -> None:
    assert terms_on(date(2000, 1, 1)) is terms_on(date(2010, 10, 14))


@pytest.mark.parametrize(
    ("publisher", "is_shortened", "last_day"),
    [
        pytest.param(Publisher.CHAIRMAN, False, date(2026, 3, 9), id="five working days"),
        pytest.param(Publisher.MINISTER, False, date(2026, 3, 16), id="ten working days"),
        pytest.param(Publisher.CHAIRMAN, True, date(2026, 3, 4), id="two working days"),
        pytest.param(Publisher.MINISTER, True, date(2026, 3, 4), id="two working days for the minister too"),
    ],
)
def test_the_last_day_to_enter_the_database(publisher: Publisher, is_shortened: bool, last_day: date) -> None:
    calendar = working_calendar()

    assert enter_by(publisher, TODAY, SINCE_766, calendar, is_shortened=is_shortened) == last_day


@given(st.dates(date(2023, 6, 1), date(2026, 10, 1)), st.sampled_from(Publisher))
def test_exactly_so_many_working_days_lie_between(effective_on: date, publisher: Publisher) -> None:
    calendar = working_calendar()
    last_day = publish_by(publisher, Norm(effective_on), SINCE_766, calendar)

    assert last_day is not None
    assert calendar.is_working_day(last_day)
    day_before_effect = effective_on - timedelta(days=1)
    days = calendar.working_days_between(last_day - timedelta(days=1), day_before_effect)
    assert days == SINCE_766.days_before[publisher]


@given(st.dates(), st.dates())
def test_lateness_is_never_negative(due_on: date, done_on: date) -> None:
    late = days_late(due_on, done_on)

    assert (late == 0) is (done_on <= due_on)
    assert late == 0 or due_on + timedelta(days=late) == done_on
