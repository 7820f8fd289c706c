"""Work on paper while the system is down: kits, outages, and what was entered later (B-25, B-59)."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands.draft import ApplicantDetails, NotOffered
from motcua.dossiers.commands.enter_from_paper import (
    BookIsClosed,
    EntryRefused,
    FormSentBefore,
    MayNotUsePaper,
    PaperFiling,
    PapersInTheWay,
    SlotSpoilt,
    SlotTaken,
    enter_from_paper,
)
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn
from motcua.dossiers.commands.paper_mode import (
    OutageNotice,
    OutageRefused,
    declare_outage,
    end_outage,
    reserve_kit,
    spoil_slot,
    withdraw_kit,
)
from motcua.dossiers.commands.promise import change_promise
from motcua.dossiers.commands.register import close_register
from motcua.dossiers.models import Dossier, Outage, PaperEntry, PaperKit, PaperSlot, RegisterBook, ReturnChannel
from motcua.dossiers.queries.control_sheet import pdf_of_control_sheet
from motcua.dossiers.queries.paper_kit import kit_data
from motcua.dossiers.queries.paper_mode import counted_due_on, kits_of
from motcua.dossiers.queries.register_book import whole_book
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.notifications.models import Message
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import EntryFault, OutageFault, PaperMoments
from motcua.rules.permissions import Role
from motcua.rules.promises import PromiseCause
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import MONDAY, Office, make_dossier, make_offering, make_office, make_officer

pytestmark = pytest.mark.django_db
TWO_DAYS_BEFORE = MONDAY - timedelta(days=4)
BEGAN, RECEIVED, ENDED = MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=9)
NEXT_DAY = MONDAY + timedelta(days=1)
MONDAY_AFTER = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


def desk_of(office: Office) -> Unit:
    return office.offering.receiving_unit


def kit_of(office: Office, head: User, *, count: int = 2, at: datetime = TWO_DAYS_BEFORE) -> PaperKit:
    return reserve_kit(
        desk=desk_of(office), competent_unit=office.offering.competent_unit, count=count, officer=head, at=at
    )


def down(
    office: Office,
    head: User,
    *,
    began_at: datetime = BEGAN,
    ended_at: datetime | None = ENDED,
    at: datetime = NEXT_DAY,
) -> Outage:
    notice = OutageNotice(began_at, ended_at, "Đứt cáp quang")
    return declare_outage(desk=desk_of(office), notice=notice, officer=head, at=at)


def filing(
    *,
    key: uuid.UUID | None = None,
    received: datetime = RECEIVED,
    transferred: datetime | None = None,
    written: date = MONDAY_AFTER,
    originals: int = 1,
) -> PaperFiling:
    details = ApplicantDetails(
        full_name="Giàng A Páo", citizen_id="011099000123", phone="0900000777", email="", address="Bản Huổi Mẫu"
    )
    nothing = HandedIn(originals_count=0, copies_count=0, file=None)
    counter = CounterFiling(
        key=key or uuid.uuid4(),
        details=details,
        answers={"ten_con": "Giàng Thị Mỷ"},
        papers={1: HandedIn(originals_count=originals, copies_count=0, file=None), 2: nothing},
        return_channel=ReturnChannel.AT_THE_DESK,
        postal_address="",
    )
    return PaperFiling(counter, PaperMoments(received, received, transferred), written)


def entered(office: Office, slot: PaperSlot, said: PaperFiling, *, at: datetime = NEXT_DAY) -> Dossier:
    dossier = enter_from_paper(slot=slot, offering=office.offering, filing=said, officer=office.reception, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def test_an_outage_does_not_end_before_what_was_entered_in_it(office: Office, head: User) -> None:
    kit = kit_of(office, head)
    down(office, head, ended_at=None)
    entered(office, kit.slots.get(number=9001), filing())

    with pytest.raises(OutageRefused) as refusal:
        end_outage(desk=desk_of(office), ended_at=RECEIVED - timedelta(minutes=1), officer=head, at=NEXT_DAY)

    assert refusal.value.fault is OutageFault.LEAVES_OUT_ENTERED


def test_a_dossier_taken_in_on_paper_keeps_its_moments_its_code_and_its_pin(office: Office, head: User) -> None:
    kit = kit_of(office, head)
    down(office, head)
    slot = kit.slots.get(number=9001)

    dossier = entered(office, slot, filing())

    assert (dossier.status, dossier.code) == (Status.ACCEPTED, f"{kit.identifier}-260302-9001")
    assert (dossier.submitted_at, dossier.accepted_at) == (RECEIVED, RECEIVED)
    assert (dossier.lookup_pin, dossier.regime) == (slot.pin, "R2025")
    assert dossier.due_at is not None
    assert dossier.due_at.date() == MONDAY_AFTER
    assert [paper.state for paper in dossier.papers.order_by("position")] == ["PRESENT", "NOT_NEEDED"]
    entry = PaperEntry.objects.get(dossier=dossier)
    assert (entry.entered_at, entry.entered_by, entry.is_written_differently) == (NEXT_DAY, office.reception, False)
    form = IssuedDocument.objects.get(subject=dossier.reference)
    assert (form.data["at"], form.data["entered_at"]) == ("2026-03-02T09:00:00+07:00", "2026-03-03T08:00:00+07:00")
    line = next(whole_book(RegisterBook.objects.get(desk=desk_of(office), year=2026)))
    assert (line.accepted_on, line.note) == (
        date(2026, 3, 2),
        "Đã tiếp nhận; Nhập lại từ giấy, ghi lúc 08 giờ 00, 03/03/2026",
    )
    assert list(EventRecord.objects.filter(subject=dossier.reference).values_list("kind", flat=True)) == [
        "DossierEnteredFromPaper"
    ]
    assert verify_record().first_broken is None
    assert Message.objects.filter(dossier=dossier).exists(), "the applicant can follow it now"


def test_the_day_on_the_paper_binds_and_a_later_count_does_not_move_it(office: Office, head: User) -> None:
    kit = kit_of(office, head)
    down(office, head)
    sooner = entered(office, kit.slots.get(number=9001), filing(written=date(2026, 3, 6)))
    later = entered(office, kit.slots.get(number=9002), filing(written=date(2026, 3, 11)))

    for dossier in (sooner, later):
        promised = dossier.due_at
        change_promise(dossier, PromiseCause.CALENDAR, NEXT_DAY)
        assert dossier.due_at == promised
    assert [one.due_at.date() for one in (sooner, later) if one.due_at] == [date(2026, 3, 6), date(2026, 3, 11)]
    assert all(PaperEntry.objects.get(dossier=one).is_written_differently for one in (sooner, later))
    said = [line for line in later.derivation["vi"] if line["kind"] == "WRITTEN"]
    assert "đã hẹn trả ngày 11/03/2026, tính theo quy định là ngày 09/03/2026" in said[0]["text"]


def test_what_went_to_the_agency_on_paper_is_with_it_since_then(office: Office, head: User) -> None:
    kit = kit_of(office, head)
    down(office, head)

    dossier = entered(office, kit.slots.get(number=9001), filing(transferred=RECEIVED + timedelta(hours=2)))

    assert (dossier.status, dossier.holder_unit) == (Status.TRANSFERRED, office.offering.competent_unit)
    assert dossier.steps.get().started_at == RECEIVED + timedelta(hours=2)
    sheet = text_of(pdf_of_control_sheet(Dossier.objects.for_page().get(pk=dossier.pk), office.officer, at=NEXT_DAY))
    assert "Nhập lại từ giấy, ghi lúc: 08 giờ 00 phút, ngày 03 tháng 3 năm 2026" in sheet
    assert office.reception.display_name in sheet


def test_taken_in_elsewhere_the_page_the_table_and_the_acceptance_promise_the_same() -> None:
    """B-12: since 05/08/2026 the limit runs from the agency's receipt, and the written day binds all the same."""
    at = datetime(2026, 9, 7, 9, 0, tzinfo=MONDAY.tzinfo)
    desk = make_offering().receiving_unit
    office = make_office(offering=make_offering(desk=desk))
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk)
    kit = kit_of(office, head, at=at)
    down(office, head, began_at=at, ended_at=None, at=at)
    version = office.offering.procedure.versions.get()
    counted = counted_due_on(office.offering, version, at)
    loaded = kits_of([desk]).get(pk=kit.pk)

    (table,) = kit_data(loaded, at=at)["tables"]
    written = date(2026, 9, 11)
    said = filing(received=at, transferred=at, written=written)
    dossier = entered(office, kit.slots.get(number=9001), said, at=at)

    assert counted == date(2026, 9, 15)
    assert table["rows"][0] == {"on": "Thứ Hai, 07/09/2026", "off": "", "due": ["15/09/2026"]}
    assert PaperEntry.objects.get().counted_due_on == counted
    assert dossier.counted_because == "RECEIVED_BY_AGENCY"
    assert dossier.due_at is not None
    assert dossier.due_at.date() == written


