"""Who may entrust whom with a role, and who may file at a counter (rulebook N)."""

from datetime import date

import pytest

from motcua.rules.permissions import Role, RoleGrant, may_entrust, may_file_at

DAY = date(2026, 3, 2)
COMMUNE, CENTRE, ELSEWHERE = 1, 2, 3
ADMIN, OTHER = 10, 11


def grant(role: Role, unit_id: int, until: date | None = None) -> RoleGrant:
    return RoleGrant(role=role, unit_id=unit_id, valid_from=date(2020, 1, 1), valid_until=until)


@pytest.mark.parametrize(
    ("grants", "user_id", "may"),
    [
        pytest.param([grant(Role.ADMINISTRATOR, COMMUNE)], OTHER, True, id="in a unit below"),
        pytest.param([grant(Role.ADMINISTRATOR, CENTRE)], OTHER, True, id="in the unit itself"),
        pytest.param([grant(Role.ADMINISTRATOR, ELSEWHERE)], OTHER, False, id="in a unit elsewhere"),
        pytest.param([grant(Role.ADMINISTRATOR, COMMUNE)], ADMIN, False, id="themselves"),
        pytest.param([grant(Role.HEAD_OF_ONE_STOP, CENTRE)], OTHER, False, id="in another role"),
        pytest.param([grant(Role.ADMINISTRATOR, COMMUNE, DAY)], OTHER, False, id="on the day the role has ended"),
    ],
)
def test_an_administrator_entrusts_others_in_their_unit_and_below(
    grants: list[RoleGrant],
    user_id: int,
    may: bool,  # a column of the table
) -> None:
    assert may_entrust([CENTRE, COMMUNE], grants, actor_id=ADMIN, user_id=user_id, on=DAY) is may


@pytest.mark.parametrize(
    ("grants", "may"),
    [
        pytest.param([grant(Role.RECEPTION_OFFICER, CENTRE)], True, id="reception at the desk"),
        pytest.param([grant(Role.RECEPTION_OFFICER, ELSEWHERE)], False, id="reception elsewhere"),
        pytest.param([grant(Role.HEAD_OF_ONE_STOP, CENTRE)], False, id="the head"),
        pytest.param([grant(Role.RECEPTION_OFFICER, CENTRE, DAY)], False, id="a role that has ended"),
        pytest.param([], False, id="nobody"),
    ],
)
def test_the_desks_own_reception_officer_files_at_its_counter(
    grants: list[RoleGrant],
    may: bool,  # a column of the table
) -> None:
    assert may_file_at(CENTRE, grants, on=DAY) is may
