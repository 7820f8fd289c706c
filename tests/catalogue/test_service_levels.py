"""Levels of online service as they are set, and the targets of a year (D-01 to D-04)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.catalogue.commands.service_levels import (
    LaterLevel,
    LevelNotInScheme,
    LevelSetting,
    MayNotKeepLevels,
    set_level,
)
from motcua.catalogue.commands.service_targets import set_target
from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.kernel.models import EventRecord
from motcua.rules.service_levels import Level
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db

NEW = date(2026, 7, 1)
PARTIAL = LevelSetting(Level.PARTIAL, date(2023, 1, 1), "Quyết định 1/QĐ-UBND")
FULL = LevelSetting(Level.FULL, NEW, "Quyết định 2/QĐ-UBND")


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


@pytest.fixture
def procedure() -> Procedure:
    return make_procedure()


def told(kind: str) -> int:
    return EventRecord.objects.filter(kind=kind).count()


def target(percent: int = 80) -> ServiceTarget:
    return ServiceTarget(year=2026, metric="FULL_SERVICES", percent=percent, source="Kế hoạch của tỉnh")


def test_a_level_ends_the_one_before(place: ReviewingProvince, procedure: Procedure) -> None:
    set_level(procedure=procedure, setting=PARTIAL, actor=place.keeper, at=MONDAY)
    set_level(procedure=procedure, setting=FULL, actor=place.keeper, at=MONDAY)
    rows = procedure.service_levels.order_by("valid_from").values_list("level", "valid_from", "valid_until")
    assert list(rows) == [("PARTIAL", date(2023, 1, 1), NEW), ("FULL", NEW, None)]
    assert told("ServiceLevelSet") == 2


def test_a_procedure_is_full_and_proactive_at_once(place: ReviewingProvince, procedure: Procedure) -> None:
    proactive = LevelSetting(Level.PROACTIVE_2, date(2026, 8, 1), "Quyết định 3/QĐ-UBND")
    for setting in (FULL, proactive, replace(proactive, level=Level.PROACTIVE_3, valid_from=date(2026, 9, 1))):
        set_level(procedure=procedure, setting=setting, actor=place.keeper, at=MONDAY)
    rows = procedure.service_levels.order_by("valid_from").values_list("axis", "level", "valid_until")
    assert list(rows) == [
        ("EXTENT", "FULL", None),
        ("PROACTIVE", "PROACTIVE_2", date(2026, 9, 1)),
        ("PROACTIVE", "PROACTIVE_3", None),
    ]
    assert procedure.service_levels.on(date(2026, 8, 31)).count() == 2


def test_a_unit_has_levels_of_its_own(place: ReviewingProvince, procedure: Procedure) -> None:
    set_level(procedure=procedure, setting=FULL, actor=place.keeper, at=MONDAY)
    own = LevelSetting(Level.PARTIAL, NEW, "Quyết định 3/QĐ-UBND", place.department)
    set_level(procedure=procedure, setting=own, actor=place.keeper, at=MONDAY)
    assert procedure.service_levels.filter(valid_until=None).count() == 2
    assert EventRecord.objects.filter(kind="ServiceLevelSet").latest("pk").payload["unit"] == place.department.code


def test_the_same_twice_is_set_once(place: ReviewingProvince, procedure: Procedure) -> None:
    first = set_level(procedure=procedure, setting=FULL, actor=place.keeper, at=MONDAY)
    assert set_level(procedure=procedure, setting=FULL, actor=place.keeper, at=MONDAY) == first
    assert told("ServiceLevelSet") == 1


def test_what_is_refused(place: ReviewingProvince, procedure: Procedure) -> None:
    set_level(procedure=procedure, setting=FULL, actor=place.keeper, at=MONDAY)
    with pytest.raises(LaterLevel) as refused:
        set_level(procedure=procedure, setting=PARTIAL, actor=place.keeper, at=MONDAY)
    assert refused.value.valid_from == NEW
    legacy = LevelSetting(Level.LEGACY_4, NEW, "Quyết định 3/QĐ-UBND")
    with pytest.raises(LevelNotInScheme):
        set_level(procedure=procedure, setting=legacy, actor=place.keeper, at=MONDAY)
    assert told("ServiceLevelSet") == 1


@pytest.mark.parametrize("who", ["focal", "chairman", "head"])
def test_only_the_control_officer_of_the_province(who: str, place: ReviewingProvince, procedure: Procedure) -> None:
    actor: User = getattr(place, who)
    with pytest.raises(MayNotKeepLevels):
        set_level(procedure=procedure, setting=FULL, actor=actor, at=MONDAY)
    with pytest.raises(MayNotKeepLevels):
        set_target(target=target(), actor=actor, at=MONDAY)
    assert not ServiceLevel.objects.exists()
    assert not ServiceTarget.objects.exists()


def test_the_database_holds_levels_apart(place: ReviewingProvince, procedure: Procedure) -> None:
    set_level(procedure=procedure, setting=PARTIAL, actor=place.keeper, at=MONDAY)
    with pytest.raises(IntegrityError, match="service_level_axis_never_overlaps"), transaction.atomic():
        ServiceLevel.objects.create(procedure=procedure, level="FULL", valid_from=NEW, ground="Quyết định 2")


def test_a_target_is_replaced(place: ReviewingProvince) -> None:
    set_target(target=target(), actor=place.keeper, at=MONDAY)
    set_target(target=target(), actor=place.keeper, at=MONDAY)
    assert told("ServiceTargetSet") == 1
    set_target(target=target(90), actor=place.keeper, at=MONDAY)
    assert ServiceTarget.objects.get().percent == 90
    assert told("ServiceTargetSet") == 2