def test_sending_the_form_twice_makes_one_dossier_and_a_number_is_used_once(office: Office, head: User) -> None:
    kit = kit_of(office, head)
    down(office, head)
    slot, key = kit.slots.get(number=9001), uuid.uuid4()
    dossier = entered(office, slot, filing(key=key))

    assert entered(office, slot, filing(key=key)).pk == dossier.pk
    with pytest.raises(SlotTaken) as refusal:
        entered(office, slot, filing())
    with pytest.raises(FormSentBefore):
        entered(office, kit.slots.get(number=9002), filing(key=key))
    with pytest.raises(SlotTaken):
        spoil_slot(slot=slot, reason="Rách", officer=head, at=NEXT_DAY)

    assert (refusal.value.code, refusal.value.by) == (dossier.code, office.reception.display_name)
    assert Dossier.objects.count() == PaperEntry.objects.count() == 1


Change = Callable[[Office, User, PaperKit], None]


def _spoil(office: Office, head: User, kit: PaperKit) -> None:
    spoil_slot(slot=kit.slots.get(number=9001), reason="Rách", officer=head, at=MONDAY)


def _withdraw(office: Office, head: User, kit: PaperKit) -> None:
    withdraw_kit(kit=kit, officer=head, at=MONDAY)


@pytest.mark.parametrize("change", [_spoil, _withdraw])
def test_a_number_out_of_use_is_entered_no_more(office: Office, head: User, change: Change) -> None:
    kit = kit_of(office, head)
    down(office, head)
    change(office, head, kit)

    with pytest.raises(SlotSpoilt):
        entered(office, kit.slots.get(number=9001), filing())


