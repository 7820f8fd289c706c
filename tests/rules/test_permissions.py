from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import (
    AGENCY_ACTIONS,
    CONSULTED_ACTIONS,
    DESK_ACTIONS,
    DRAFT_ACTIONS,
    LEG_ACTIONS,
    PERSONAL_ACTIONS,
    ROLE_FOR,
    Custody,
    NotPermitted,
    Role,
    RoleGrant,
    check,
    may_act,
    may_stand_in,
)
from motcua.rules.transitions import Action

DESK, AGENCY, ELSEWHERE, ASKED, BESIDE, ME, COLLEAGUE = 1, 2, 3, 4, 5, 10, 11
TODAY = date(2026, 3, 2)
APPLICANTS = {Action.SUBMIT, Action.COMPLETE_SUPPLEMENT, Action.WITHDRAW, Action.RATE}


def grant(role: Role, unit: int, *, since: date = TODAY, until: date | None = None) -> RoleGrant:
    return RoleGrant(role=role, unit_id=unit, valid_from=since, valid_until=until)


def custody(*, assignee: int | None = None) -> Custody:
    return Custody(
        receiving_unit_id=DESK,
        competent_unit_id=AGENCY,
        holder_unit_id=AGENCY,
        assignee_id=assignee,
        consulted_unit_ids=frozenset({ASKED}),
        leg_unit_ids=frozenset({BESIDE}),
    )


def place_of(action: Action) -> int:
    if action in LEG_ACTIONS:
        return BESIDE
    return DESK if action in DESK_ACTIONS else ASKED if action in CONSULTED_ACTIONS else AGENCY


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", [DESK, AGENCY, ELSEWHERE, ASKED, BESIDE])
def test_an_act_needs_its_role_in_the_unit_where_it_is_done(action: Action, role: Role, unit: int) -> None:
    is_allowed = may_act(action, custody(), [grant(role, unit)], actor_id=ME, on=TODAY)

    assert is_allowed == (ROLE_FOR.get(action) is role and unit == place_of(action))


@pytest.mark.parametrize("action", sorted(DRAFT_ACTIONS))
def test_a_draft_answers_only_to_whoever_it_lies_before(action: Action) -> None:
    role, grants = ROLE_FOR[action], [grant(role, AGENCY) for role in (Role.DISPATCHER, Role.SIGNER)]
    other = Role.DISPATCHER if role is Role.SIGNER else Role.SIGNER

    assert may_act(action, replace(custody(), holder_role=role), grants, actor_id=ME, on=TODAY)
    assert not may_act(action, replace(custody(), holder_role=other), grants, actor_id=ME, on=TODAY)


