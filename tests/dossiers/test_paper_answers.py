"""What a desk did on paper besides accepting, entered later: declined, asked for papers, gave out a result (B-25)."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import intake
from motcua.dossiers.commands.asking import Asking, NothingAskedFor
from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.commands.enter_answer import (
    ApplicationIncomplete,
    EntryRefused,
    FormSentBefore,
    MayNotUsePaper,
    NotOffered,
    PaperAnswer,
    SlotSpoilt,
    SlotTaken,
    enter_asking,
    enter_decline,
)
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn
from motcua.dossiers.commands.paper_mode import OutageRefused, end_outage, spoil_slot
from motcua.dossiers.commands.supplement import Brought, receive_supplement
from motcua.dossiers.models import (
    Dossier,
    PaperEntry,
    PaperKit,
    PaperSlot,
    RegisterBook,
    ReturnChannel,
)
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.paper_mode import SlotState, slots_of
from motcua.dossiers.queries.register_book import whole_book
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.notifications.models import Message
from motcua.rules.paper_mode import EntryFault, OutageFault
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.dossiers.test_paper_mode import BEGAN, ENDED, NEXT_DAY, RECEIVED, desk_of, down, kit_of
from tests.make import Office, make_office, make_officer

pytestmark = pytest.mark.django_db
REFUSAL = intake.Refusal(DeclineGround.NOT_WITHIN_AUTHORITY, "khoản 2 Điều 16", "Nộp ở nơi cư trú.")
ASKING = Asking({1: "Thiếu chữ ký"}, "Tờ khai chưa ký.")


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


@pytest.fixture
def kit(office: Office, head: User) -> PaperKit:
    kit = kit_of(office, head)
    down(office, head)
    return kit


def answer(
    *,
    key: uuid.UUID | None = None,
    submitted: datetime = RECEIVED,
    answered: datetime = RECEIVED + timedelta(minutes=20),
    name: str = "Giàng A Páo",
    answers: dict[str, str] | None = None,
) -> PaperAnswer:
    details = ApplicantDetails(
        full_name=name, citizen_id="011099000123", phone="0900000777", email="pao@example.com", address="Bản Huổi Mẫu"
    )
    filing = CounterFiling(
        key=key or uuid.uuid4(),
        details=details,
        answers={"ten_con": "Giàng Thị Mỷ"} if answers is None else answers,
        papers={1: HandedIn(originals_count=1, copies_count=0, file=None)},
        return_channel=ReturnChannel.AT_THE_DESK,
        postal_address="",
    )
    return PaperAnswer(filing, submitted, answered)


def declined(office: Office, slot: PaperSlot, said: PaperAnswer, *, by: User | None = None) -> Dossier:
    dossier = enter_decline(
        slot=slot,
        offering=office.offering,
        answer=said,
        refusal=REFUSAL,
        officer=by or office.reception,
        at=NEXT_DAY,
    )
    return Dossier.objects.get(pk=dossier.pk)


def asked(office: Office, slot: PaperSlot, said: PaperAnswer, *, asking: Asking = ASKING) -> Dossier:
    dossier = enter_asking(
        slot=slot, offering=office.offering, answer=said, asking=asking, officer=office.reception, at=NEXT_DAY
    )
    return Dossier.objects.get(pk=dossier.pk)


def test_a_decline_on_paper_keeps_its_moment_and_uses_its_number(office: Office, kit: PaperKit) -> None:
    slot, said = kit.slots.get(number=9001), answer(answers={})

    dossier = declined(office, slot, said)

    entry, event = PaperEntry.objects.get(dossier=dossier), EventRecord.objects.get(subject=dossier.reference)
    assert (dossier.stage, dossier.submitted_at, dossier.closed_at) == (
        Status.NOT_ACCEPTED,
        said.submitted_at,
        said.answered_at,
    )
    assert (dossier.code, dossier.accepted_at, dossier.holder_unit, dossier.lookup_pin) == (None, None, None, slot.pin)
    assert (dossier.declining.reason, dossier.declining.document.issued_at) == (REFUSAL.reason, said.answered_at)
    assert (entry.kind, entry.done_at, entry.entered_at, entry.entered_by) == (
        PaperEntry.Kind.DECLINED,
        said.answered_at,
        NEXT_DAY,
        office.reception,
    )
    assert (event.kind, event.at, event.payload["kit"]) == ("DeclineEnteredFromPaper", NEXT_DAY, kit.code)
    assert [row.state for row in slots_of(kit)] == [SlotState.USED, SlotState.FREE]
    assert not RegisterBook.objects.exists()
    assert verify_record().first_broken is None


def test_forms_entered_from_paper_are_no_originals_and_name_the_number_in_hand(office: Office, kit: PaperKit) -> None:
    dossiers = [
        declined(office, kit.slots.get(number=9001), answer(answers={})),
        asked(office, kit.slots.get(number=9002), answer()),
    ]

    said = [IssuedDocument.objects.get(subject=dossier.reference).data for dossier in dossiers]

    assert [form["paper_number"] for form in said] == ["9001", "9002"]
    assert {form["entered_at"] for form in said} == {NEXT_DAY.isoformat()}


def test_whoever_was_declined_on_paper_is_told_why(office: Office, kit: PaperKit) -> None:
    dossier = declined(office, kit.slots.get(number=9001), answer())

    said = Message.objects.filter(dossier=dossier, channel=Message.Channel.EMAIL).get()
    assert REFUSAL.reason in said.body


def test_papers_asked_for_on_paper_are_waited_for_since_then(office: Office, kit: PaperKit) -> None:
    said = answer()

    dossier = asked(office, kit.slots.get(number=9001), said)

    request = dossier.supplement_requests.get()
    assert (dossier.stage, dossier.submitted_at, dossier.holder_unit) == (
        Status.INTAKE_SUPPLEMENT,
        said.submitted_at,
        None,
    )
    assert (request.requested_at, request.reason, request.after_acceptance) == (said.answered_at, ASKING.reason, False)
    assert request.closable_from is not None
    assert (request.closable_from - said.answered_at).days == 15
    assert request.document.issued_at == said.answered_at
    assert dossier.papers.get(position=1).state == CheckState.MISSING
    assert PaperEntry.objects.get(dossier=dossier).kind == PaperEntry.Kind.ASKED
    event = EventRecord.objects.get(subject=dossier.reference)
    assert (event.kind, event.payload["positions"]) == ("AskingEnteredFromPaper", [1])


def test_what_was_asked_for_on_paper_is_brought_and_accepted_like_anything_else(
    office: Office, head: User, kit: PaperKit
) -> None:
    dossier = asked(office, kit.slots.get(number=9001), answer())
    at = NEXT_DAY + timedelta(hours=1)

    back = receive_supplement(dossier=dossier, officer=office.reception, brought={1: Brought(originals_count=1)}, at=at)
    checks = {1: intake.PaperCheck(CheckState.PRESENT, 1), 2: intake.PaperCheck(CheckState.NOT_NEEDED)}
    accepted = intake.accept(dossier=back, officer=office.reception, checks=checks, at=at)

    line = next(iter(whole_book(RegisterBook.objects.get())))
    assert (accepted.stage, accepted.accepted_at) == (Status.ACCEPTED, at)
    assert "Đã yêu cầu bổ sung trên giấy, nhập lại lúc" in line.note
    assert "Nhập lại từ giấy" not in line.note, "it was accepted in the system"
    sheet = control_sheet(Dossier.objects.for_page().get(pk=accepted.pk), office.reception, at=at)
    assert sheet["entered_at"] == ""
    with pytest.raises(OutageRefused) as refused:
        end_outage_again(office, head)
    assert refused.value.fault is OutageFault.LEAVES_OUT_ENTERED


def end_outage_again(office: Office, head: User) -> None:
    """Let the outage last again, and end it before what was answered in it."""
    outage = desk_of(office).outages.get()
    outage.ended_at = None
    outage.save(update_fields=["ended_at"])
    end_outage(desk=desk_of(office), ended_at=RECEIVED + timedelta(minutes=10), officer=head, at=NEXT_DAY)


@pytest.mark.parametrize(
    ("submitted", "answered", "fault"),
    [
        (RECEIVED, NEXT_DAY + timedelta(hours=2), EntryFault.IN_THE_FUTURE),
        (RECEIVED, RECEIVED - timedelta(minutes=1), EntryFault.OUT_OF_ORDER),
        (RECEIVED - timedelta(days=9), RECEIVED - timedelta(days=9), EntryFault.BEFORE_THE_KIT),
        (BEGAN - timedelta(minutes=1), RECEIVED, EntryFault.OUTSIDE_AN_OUTAGE),
        (ENDED, ENDED + timedelta(minutes=1), EntryFault.OUTSIDE_AN_OUTAGE),
    ],
)
def test_an_answer_belongs_to_an_outage(
    office: Office, kit: PaperKit, submitted: datetime, answered: datetime, fault: EntryFault
) -> None:
    said = answer(submitted=submitted, answered=answered)
    for enter in (declined, asked):
        with pytest.raises(EntryRefused) as refused:
            enter(office, kit.slots.get(number=9001), said)
        assert refused.value.fault is fault
    assert not Dossier.objects.exists()


def test_the_same_form_twice_is_one_dossier_and_a_number_is_entered_once(office: Office, kit: PaperKit) -> None:
    slot, said, wanted = kit.slots.get(number=9001), answer(), answer()

    first, second = declined(office, slot, said), declined(office, slot, said)
    other = kit.slots.get(number=9002)

    assert first == second
    with pytest.raises(SlotTaken):
        asked(office, slot, answer())
    with pytest.raises(FormSentBefore):
        declined(office, other, said)
    assert asked(office, other, wanted) == asked(office, other, wanted)
    assert Dossier.objects.count() == 2


def test_a_spoilt_number_a_stranger_and_another_agency_are_refused(office: Office, head: User, kit: PaperKit) -> None:
    slot, elsewhere = kit.slots.get(number=9001), make_office()

    for person in (head, office.signer, elsewhere.reception):
        with pytest.raises(MayNotUsePaper):
            declined(office, slot, answer(), by=person)
    with pytest.raises(NotOffered):
        enter_decline(
            slot=slot,
            offering=elsewhere.offering,
            answer=answer(),
            refusal=REFUSAL,
            officer=office.reception,
            at=NEXT_DAY,
        )
    spoil_slot(slot=slot, reason="Rách", officer=head, at=NEXT_DAY)
    with pytest.raises(SlotSpoilt):
        asked(office, slot, answer())


def test_form_03_needs_a_name_form_02_the_declaration_and_a_paper(office: Office, kit: PaperKit) -> None:
    slot = kit.slots.get(number=9001)

    with pytest.raises(ApplicationIncomplete):
        declined(office, slot, answer(name=""))
    with pytest.raises(ApplicationIncomplete):
        asked(office, slot, answer(answers={}))
    with pytest.raises(NothingAskedFor):
        asked(office, slot, answer(), asking=Asking({}, "Thiếu"))


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_the_number_free(office: Office, kit: PaperKit) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        declined(office, kit.slots.get(number=9001), answer())
        raise RuntimeError

    assert (Dossier.objects.count(), PaperEntry.objects.count()) == (0, 0)
