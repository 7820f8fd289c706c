from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.permissions import (
    AGENCY_ACTIONS,
    DRAFT_ACTIONS,
    PERSONAL_ACTIONS,
    ROLE_FOR,
    Custody,
    LegHands,
    NotPermitted,
    Role,
    RoleGrant,
    check,
    may_act,
    may_configure,
    may_stand_in,
)
from motcua.rules.transitions import (
    BEFORE_ACCEPTANCE,
    FINAL,
    LEGS_RUN,
    WAITING_FOR_APPLICANT,
    Action,
    Status,
    open_actions,
)

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
        legs=frozenset({LegHands(BESIDE)}),
    )


# The whole matrix, written out: each act, whose it is, where, and in which statuses. Whatever does not stand here is
# refused, to every role in every unit in every status.
AT_INTAKE = "SUBMITTED INTAKE_SUPPLEMENT"
UNDER_WAY = "TRANSFERRED IN_PROGRESS SUPPLEMENT CONSULTING FINANCIAL PENDING_SIGN"
TABLE = f"""
GUIDE                      RECEPTION_OFFICER  DESK    {AT_INTAKE}
REQUEST_INTAKE_SUPPLEMENT  RECEPTION_OFFICER  DESK    SUBMITTED
RECEIVE_SUPPLEMENT         RECEPTION_OFFICER  DESK    INTAKE_SUPPLEMENT SUPPLEMENT
DECLINE                    RECEPTION_OFFICER  DESK    SUBMITTED
ACCEPT                     RECEPTION_OFFICER  DESK    SUBMITTED
SETTLE_AT_ONCE             RECEPTION_OFFICER  DESK    ACCEPTED
TRANSFER                   RECEPTION_OFFICER  DESK    ACCEPTED
ASSIGN                     DISPATCHER         AGENCY  TRANSFERRED IN_PROGRESS
ASSIGN_LEG                 DISPATCHER         BESIDE  IN_PROGRESS SUPPLEMENT CONSULTING FINANCIAL
RECORD_VERIFICATION        PROCESSING_OFFICER AGENCY  IN_PROGRESS
REQUEST_SUPPLEMENT         PROCESSING_OFFICER AGENCY  IN_PROGRESS
OVERRIDE_SUPPLEMENT        SIGNER             AGENCY  IN_PROGRESS
CONSULT                    PROCESSING_OFFICER AGENCY  IN_PROGRESS CONSULTING
ANSWER_CONSULTATION        PROCESSING_OFFICER ASKED   CONSULTING
GO_ON_UNANSWERED           PROCESSING_OFFICER AGENCY  CONSULTING
AWAIT_FINANCIAL            PROCESSING_OFFICER AGENCY  IN_PROGRESS
SETTLE_FINANCIAL           RECEPTION_OFFICER  DESK    FINANCIAL
EXTEND                     SIGNER             AGENCY  TRANSFERRED IN_PROGRESS CONSULTING PENDING_SIGN SIGNED
PASS_ON                    PROCESSING_OFFICER AGENCY  IN_PROGRESS
FINISH_LEG                 PROCESSING_OFFICER BESIDE  IN_PROGRESS SUPPLEMENT CONSULTING FINANCIAL
PROPOSE                    PROCESSING_OFFICER AGENCY  IN_PROGRESS
PROPOSE_REFUSAL            PROCESSING_OFFICER AGENCY  IN_PROGRESS
APPROVE_DRAFT              DISPATCHER         AGENCY  PENDING_SIGN
GIVE_BACK_DRAFT            DISPATCHER         AGENCY  PENDING_SIGN
RETURN_FOR_REWORK          SIGNER             AGENCY  PENDING_SIGN
SIGN                       SIGNER             AGENCY  PENDING_SIGN
ISSUE                      RECORDS_CLERK      AGENCY  SIGNED
ISSUE_REFUSAL              RECORDS_CLERK      AGENCY  SIGNED
HAND_OVER                  RECEPTION_OFFICER  DESK    DONE REFUSED
POST_RESULT                RECEPTION_OFFICER  DESK    DONE REFUSED
RELEASE_ONLINE             RECEPTION_OFFICER  DESK    DONE REFUSED
REPORT_ERROR               RECEPTION_OFFICER  DESK    DONE RETURNED IMMEDIATE_DONE
CORRECT                    SIGNER             AGENCY  CORRECTING
RECORD_WITHDRAWAL          RECEPTION_OFFICER  DESK    {AT_INTAKE} ACCEPTED {UNDER_WAY}
STOP                       SIGNER             AGENCY  {UNDER_WAY}
CLOSE_UNANSWERED           RECEPTION_OFFICER  DESK    INTAKE_SUPPLEMENT SUPPLEMENT
"""
PLACES = {"DESK": DESK, "AGENCY": AGENCY, "ELSEWHERE": ELSEWHERE, "ASKED": ASKED, "BESIDE": BESIDE}
ALLOWED = {
    (act, role, place, status)
    for act, role, place, *statuses in (line.split() for line in TABLE.splitlines() if line)
    for status in statuses
}


