"""Who may remind the holder of a dossier."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.bulk import (
    ACTION_OF,
    REVERSIBLE,
    BulkAct,
    ChangedSince,
    Deed,
    NobodyBefore,
    NotReversible,
    acts_of_roles,
    check_back,
    check_reversible,
    may_remind,
)
from motcua.rules.permissions import ROLE_FOR, Custody, Role, RoleGrant

DESK, AGENCY, ELSEWHERE = 1, 2, 3
TODAY = date(2026, 3, 2)
HELD = Custody(receiving_unit_id=DESK, competent_unit_id=AGENCY, holder_unit_id=AGENCY)
HELD_BY_NOBODY = Custody(receiving_unit_id=DESK, competent_unit_id=AGENCY)


def grant(role: Role, unit_id: int, valid_until: date | None = None) -> RoleGrant:
    return RoleGrant(role=role, unit_id=unit_id, valid_from=date(2020, 1, 1), valid_until=valid_until)


@pytest.mark.parametrize(
    ("role", "unit_id", "may"),
    [
        (Role.HEAD_OF_ONE_STOP, DESK, True),
        (Role.HEAD_OF_ONE_STOP, AGENCY, False),
        (Role.DISPATCHER, AGENCY, True),
        (Role.SIGNER, AGENCY, True),
        (Role.SIGNER, DESK, False),
        (Role.DISPATCHER, ELSEWHERE, False),
        (Role.RECEPTION_OFFICER, DESK, False),
        (Role.PROCESSING_OFFICER, AGENCY, False),
        (Role.AUDITOR, AGENCY, False),
    ],
)
def test_who_answers_for_a_dossier_may_remind(role: Role, unit_id: int, may: bool) -> None:
    assert may_remind(HELD, [grant(role, unit_id)], on=TODAY) is may


def test_a_role_that_has_ended_reminds_nobody() -> None:
    assert not may_remind(HELD, [grant(Role.SIGNER, AGENCY, valid_until=TODAY)], on=TODAY)


@given(st.lists(st.builds(grant, st.sampled_from(Role), st.sampled_from([DESK, AGENCY, ELSEWHERE]))))
def test_nobody_is_reminded_of_what_nobody_holds(grants: list[RoleGrant]) -> None:
    assert not may_remind(HELD_BY_NOBODY, grants, on=TODAY)


def test_an_act_on_many_is_an_act_on_one() -> None:
    assert {act for act in BulkAct if act in ACTION_OF} == {BulkAct.ASSIGN, BulkAct.ASSIGN_LEG, BulkAct.TRANSFER}
    assert all(action in ROLE_FOR for action in ACTION_OF.values())


@pytest.mark.parametrize(
    ("roles", "acts"),
    [
        (set(), []),
        ({Role.PROCESSING_OFFICER}, []),
        ({Role.RECEPTION_OFFICER}, [BulkAct.TRANSFER]),
        ({Role.HEAD_OF_ONE_STOP}, [BulkAct.REMIND]),
        ({Role.SIGNER}, [BulkAct.REMIND]),
        (
            {Role.DISPATCHER, Role.RECEPTION_OFFICER},
            [BulkAct.ASSIGN, BulkAct.ASSIGN_LEG, BulkAct.TRANSFER, BulkAct.REMIND],
        ),
    ],
)
def test_each_role_has_its_acts_and_everybody_notes_and_follows(roles: set[Role], acts: list[BulkAct]) -> None:
    assert acts_of_roles(roles) == (*acts, BulkAct.MEMO, BulkAct.FOLLOW)


@pytest.mark.parametrize(
    ("deed", "version", "refusal"),
    [
        pytest.param(Deed(BulkAct.ASSIGN, 7, 5), 7, None, id="nothing has happened since"),
        pytest.param(Deed(BulkAct.ASSIGN, 7, 5), 8, ChangedSince, id="something has"),
        pytest.param(Deed(BulkAct.ASSIGN, 7, None), 7, NobodyBefore, id="nobody had it before"),
        pytest.param(Deed(BulkAct.ASSIGN_LEG, 7, 5), 7, None, id="a leg goes back"),
        pytest.param(Deed(BulkAct.ASSIGN_LEG, None, 5), 7, ChangedSince, id="they had the leg already"),
        pytest.param(Deed(BulkAct.FOLLOW, 7, None), 7, None, id="following needs nobody before"),
        pytest.param(Deed(BulkAct.FOLLOW, None, None), 7, ChangedSince, id="they followed already"),
        pytest.param(Deed(BulkAct.TRANSFER, 7, None), 7, NotReversible, id="a transfer"),
        pytest.param(Deed(BulkAct.MEMO, None, None), 7, NotReversible, id="a note"),
        pytest.param(Deed(BulkAct.REMIND, None, None), 7, NotReversible, id="a reminder"),
        pytest.param(Deed(BulkAct.TAKE_BACK, 7, 5), 7, NotReversible, id="a taking back"),
    ],
)
def test_what_was_done_is_taken_back_only_where_nothing_has_happened_since(
    deed: Deed, version: int, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        check_back(deed, version)
        return
    with pytest.raises(refusal):
        check_back(deed, version)


@pytest.mark.parametrize("act", BulkAct)
def test_an_order_is_taken_back_once_it_is_over(act: BulkAct) -> None:
    with pytest.raises(NotReversible):
        check_reversible(act, is_over=False)
    if act in REVERSIBLE:
        check_reversible(act, is_over=True)


def test_taking_back_is_chosen_on_no_list() -> None:
    assert BulkAct.TAKE_BACK not in acts_of_roles(set(Role))
