from datetime import date

import pytest

from motcua.rules.entrusting_processes import ProcessAct, ProcessOffice, may_keep_process
from motcua.rules.permissions import Role, RoleGrant

PROVINCE, ITS_OFFICE, ELSEWHERE = 1, 2, 3
TODAY = date(2026, 3, 2)
OFFICE = ProcessOffice(approving_ids=frozenset({PROVINCE}), drafting_ids=frozenset({ITS_OFFICE}))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", [PROVINCE, ITS_OFFICE, ELSEWHERE])
@pytest.mark.parametrize("act", ProcessAct)
def test_the_control_officer_drafts_and_the_chairman_approves(act: ProcessAct, unit: int, role: Role) -> None:
    grants = [RoleGrant(role=role, unit_id=unit, valid_from=TODAY)]

    drafts = role is Role.PROCEDURE_CONTROL_OFFICER and unit in {PROVINCE, ITS_OFFICE} and act is ProcessAct.DRAFT
    approves = role is Role.SIGNER and unit == PROVINCE and act is ProcessAct.APPROVE
    assert may_keep_process(act, OFFICE, grants, on=TODAY) is (drafts or approves)


def test_a_role_that_has_not_begun_allows_nothing() -> None:
    tomorrow = [RoleGrant(role=Role.SIGNER, unit_id=PROVINCE, valid_from=date(2026, 3, 3))]

    assert not may_keep_process(ProcessAct.APPROVE, OFFICE, tomorrow, on=TODAY)
