from datetime import date

import pytest

from motcua.rules.news import (
    EditionStage,
    NewsAct,
    NewsActNotOpen,
    may_do,
    open_acts,
    roles_for,
    rules_on,
    stage_after,
    units_of,
    works_with_news,
)
from motcua.rules.permissions import Role, RoleGrant

DAY = date(2026, 3, 2)
UNIT = 7


def grant(role: Role, unit_id: int = UNIT) -> RoleGrant:
    return RoleGrant(role, unit_id, date(2026, 1, 1))


WRITER, APPROVER = grant(Role.PROCEDURE_CONTROL_OFFICER), grant(Role.SIGNER)


@pytest.mark.parametrize(
    ("stage", "act", "after"),
    [
        (EditionStage.DRAFT, NewsAct.WRITE, EditionStage.DRAFT),
        (EditionStage.DRAFT, NewsAct.SUBMIT, EditionStage.SUBMITTED),
        (EditionStage.SUBMITTED, NewsAct.GIVE_BACK, EditionStage.DRAFT),
        (EditionStage.SUBMITTED, NewsAct.PUBLISH, EditionStage.PUBLISHED),
        (EditionStage.PUBLISHED, NewsAct.CORRECT, EditionStage.PUBLISHED),
        (EditionStage.PUBLISHED, NewsAct.WITHDRAW, EditionStage.PUBLISHED),
    ],
)
def test_an_act_leads_from_stage_to_stage(stage: EditionStage, act: NewsAct, after: EditionStage) -> None:
    assert act in open_acts(stage)
    assert stage_after(stage, act) is after


@pytest.mark.parametrize(
    ("stage", "act"),
    [
        (EditionStage.PUBLISHED, NewsAct.WRITE),
        (EditionStage.SUBMITTED, NewsAct.WRITE),
        (EditionStage.DRAFT, NewsAct.PUBLISH),
        (EditionStage.DRAFT, NewsAct.WITHDRAW),
    ],
)
def test_nothing_is_published_unsubmitted_nor_changed_once_it_is_out(stage: EditionStage, act: NewsAct) -> None:
    with pytest.raises(NewsActNotOpen) as refused:
        stage_after(stage, act)

    assert (refused.value.act, refused.value.stage) == (act, stage)


def test_a_writer_writes_in_their_unit_alone() -> None:
    assert may_do(NewsAct.WRITE, UNIT, [WRITER], on=DAY)
    assert not may_do(NewsAct.WRITE, UNIT + 1, [WRITER], on=DAY)
    assert not may_do(NewsAct.WRITE, UNIT, [WRITER], on=date(2025, 12, 31))
    assert not may_do(NewsAct.PUBLISH, UNIT, [WRITER], on=DAY, actor_id=1)


def test_whoever_wrote_it_does_not_approve_it_whatever_they_hold() -> None:
    both = [WRITER, APPROVER]

    assert may_do(NewsAct.PUBLISH, UNIT, both, on=DAY, actor_id=1, hands={2})
    assert not may_do(NewsAct.PUBLISH, UNIT, both, on=DAY, actor_id=1, hands={1, 2})
    assert may_do(NewsAct.GIVE_BACK, UNIT, both, on=DAY, actor_id=1, hands={1})


def test_sections_are_kept_by_the_officer_of_procedure_control_alone() -> None:
    assert may_do(NewsAct.KEEP_SECTIONS, UNIT, [WRITER], on=DAY)
    assert not may_do(NewsAct.KEEP_SECTIONS, UNIT, [grant(Role.DISPATCHER)], on=DAY)


def test_the_rules_are_those_of_the_day() -> None:
    assert rules_on(DAY).comment_length == 500
    assert rules_on(date(1999, 1, 1)) == rules_on(DAY)
    assert roles_for(NewsAct.MODERATE, DAY) == rules_on(DAY).writers
    assert works_with_news(DAY) == rules_on(DAY).writers | rules_on(DAY).approvers


def test_the_units_are_those_where_a_role_is_held_now() -> None:
    grants = [WRITER, grant(Role.AUDITOR, 9), RoleGrant(Role.SIGNER, 8, date(2026, 1, 1), date(2026, 2, 1))]

    assert units_of(grants, {Role.PROCEDURE_CONTROL_OFFICER, Role.SIGNER}, on=DAY) == {UNIT}
