from datetime import timedelta

import pytest

from motcua.demo.commands.petitions import live_petitions
from motcua.organisations.models import Unit
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.petitions.queries.work import petition_list
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.petitions import PetitionStage
from tests.make import LONG_AGO, MONDAY, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
UNTIL = MONDAY + timedelta(days=60)


def founded(code: str, kind: str) -> Unit:
    unit = make_unit(name=f"Nơi {code}", kind=kind, level="COMMUNE" if kind == "WARD" else "PROVINCE")
    unit.code = code
    unit.save()
    for role in (Role.DISPATCHER, Role.PROCESSING_OFFICER, Role.SIGNER):
        make_officer(role, unit)
    return unit


def test_people_write_to_every_unit_that_has_people_and_every_stage_is_there() -> None:
    units = {"H18": "PROVINCE", "H18.31": "WARD", "H18.34": "WARD", "H18.07": "DEPARTMENT", "H18.06": "DEPARTMENT"}
    province, *_ = (founded(code, kind) for code, kind in units.items())
    citizen = make_user(full_name="Lò Thị Demo")

    count = live_petitions(citizen, UNTIL)
    again = live_petitions(citizen, UNTIL)

    assert count == again == 11
    there = set(Petition.objects.values_list("stage_name", flat=True))
    assert there == {stage.value for stage in PetitionStage} - {PetitionStage.UNCONFIRMED.value}
    assert PublishedAnswer.objects.public().count() == 2
    reader = RoleGrant(Role.PROCEDURE_CONTROL_OFFICER, province.pk, LONG_AGO)
    everything = petition_list([reader], which="ALL", number=1, at=UNTIL)
    assert len(everything.rows) == 11
    assert everything.overdue_count >= 1
    assert any(row.is_repeated for row in everything.rows)
    assert Petition.objects.exclude(followed_up_at=None).exists()


def test_where_nobody_works_nobody_writes() -> None:
    make_unit()

    assert live_petitions(None, UNTIL) == 0