def custody_in(status: Status) -> Custody:
    """Where a dossier lies in `status`, as the commands have it: at the desk, with the agency, with nobody."""
    is_theirs = status in FINAL | WAITING_FOR_APPLICANT
    is_at_desk = status in BEFORE_ACCEPTANCE | {Status.ACCEPTED, Status.DONE, Status.REFUSED}
    holder = None if is_theirs else DESK if is_at_desk else AGENCY
    return replace(
        custody(),
        holder_unit_id=holder,
        consulted_unit_ids=frozenset({ASKED} if status is Status.CONSULTING else ()),
        legs=frozenset({LegHands(BESIDE)} if status in LEGS_RUN else ()),
    )


def test_every_act_in_every_status_is_for_one_role_in_one_unit_and_refused_to_all_others() -> None:
    met = {
        (act.value, role.value, place, status.value)
        for status in Status
        for act in open_actions(status)
        for role in Role
        for place, unit in PLACES.items()
        if may_act(act, custody_in(status), [grant(role, unit)], actor_id=ME, on=TODAY)
    }

    assert (sorted(met - ALLOWED), sorted(ALLOWED - met)) == ([], [])


def test_an_act_needs_its_role_in_the_unit_where_it_is_done_whatever_the_status() -> None:
    where = {(act, role, place) for act, role, place, _ in ALLOWED}
    met = {
        (act.value, role.value, place)
        for act in Action
        for role in Role
        for place, unit in PLACES.items()
        if may_act(act, custody(), [grant(role, unit)], actor_id=ME, on=TODAY)
    }

    assert (sorted(met - where), sorted(where - met)) == ([], [])


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
        Action.SETTLE_AT_ONCE,
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
    Role.DISPATCHER: {Action.ASSIGN, Action.ASSIGN_LEG, Action.APPROVE_DRAFT, Action.GIVE_BACK_DRAFT},
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
    Role.LEGAL_OFFICER: set(),
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


def test_a_leg_given_to_an_officer_answers_only_to_them_and_to_whoever_acts_in_their_place() -> None:
    given = replace(custody(), legs=frozenset({LegHands(BESIDE, COLLEAGUE)}))
    own = grant(Role.PROCESSING_OFFICER, BESIDE)
    lent = replace(own, of_user_id=COLLEAGUE)

    assert not may_act(Action.FINISH_LEG, given, [own], actor_id=ME, on=TODAY)
    assert may_act(Action.FINISH_LEG, given, [own], actor_id=COLLEAGUE, on=TODAY)
    assert may_act(Action.FINISH_LEG, given, [lent], actor_id=ME, on=TODAY)
    assert may_act(Action.ASSIGN_LEG, given, [grant(Role.DISPATCHER, BESIDE)], actor_id=ME, on=TODAY)


def test_of_two_legs_each_answers_in_its_own_unit() -> None:
    both = replace(custody(), legs=frozenset({LegHands(BESIDE, COLLEAGUE), LegHands(ASKED)}))

    assert may_act(Action.FINISH_LEG, both, [grant(Role.PROCESSING_OFFICER, ASKED)], actor_id=ME, on=TODAY)
    assert not may_act(Action.FINISH_LEG, both, [grant(Role.PROCESSING_OFFICER, BESIDE)], actor_id=ME, on=TODAY)


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


@pytest.mark.parametrize(
    ("own", "may"),
    [
        (grant(Role.ADMINISTRATOR, AGENCY), True),
        (grant(Role.ADMINISTRATOR, DESK), False),
        (grant(Role.SIGNER, AGENCY), False),
        (grant(Role.ADMINISTRATOR, AGENCY, since=TODAY + timedelta(days=1)), False),
        (grant(Role.ADMINISTRATOR, AGENCY, since=TODAY - timedelta(days=9), until=TODAY), False),
    ],
)
def test_only_an_administrator_of_the_province_sets_it_up(own: RoleGrant, *, may: bool) -> None:
    assert may_configure([AGENCY], [own], on=TODAY) is may
