"""Who gives and who takes the papers that go from unit to unit."""

from datetime import date

import pytest

from motcua.rules.handing_over import GIVERS, TAKERS, Direction, may_give, may_take, roles_that_hand_over
from motcua.rules.permissions import Role, RoleGrant

HERE, ELSEWHERE, TODAY = 1, 2, date(2026, 3, 2)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("role", Role)
def test_one_role_gives_and_one_takes_each_in_its_own_unit(direction: Direction, role: Role) -> None:
    here, there = [RoleGrant(role, HERE, date(2020, 1, 1))], [RoleGrant(role, ELSEWHERE, date(2020, 1, 1))]
    ended = [RoleGrant(role, HERE, date(2020, 1, 1), TODAY)]

    assert may_give(direction, HERE, here, on=TODAY) is (role is GIVERS[direction])
    assert may_take(direction, HERE, here, on=TODAY) is (role is TAKERS[direction])
    for others in (there, ended):
        assert not may_give(direction, HERE, others, on=TODAY)
        assert not may_take(direction, HERE, others, on=TODAY)


def test_three_roles_work_with_lists() -> None:
    assert roles_that_hand_over() == {Role.RECEPTION_OFFICER, Role.DISPATCHER, Role.RECORDS_CLERK}
