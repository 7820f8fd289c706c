"""What the desk asked for comes back: online or over the counter, each paper answered; and it is asked for once."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import draft, intake
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.supplement import (
    ApplicationIncomplete,
    Brought,
    PaperNeeded,
    PaperNotAskedFor,
    SupplementUnanswered,
    complete_supplement,
    receive_supplement,
    report_no_paper,
)
from motcua.dossiers.models import Dossier, Paper, SupplementItem, SupplementRequest
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.notifications.models import Message
from motcua.rules.papers import CheckState
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status, TransitionRefused
from tests.make import CHECKS, HANOI, MONDAY, Office, make_dossier, make_file, make_office, make_officer

pytestmark = pytest.mark.django_db

NINE = MONDAY + timedelta(hours=1)
TUESDAY = MONDAY + timedelta(days=1)
BOTH = {1: "Chụp lại cho rõ", 2: "Nộp giấy ủy quyền"}
BASIS = "khoản 2 Điều 16 Nghị định số 123/2015/NĐ-CP"


@pytest.fixture
def office() -> Office:
    return make_office()


def asked(office: Office, items: dict[int, str]) -> Dossier:
    """A dossier whose applicant was asked for `items`."""
    return ask_again(make_dossier(office=office), office, items, basis="")


def ask_again(dossier: Dossier, office: Office, items: dict[int, str], *, basis: str) -> Dossier:
    asking = intake.Asking(items, "Chưa đủ", basis)
    return intake.request_intake_supplement(dossier=dossier, officer=office.reception, asking=asking, at=NINE)


def give(dossier: Dossier, position: int) -> None:
    draft.attach_paper(dossier=dossier, position=position, file=make_file(at=NINE), actor=dossier.owner, at=NINE)


def paper_of(dossier: Dossier, position: int) -> Paper:
    return Paper.objects.get(dossier=dossier, position=position)


def answers() -> list[str]:
    return list(SupplementItem.objects.order_by("pk").values_list("answer", flat=True))


def test_a_completed_supplement_starts_the_eight_hours_anew_and_twice_is_safe(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})
    give(dossier, 1)

    done = complete_supplement(dossier=dossier, actor=None, at=TUESDAY)
    again = complete_supplement(dossier=dossier, actor=None, at=MONDAY + timedelta(days=2))

    assert (again.version, done.status) == (done.version, Status.SUBMITTED)
    assert timezone.localtime(done.action_due_at) == datetime(2026, 3, 4, 8, 0, tzinfo=HANOI)
    assert paper_of(dossier, 1).state == CheckState.UNCHECKED


def test_the_old_files_answer_nothing(office: Office) -> None:
    dossier = asked(office, BOTH)

    with pytest.raises(ApplicationIncomplete, match="PAPERS:1, PAPERS:2"):
        complete_supplement(dossier=dossier, actor=None, at=TUESDAY)

    give(dossier, 1)
    with pytest.raises(ApplicationIncomplete, match="PAPERS:2"):
        complete_supplement(dossier=dossier, actor=None, at=TUESDAY)
    assert Dossier.objects.get(pk=dossier.pk).status == Status.INTAKE_SUPPLEMENT
    assert not EventRecord.objects.filter(subject=dossier.reference, kind="SupplementCompleted").exists()


def test_a_paper_for_some_cases_is_answered_by_the_reason_why_there_is_none(office: Office) -> None:
    dossier = asked(office, BOTH)
    give(dossier, 1)

    report_no_paper(dossier=dossier, position=2, reason="Tôi tự nộp", actor=None, at=NINE)
    done = complete_supplement(dossier=dossier, actor=None, at=TUESDAY)

    assert done.status == Status.SUBMITTED
    assert paper_of(dossier, 2).absence_reason == "Tôi tự nộp"
    assert answers() == ["FILE", "NONE"]


def test_a_file_given_after_all_takes_the_reason_back(office: Office) -> None:
    dossier = asked(office, BOTH)
    report_no_paper(dossier=dossier, position=2, reason="Tôi tự nộp", actor=None, at=NINE)

    give(dossier, 2)

    assert paper_of(dossier, 2).absence_reason == ""
    assert answers() == ["", "FILE"]


def test_nobody_does_without_a_paper_that_every_case_needs(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})

    with pytest.raises(PaperNeeded):
        report_no_paper(dossier=dossier, position=1, reason="Mất rồi", actor=None, at=NINE)
    with pytest.raises(PaperNotAskedFor):
        report_no_paper(dossier=dossier, position=2, reason="Mất rồi", actor=None, at=NINE)

    assert set(Paper.objects.values_list("absence_reason", flat=True)) == {""}


def test_a_reason_for_none_answers_only_what_was_asked(office: Office) -> None:
    with pytest.raises(TransitionRefused):
        report_no_paper(dossier=make_dossier(office=office), position=2, reason="Không", actor=None, at=NINE)


def test_the_desk_takes_what_somebody_brings_and_its_eight_hours_start_anew(office: Office) -> None:
    dossier = asked(office, BOTH)
    scan = make_file(content=b"%PDF-1.4 scan", at=TUESDAY)
    brought = {1: Brought(originals_count=1), 2: Brought(copies_count=2, file=scan)}

    done = receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)

    one, two = paper_of(dossier, 1), paper_of(dossier, 2)
    desk = (office.offering.receiving_unit, "RECEPTION_OFFICER")
    assert (done.status, done.holder_unit, done.holder_role) == (Status.SUBMITTED, *desk)
    assert timezone.localtime(done.action_due_at) == datetime(2026, 3, 4, 8, 0, tzinfo=HANOI)
    assert (one.originals_count, one.copies_count, one.state, one.note) == (1, 0, CheckState.UNCHECKED, "")
    assert (two.copies_count, two.file) == (2, scan)
    assert dossier.supplement_requests.get().completed_at == TUESDAY


def test_taking_a_supplement_leaves_one_event_and_tells_the_applicant(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})
    brought = {1: Brought(originals_count=1)}

    receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)

    *_, before, last = EventRecord.objects.filter(subject=dossier.reference).order_by("seq")
    assert (before.kind, last.kind) == ("IntakeSupplementRequested", "SupplementReceivedAtCounter")
    assert (last.actor, last.payload["positions"]) == (office.reception, [1])
    assert "Đã nhận giấy tờ bổ sung" in Message.objects.filter(dossier=dossier, channel="EMAIL").latest("pk").subject
    assert verify_record().first_broken is None


def test_what_was_taken_at_the_counter_is_accepted_like_every_other_dossier(office: Office) -> None:
    dossier = asked(office, BOTH)
    brought = {1: Brought(originals_count=1), 2: Brought(absence_reason="Đến tận nơi")}
    receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)

    accepted = intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=TUESDAY)

    assert accepted.status == Status.ACCEPTED
    assert paper_of(dossier, 2).absence_reason == "Đến tận nơi"


def test_what_was_answered_online_before_stands(office: Office) -> None:
    dossier = asked(office, BOTH)
    give(dossier, 1)

    receive_supplement(dossier=dossier, officer=office.reception, brought={2: Brought(copies_count=1)}, at=TUESDAY)

    assert answers() == ["FILE", "ON_PAPER"]


@pytest.mark.parametrize(
    ("brought", "missing"),
    [
        pytest.param({}, (1, 2), id="nothing is brought"),
        pytest.param({1: Brought(originals_count=1), 2: Brought()}, (2,), id="one of two"),
        pytest.param({1: Brought(absence_reason="Mất"), 2: Brought(copies_count=1)}, (1,), id="a needed one is lost"),
    ],
)
def test_a_supplement_that_lacks_a_paper_is_not_taken_and_leaves_nothing(
    office: Office, brought: dict[int, Brought], missing: tuple[int, ...]
) -> None:
    dossier = asked(office, BOTH)
    version = dossier.version

    with pytest.raises(SupplementUnanswered) as refused:
        receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)

    dossier = Dossier.objects.get(pk=dossier.pk)
    assert refused.value.positions == missing
    assert (dossier.status, dossier.version) == (Status.INTAKE_SUPPLEMENT, version)
    assert set(answers()) == {""}
    assert paper_of(dossier, 1).originals_count == 0
    assert not EventRecord.objects.filter(kind="SupplementReceivedAtCounter").exists()


def test_papers_nobody_asked_for_are_not_taken(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})
    brought = {1: Brought(originals_count=1), 2: Brought(copies_count=1)}

    with pytest.raises(PaperNotAskedFor):
        receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)

    assert paper_of(dossier, 1).originals_count == 0


def test_only_the_receiving_desk_takes_a_supplement(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})
    brought = {1: Brought(originals_count=1)}
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)

    for officer in (head, office.officer, make_office().reception):
        with pytest.raises(NotPermitted):
            receive_supplement(dossier=dossier, officer=officer, brought=brought, at=TUESDAY)


def test_whoever_takes_a_supplement_on_an_old_picture_is_told(office: Office) -> None:
    dossier = asked(office, {1: "Chụp lại"})
    seen, brought = dossier.version, {1: Brought(originals_count=1)}
    give(dossier, 1)

    with pytest.raises(StaleDossier) as stale:
        receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY, seen_version=seen)

    assert stale.value.kind == "DraftChanged"


def test_there_is_nothing_to_take_where_nothing_was_asked(office: Office) -> None:
    dossier = make_dossier(office=office)

    with pytest.raises(TransitionRefused):
        receive_supplement(dossier=dossier, officer=office.reception, brought={}, at=TUESDAY)


def answered(office: Office) -> Dossier:
    """A dossier that was asked for a paper, and got it."""
    dossier = asked(office, {1: "Chụp lại"})
    brought = {1: Brought(originals_count=1)}
    return receive_supplement(dossier=dossier, officer=office.reception, brought=brought, at=TUESDAY)


@pytest.mark.parametrize("basis", ["", "   "])
def test_papers_are_asked_for_once(office: Office, basis: str) -> None:
    dossier = answered(office)

    with pytest.raises(intake.AskedBefore):
        ask_again(dossier, office, {2: "Thêm giấy ủy quyền"}, basis=basis)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.SUBMITTED
    assert IssuedDocument.objects.filter(subject=dossier.reference).count() == 1


def test_papers_are_asked_for_again_where_a_provision_orders_it(office: Office) -> None:
    dossier = answered(office)

    ask_again(dossier, office, {2: "Thêm giấy ủy quyền"}, basis=BASIS)

    form = IssuedDocument.objects.filter(subject=dossier.reference).latest("pk")
    assert Dossier.objects.get(pk=dossier.pk).status == Status.INTAKE_SUPPLEMENT
    assert form.data["basis"] == BASIS
    assert list(dossier.supplement_requests.order_by("pk").values_list("basis", flat=True)) == ["", BASIS]


def test_the_database_holds_no_second_request_without_a_basis(office: Office) -> None:
    dossier = answered(office)
    first = SupplementRequest.objects.get(dossier=dossier)

    with pytest.raises(IntegrityError, match="supplement_once_without_basis"), transaction.atomic():
        SupplementRequest.objects.create(
            dossier=dossier,
            reason="x",
            requested_at=TUESDAY,
            requested_by=office.reception,
            completed_at=TUESDAY,
            document=first.document,
        )
