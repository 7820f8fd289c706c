"""Groups of procedures that are applied for at once: published once, dated, offered where every leg is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.catalogue.commands.publish_linked_group import (
    GroupDefinition,
    GroupUnsound,
    LegDefinition,
    ProcedureNotInForce,
    SharingUnsound,
    publish_linked_group,
)
from motcua.catalogue.linked_groups import group_offers, groups_found, groups_of_life_event
from motcua.catalogue.models import LinkedGroup, Offering
from motcua.kernel.models import EventRecord
from tests.linked import make_group
from tests.make import LONG_AGO, MONDAY, make_procedure, make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def leg(procedure: str, *needs: int, results: dict[int, int] | None = None) -> LegDefinition:
    return LegDefinition(procedure, needs, {}, {}, results or {})


def definition(**more: object) -> GroupDefinition:
    first, second = make_procedure(), make_procedure()
    plain = GroupDefinition("nhom", "Nhóm", "", "B-21", LONG_AGO, (leg(first.code), leg(second.code, 1)))
    return replace(plain, **more)  # type: ignore[arg-type]  # test only


def test_what_says_the_same_is_published_once() -> None:
    said = definition()

    first = publish_linked_group(definition=said, actor=None, at=MONDAY)
    again = publish_linked_group(definition=replace(said, valid_from=TODAY), actor=None, at=MONDAY)

    assert again.pk == first.pk
    assert EventRecord.objects.filter(kind="LinkedGroupPublished").count() == 1


def test_a_change_ends_the_group_before() -> None:
    said = definition()
    publish_linked_group(definition=said, actor=None, at=MONDAY)

    changed = replace(said, returns_together=False, valid_from=TODAY)
    new = publish_linked_group(definition=changed, actor=None, at=MONDAY)

    before = LinkedGroup.objects.on(TODAY - timedelta(days=1)).get(code="nhom")
    assert before.valid_until == new.valid_from == TODAY
    assert LinkedGroup.objects.on(TODAY).get(code="nhom") == new
    assert not before.is_in_force(TODAY)


def test_what_cannot_be_gone_through_is_refused() -> None:
    said = definition()
    first, second = said.legs

    with pytest.raises(GroupUnsound):
        publish_linked_group(definition=replace(said, legs=(first,)), actor=None, at=MONDAY)
    with pytest.raises(SharingUnsound):
        unneeded = leg(second.procedure, results={1: 1})
        publish_linked_group(definition=replace(said, legs=(first, unneeded)), actor=None, at=MONDAY)
    with pytest.raises(ProcedureNotInForce):
        publish_linked_group(definition=replace(said, legs=(first, leg("9.999999", 1))), actor=None, at=MONDAY)
    assert not LinkedGroup.objects.exists()


def test_a_leg_of_another_level_is_settled_by_the_one_provincial_body() -> None:
    linked = make_group()
    offering = linked.offices[2].offering
    centre = make_unit(level="PROVINCE", kind="SERVICE_CENTRE")
    department = make_unit(level="PROVINCE", kind="DEPARTMENT")
    Offering.objects.filter(pk=offering.pk).update(receiving_unit=centre, competent_unit=department)

    (offer,) = group_offers(linked.group, TODAY)

    assert offer.legs[2].competent_unit == department
    another = make_unit(level="PROVINCE", kind="DEPARTMENT")
    Offering.objects.create(
        procedure=offering.procedure, receiving_unit=centre, competent_unit=another, valid_from=LONG_AGO
    )
    assert group_offers(linked.group, TODAY) == [], "nobody can tell which of the two"


def test_a_leg_without_an_internal_process_is_offered_nowhere() -> None:
    linked = make_group()
    linked.offices[1].offering.procedure.workflows.update(valid_until=TODAY)

    assert group_offers(linked.group, TODAY) == []


def test_groups_are_found_by_all_words_and_by_event_of_life() -> None:
    publish_linked_group(
        definition=definition(name="Khai tử và mai táng", life_events=("Người thân qua đời",)), actor=None, at=MONDAY
    )

    assert [group.code for group in groups_found("mai tang", TODAY)] == ["nhom"]
    assert groups_found("mai tang dat", TODAY) == groups_found("", TODAY) == []
    assert len(groups_of_life_event("Người thân qua đời", TODAY)) == 1
