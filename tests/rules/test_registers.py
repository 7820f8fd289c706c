"""The yearly register, as Circular 01/2018/TT-VPCP orders it."""

from datetime import date

import pytest

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.registers import closable_from, line_number, may_close_register, may_read_register

DESK, ELSEWHERE, TODAY = 1, 2, date(2027, 1, 4)


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "01"), (99, "99"), (100, "100"), (12345, "12345")], ids="R-10 {}".format
)
def test_lines_are_numbered_from_01(number: int, printed: str) -> None:
    assert line_number(number) == printed


def test_a_register_is_closed_once_its_year_is_over() -> None:
    assert closable_from(2026) == date(2027, 1, 1)


@pytest.mark.parametrize("role", Role)
def test_the_desk_reads_its_register_and_its_head_closes_it(role: Role) -> None:
    here, there = [RoleGrant(role, DESK, date(2020, 1, 1))], [RoleGrant(role, ELSEWHERE, date(2020, 1, 1))]
    ended = [RoleGrant(role, DESK, date(2020, 1, 1), date(2026, 1, 1))]

    assert may_read_register(DESK, here, on=TODAY) is (role in {Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
    assert may_close_register(DESK, here, on=TODAY) is (role is Role.HEAD_OF_ONE_STOP)
    for others in (there, ended):
        assert not may_read_register(DESK, others, on=TODAY)
        assert not may_close_register(DESK, others, on=TODAY)
