"""Kits of numbers for work on paper, and the outages in which they are used (B-25)."""

from datetime import timedelta

import pytest

from motcua.accounts.models import User
from motcua.dossiers.commands.paper_mode import (
    KitTooLarge,
    KitWithdrawn,
    MayNotUsePaper,
    NoNumbersLeft,
    NotTakenInThere,
    OutageRefused,
    SlotSpoilt,
    end_outage,
    reserve_kit,
    spoil_slot,
    withdraw_kit,
)
from motcua.dossiers.models import Outage, PaperKit, PaperSlot
from motcua.kernel.models import EventRecord, Sequence
from motcua.rules.paper_mode import OutageFault
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.dossiers.test_paper_mode import ENDED, NEXT_DAY, desk_of, down, kit_of
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, desk_of(office))


def test_kits_of_one_agency_never_share_a_number_whichever_desk_holds_them(office: Office, head: User) -> None:
    elsewhere = make_office()
    there = make_officer(Role.HEAD_OF_ONE_STOP, desk_of(elsewhere))

    kits = [kit_of(office, head), kit_of(office, head, count=3), kit_of(elsewhere, there)]

    assert [(kit.first_number, kit.last_number) for kit in kits] == [(9001, 9002), (9003, 9005), (9001, 9002)]
    assert kits[0].identifier == office.offering.competent_unit.code
    assert kits[1].code == f"{desk_of(office).code}-2026-2"
    pins = list(kits[1].slots.values_list("pin", flat=True))
    assert [len(pin) for pin in pins] == [4, 4, 4]
    event = EventRecord.objects.get(subject=kits[1].code)
    assert (event.kind, event.payload["first_number"], event.payload["last_number"]) == ("PaperKitReserved", 9003, 9005)


def test_the_system_passes_over_the_numbers_of_paper(office: Office) -> None:
    agency = office.offering.competent_unit.code
    Sequence.objects.create(scope=f"dossier:{agency}", on=MONDAY.date(), last_number=8999)

    codes = [make_dossier(status=Status.ACCEPTED, office=office).code for _ in range(3)]

    assert codes == [f"{agency}-260302-{number}" for number in (9000, 10000, 10001)]


def test_who_reserves_what(office: Office, head: User) -> None:
    desk, agency = office.offering.receiving_unit, office.offering.competent_unit
    said = {"desk": desk, "competent_unit": agency, "count": 2, "officer": head, "at": MONDAY}

    refused: list[tuple[type[Exception], dict[str, object]]] = [
        (MayNotUsePaper, {"officer": office.reception}),
        (KitTooLarge, {"count": 51}),
        (NoNumbersLeft, {"count": 0}),
        (NotTakenInThere, {"competent_unit": make_unit()}),
    ]
    for refusal, changed in refused:
        with pytest.raises(refusal):
            reserve_kit(**{**said, **changed})  # type: ignore[arg-type]  # the fields are named above
    assert not PaperKit.objects.exists()


def test_numbers_of_a_withdrawn_kit_are_free_from_the_next_day_on(office: Office, head: User) -> None:
    first = kit_of(office, head)
    spoil_slot(slot=first.slots.get(number=9001), reason="Rách", officer=office.reception, at=MONDAY)

    withdraw_kit(kit=first, officer=head, at=MONDAY)

    assert kit_of(office, head, at=MONDAY + timedelta(hours=2)).first_number == 9003
    assert kit_of(office, head, at=NEXT_DAY).first_number == 9001
    assert EventRecord.objects.get(kind="PaperKitWithdrawn").payload["unused"] == [9002]
    with pytest.raises(KitWithdrawn):
        withdraw_kit(kit=first, officer=head, at=MONDAY)
    with pytest.raises(MayNotUsePaper):
        withdraw_kit(kit=first, officer=office.reception, at=MONDAY)


def test_a_sheet_is_spoilt_once_with_its_reason(office: Office, head: User) -> None:
    slot = kit_of(office, head).slots.get(number=9001)

    spoil_slot(slot=slot, reason="Viết sai ngày", officer=office.reception, at=MONDAY)

    assert PaperSlot.objects.get(pk=slot.pk).spoilt_reason == "Viết sai ngày"
    with pytest.raises(SlotSpoilt):
        spoil_slot(slot=slot, reason="Rách", officer=head, at=MONDAY)
    with pytest.raises(MayNotUsePaper):
        spoil_slot(slot=slot, reason="Rách", officer=office.signer, at=MONDAY)


def test_outages_are_declared_and_ended_by_the_head(office: Office, head: User) -> None:
    outage = down(office, head, ended_at=None)

    with pytest.raises(OutageRefused) as refusal:
        down(office, head, began_at=NEXT_DAY, ended_at=None)
    ended = end_outage(desk=desk_of(office), ended_at=ENDED, officer=head, at=NEXT_DAY)

    assert refusal.value.fault is OutageFault.OVERLAPS
    assert (ended.pk, ended.ended_at) == (outage.pk, ENDED)
    kinds = EventRecord.objects.filter(subject=desk_of(office).code).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["OutageDeclared", "OutageEnded"]
    with pytest.raises(Outage.DoesNotExist):
        end_outage(desk=desk_of(office), ended_at=ENDED, officer=head, at=NEXT_DAY)
    with pytest.raises(MayNotUsePaper):
        down(office, office.reception)
    with pytest.raises(MayNotUsePaper):
        end_outage(desk=desk_of(office), ended_at=ENDED, officer=office.reception, at=NEXT_DAY)