# The role matrix of rulebook N, written out: whoever stands with nothing may never touch a dossier.
MATRIX = {
    Role.RECEPTION_OFFICER: {
        Action.REQUEST_INTAKE_SUPPLEMENT,
        Action.RECEIVE_SUPPLEMENT,
        Action.DECLINE,
        Action.ACCEPT,
        Action.TRANSFER,
        Action.HAND_OVER,
        Action.RECORD_WITHDRAWAL,
        Action.GUIDE,
        Action.SETTLE_FINANCIAL,
        Action.POST_RESULT,
        Action.RELEASE_ONLINE,
        Action.REPORT_ERROR,
        Action.CLOSE_UNANSWERED,
    },
    Role.HEAD_OF_ONE_STOP: set(),
    Role.DISPATCHER: {Action.ASSIGN, Action.APPROVE_DRAFT, Action.GIVE_BACK_DRAFT},
    Role.PROCESSING_OFFICER: {
        Action.RECORD_VERIFICATION,
        Action.REQUEST_SUPPLEMENT,
        Action.CONSULT,
        Action.ANSWER_CONSULTATION,
        Action.GO_ON_UNANSWERED,
        Action.AWAIT_FINANCIAL,
        Action.PASS_ON,
        Action.FINISH_LEG,
        Action.PROPOSE,
        Action.PROPOSE_REFUSAL,
    },
    Role.SIGNER: {
        Action.SIGN,
        Action.RETURN_FOR_REWORK,
        Action.EXTEND,
        Action.STOP,
        Action.OVERRIDE_SUPPLEMENT,
        Action.CORRECT,
    },
    Role.RECORDS_CLERK: {Action.ISSUE, Action.ISSUE_REFUSAL},
    Role.PROCEDURE_CONTROL_OFFICER: set(),
    Role.ADMINISTRATOR: set(),
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", Role)
def test_a_role_does_what_the_matrix_gives_it_and_nothing_else(role: Role) -> None:
    grants = [grant(role, DESK), grant(role, AGENCY), grant(role, ASKED), grant(role, BESIDE)]

    assert {act for act in Action if may_act(act, custody(), grants, actor_id=ME, on=TODAY)} == MATRIX[role]


def test_no_official_does_what_belongs_to_the_applicant() -> None:
    assert set(Action) - set(ROLE_FOR) == APPLICANTS


@pytest.mark.parametrize("action", sorted(AGENCY_ACTIONS))
def test_the_head_of_the_agency_acts_wherever_the_dossier_lies(action: Action) -> None:
    lies_nowhere = Custody(receiving_unit_id=DESK, competent_unit_id=AGENCY)

    assert may_act(action, lies_nowhere, [grant(Role.SIGNER, AGENCY)], actor_id=ME, on=TODAY)
    assert not may_act(action, lies_nowhere, [grant(Role.SIGNER, DESK)], actor_id=ME, on=TODAY)


@pytest.mark.parametrize("action", sorted(PERSONAL_ACTIONS))
def test_an_assigned_dossier_answers_only_to_its_own_officer(action: Action) -> None:
    grants = [grant(ROLE_FOR[action], AGENCY)]

    assert may_act(action, custody(assignee=ME), grants, actor_id=ME, on=TODAY)
    assert not may_act(action, custody(assignee=COLLEAGUE), grants, actor_id=ME, on=TODAY)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        pytest.param(date(2026, 3, 1), False, id="the day before it starts"),
        pytest.param(date(2026, 3, 2), True, id="its first day"),
        pytest.param(date(2026, 3, 8), True, id="its last day"),
        pytest.param(date(2026, 3, 9), False, id="the day it ends, exclusive"),
    ],
)
def test_a_grant_holds_from_its_first_day_until_the_day_before_its_end(day: date, holds: bool) -> None:
    assert grant(Role.SIGNER, AGENCY, since=date(2026, 3, 2), until=date(2026, 3, 9)).holds_on(day) is holds


def test_a_refusal_names_the_act() -> None:
    with pytest.raises(NotPermitted, match="SIGN is not permitted") as refused:
        check(Action.SIGN, custody(), [], actor_id=ME, on=TODAY)

    assert refused.value.action is Action.SIGN


def test_a_granted_act_passes() -> None:
    check(Action.SIGN, custody(), [grant(Role.SIGNER, AGENCY)], actor_id=ME, on=TODAY)


@given(
    roles=st.lists(st.tuples(st.sampled_from(Role), st.sampled_from([DESK, AGENCY, ELSEWHERE])), max_size=5),
    action=st.sampled_from(Action),
    days=st.integers(1, 400),
)
def test_an_expired_grant_gives_nothing(roles: list[tuple[Role, int]], action: Action, days: int) -> None:
    grants = [grant(role, unit, since=date(2020, 1, 1), until=TODAY) for role, unit in roles]

    assert not may_act(action, custody(), grants, actor_id=ME, on=TODAY + timedelta(days=days))


def test_a_deputy_acts_on_what_is_assigned_to_the_absent_colleague_and_no_other() -> None:
    lent = RoleGrant(Role.PROCESSING_OFFICER, AGENCY, TODAY, of_user_id=COLLEAGUE)

    assert may_act(Action.PROPOSE, custody(assignee=COLLEAGUE), [lent], actor_id=ME, on=TODAY)
    assert not may_act(Action.PROPOSE, custody(assignee=ASKED), [lent], actor_id=ME, on=TODAY)


@pytest.mark.parametrize(
    ("absent", "deputy", "may"),
    [
        pytest.param([(Role.SIGNER, AGENCY)], [(Role.DISPATCHER, AGENCY)], True, id="colleagues"),
        pytest.param([(Role.SIGNER, AGENCY)], [(Role.SIGNER, DESK)], False, id="of another unit"),
        pytest.param([(Role.ADMINISTRATOR, AGENCY)], [(Role.SIGNER, AGENCY)], False, id="whoever runs the system"),
        pytest.param([(Role.SIGNER, AGENCY)], [], False, id="no official"),
    ],
)
def test_who_may_stand_in(absent: list[tuple[Role, int]], deputy: list[tuple[Role, int]], may: bool) -> None:
    of_absent = [grant(role, unit) for role, unit in absent]
    of_deputy = [grant(role, unit) for role, unit in deputy]

    assert may_stand_in(of_absent, of_deputy, from_day=TODAY) is may