def test_what_was_not_taken_in_on_paper_then_and_there_is_refused(office: Office, head: User) -> None:
    kit, other = kit_of(office, head), make_office()
    slot = kit.slots.get(number=9001)
    elsewhere = make_officer(Role.RECEPTION_OFFICER, desk_of(other))

    with pytest.raises(EntryRefused) as not_down:
        entered(office, slot, filing())
    down(office, head, ended_at=ENDED + timedelta(hours=2))
    with pytest.raises(PapersInTheWay):
        entered(office, slot, filing(originals=0))
    with pytest.raises(EntryRefused) as closed_by_then:
        entered(office, slot, filing(received=ENDED + timedelta(minutes=30), written=date(2026, 3, 2)))
    with pytest.raises(MayNotUsePaper):
        enter_from_paper(slot=slot, offering=office.offering, filing=filing(), officer=elsewhere, at=NEXT_DAY)
    with pytest.raises(NotOffered):
        enter_from_paper(slot=slot, offering=other.offering, filing=filing(), officer=office.reception, at=NEXT_DAY)

    assert not_down.value.fault is EntryFault.OUTSIDE_AN_OUTAGE
    assert closed_by_then.value.fault is EntryFault.DUE_BEFORE_ACCEPTANCE
    assert not Dossier.objects.exists()


def test_nothing_is_entered_into_a_closed_register(office: Office, head: User) -> None:
    december = datetime(2025, 12, 31, 9, 0, tzinfo=MONDAY.tzinfo)
    january = december + timedelta(days=5)
    kit = kit_of(office, head, at=december - timedelta(days=9))
    make_dossier(status=Status.ACCEPTED, office=office, at=december)
    down(office, head, began_at=december, ended_at=december + timedelta(hours=3), at=january)
    close_register(book=RegisterBook.objects.get(year=2025), officer=head, at=january)

    with pytest.raises(BookIsClosed):
        entered(office, kit.slots.get(number=9001), filing(received=december, written=january.date()), at=january)

    assert not PaperEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_entering_one_number_at_once_one_wins_and_the_other_is_told() -> None:
    office = make_office()
    head = make_officer(Role.HEAD_OF_ONE_STOP, desk_of(office))
    colleague = make_officer(Role.RECEPTION_OFFICER, desk_of(office))
    slot = kit_of(office, head).slots.get(number=9001)
    down(office, head)
    start = Barrier(2, timeout=60)

    def enter(clerk: User) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            enter_from_paper(slot=slot, offering=office.offering, filing=filing(), officer=clerk, at=NEXT_DAY)
        except SlotTaken as refusal:
            return refusal.by
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as desks:
        outcomes = list(desks.map(enter, [office.reception, colleague]))

    winner = PaperEntry.objects.get().entered_by
    assert sorted(outcomes) == sorted(["done", winner.display_name])
    assert Dossier.objects.count() == 1
