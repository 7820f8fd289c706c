"""Reviewing a procedure: what is asked of its parts, which act leads where, who may do it (C-03, C-14, C-15)."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import (
    BY_THE_CHAIRMAN,
    NEXT,
    Findings,
    Lack,
    Question,
    ReviewAct,
    ReviewNotThere,
    ReviewOffice,
    ReviewState,
    TimeCut,
    Verdict,
    is_late,
    is_plan_late,
    lacks,
    may_review,
    questions,
    state_after,
    time_cut,
)

TODAY = date(2026, 3, 2)
PROVINCE, DEPARTMENT, ELSEWHERE = 1, 2, 3
OFFICE = ReviewOffice(preparing_ids=frozenset({PROVINCE, DEPARTMENT}), approving_ids=frozenset({PROVINCE}))
KEPT = dict.fromkeys(Part, Verdict.KEEP)
AMENDED = {**KEPT, Part.PAPERS: Verdict.AMEND}


def having(verdicts: dict[Part, Verdict], *counted: str) -> Findings:
    return Findings(verdicts, has_cost_before="before" in counted, has_cost_after="after" in counted)


def test_a_procedure_has_thirteen_parts() -> None:
    assert len(Part) == 13


def test_each_question_is_asked_of_some_part_and_the_first_two_of_all() -> None:
    assert {question for part in Part for question in questions(part)} == set(Question)
    assert all(questions(part)[:2] == (Question.NECESSITY, Question.LEGALITY) for part in Part)


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (Part.PAPERS, Question.DATA),
        (Part.LIMIT, Question.SHORTEST),
        (Part.AGENCIES, Question.LOWEST),
    ],
)
def test_a_part_is_asked_its_own_question(part: Part, asked: Question) -> None:
    assert questions(part) == (Question.NECESSITY, Question.LEGALITY, asked)


@pytest.mark.parametrize(
    ("findings", "outcome", "found"),
    [
        pytest.param(having(KEPT, "before"), Verdict.KEEP, (), id="all kept"),
        pytest.param(having(AMENDED, "before", "after"), Verdict.AMEND, (), id="one part amended"),
        pytest.param(having(KEPT, "before"), Verdict.ABOLISH, (), id="abolished, costs nothing after"),
        pytest.param(
            having({Part.NAME: Verdict.KEEP}),
            Verdict.KEEP,
            (Lack.PART_OPEN, Lack.COST_BEFORE_MISSING),
            id="hardly begun",
        ),
        pytest.param(having(AMENDED, "before"), Verdict.AMEND, (Lack.COST_AFTER_MISSING,), id="no cost after"),
        pytest.param(having(AMENDED, "before"), Verdict.KEEP, (Lack.KEPT_THOUGH_CHANGED,), id="kept and amended"),
        pytest.param(
            having(KEPT, "before", "after"), Verdict.AMEND, (Lack.CHANGED_THOUGH_KEPT,), id="amended, all kept"
        ),
    ],
)
def test_what_a_proposal_lacks(findings: Findings, outcome: Verdict, found: tuple[Lack, ...]) -> None:
    assert lacks(findings, outcome) == found


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("act", ReviewAct)
def test_an_act_leads_where_the_table_says_or_is_refused(state: ReviewState, act: ReviewAct) -> None:
    if act in NEXT[state]:
        assert state_after(state, act, Verdict.AMEND) is NEXT[state][act]
        return
    with pytest.raises(ReviewNotThere) as refused:
        state_after(state, act)
    assert (refused.value.state, refused.value.act) == (state, act)


def test_approving_to_keep_everything_ends_the_review() -> None:
    assert state_after(ReviewState.PROPOSED, ReviewAct.APPROVE, Verdict.KEEP) is ReviewState.KEPT


def test_every_state_can_be_reached() -> None:
    reached = {ReviewState.PLANNED, ReviewState.KEPT} | {end for ways in NEXT.values() for end in ways.values()}

    assert reached == set(ReviewState)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", [PROVINCE, DEPARTMENT, ELSEWHERE])
@pytest.mark.parametrize("act", ReviewAct)
def test_the_control_officer_prepares_and_the_chairman_of_the_province_decides(
    act: ReviewAct, unit: int, role: Role
) -> None:
    grants = [RoleGrant(role=role, unit_id=unit, valid_from=TODAY)]

    prepares = role is Role.PROCEDURE_CONTROL_OFFICER and unit != ELSEWHERE and act not in BY_THE_CHAIRMAN
    decides = role is Role.SIGNER and unit == PROVINCE and act in BY_THE_CHAIRMAN
    assert may_review(act, OFFICE, grants, on=TODAY) is (prepares or decides)


def test_a_role_that_has_not_begun_allows_nothing() -> None:
    tomorrow = [RoleGrant(role=Role.SIGNER, unit_id=PROVINCE, valid_from=date(2026, 3, 3))]

    assert not may_review(ReviewAct.APPROVE, OFFICE, tomorrow, on=TODAY)


@pytest.mark.parametrize(
    ("state", "on", "late"),
    [
        (ReviewState.PLANNED, date(2026, 6, 30), False),
        (ReviewState.PLANNED, date(2026, 7, 1), True),
        (ReviewState.UNDER_REVIEW, date(2026, 7, 1), True),
        (ReviewState.GIVEN_BACK, date(2026, 7, 1), True),
        (ReviewState.PROPOSED, date(2026, 12, 1), False),
        (ReviewState.APPROVED, date(2026, 9, 15), False),
        (ReviewState.APPROVED, date(2026, 9, 16), True),
        (ReviewState.IN_FORCE, date(2027, 9, 16), False),
        (ReviewState.KEPT, date(2027, 9, 16), False),
        (ReviewState.DROPPED, date(2027, 9, 16), False),
    ],
)
def test_when_a_review_is_late(state: ReviewState, on: date, late: bool) -> None:
    assert is_late(state, ends_on=date(2026, 6, 30), follow_up_on=date(2026, 9, 15), on=on) is late


def test_without_a_day_for_it_an_approved_review_is_never_late() -> None:
    assert not is_late(ReviewState.APPROVED, ends_on=TODAY, follow_up_on=None, on=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("issued_on", "on", "late"),
    [
        pytest.param(None, date(2026, 1, 31), False, id="last day"),
        pytest.param(None, date(2026, 2, 1), True, id="waits too long"),
        pytest.param(date(2026, 1, 31), date(2026, 6, 1), False, id="issued on the last day"),
        pytest.param(date(2026, 2, 1), date(2026, 6, 1), True, id="issued late"),
    ],
)
def test_when_a_plan_is_late(issued_on: date | None, on: date, late: bool) -> None:
    assert is_plan_late(due_on=date(2026, 1, 31), issued_on=issued_on, on=on) is late


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("15", "10", TimeCut(Decimal(5), Decimal("33.33"))),
        ("15", "15", TimeCut(Decimal(0), Decimal("0.00"))),
        ("10", "12", TimeCut(Decimal(-2), Decimal("-20.00"))),
        ("3", "1", TimeCut(Decimal(2), Decimal("66.67"))),
        ("0", "0", None),
    ],
)
def test_what_is_cut_from_the_limit_of_the_law(before: str, after: str, found: TimeCut | None) -> None:
    assert time_cut(Decimal(before), Decimal(after)) == found
