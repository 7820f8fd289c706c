"""The main job through the commands: from a draft to the returned result."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers.commands import process, return_result
from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.notifications.models import Message
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import (
    HANOI,
    MONDAY,
    PDF,
    make_dossier,
    make_file,
    make_offering,
    make_office,
    make_officer,
    make_procedure,
)

pytestmark = pytest.mark.django_db


def test_a_dossier_goes_from_the_draft_to_the_returned_result() -> None:
    dossier = make_dossier(status=Status.RETURNED)

    kinds = list(EventRecord.objects.filter(subject=dossier.reference).order_by("seq").values_list("kind", flat=True))
    assert kinds == [
        "DraftStarted",
        "DraftChanged",
        "DraftChanged",
        "DraftChanged",
        "DossierSubmitted",
        "DossierAccepted",
        "DossierTransferred",
        "DossierAssigned",
        "ResultProposed",
        "ResultSigned",
        "ResultIssued",
        "ResultReturned",
    ]
    assert dossier.closed_at == MONDAY + timedelta(hours=8)
    assert (dossier.holder_unit, dossier.holder_role, dossier.action_due_at) == (None, "", None)
    assert verify_record().first_broken is None


def test_acceptance_gives_the_national_code_and_the_promise() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)

    assert dossier.code == f"{dossier.competent_unit.code}-260302-0001"
    assert dossier.due_at == datetime(2026, 3, 9, 17, 0, tzinfo=HANOI)
    assert dossier.regime == "R2025"
    assert [line["date"] for line in dossier.derivation["vi"]][-1] == "2026-03-09"


def test_every_step_has_its_own_working_time() -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS)

    step = dossier.steps.get(finished_at=None)
    assert (step.kind, step.due_at) == ("VERIFY", datetime(2026, 3, 4, 11, 30, tzinfo=HANOI))


def test_the_applicant_is_told_of_the_promise_and_of_the_result() -> None:
    dossier = make_dossier(status=Status.DONE)

    subjects = list(
        Message.objects.filter(dossier=dossier, channel="EMAIL").order_by("pk").values_list("subject", flat=True)
    )
    assert [subject.rsplit(":", 1)[0] for subject in subjects] == [
        "Đã nhận hồ sơ trực tuyến",
        "Hồ sơ đã được tiếp nhận",
        "Đã có kết quả",
    ]


def test_a_signer_gives_a_dossier_back_to_the_officer_who_verified_it() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)

    process.return_for_rework(
        dossier=dossier, officer=office.signer, reason="Thiếu chữ ký", at=MONDAY + timedelta(hours=9)
    )

    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.status, dossier.assignee) == (Status.IN_PROGRESS, office.officer)
    assert dossier.steps.filter(kind="VERIFY").count() == 2


def test_a_dossier_given_to_another_officer_is_verified_anew_and_goes_its_whole_way() -> None:
    office = make_office()
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    at = [MONDAY + timedelta(hours=hours) for hours in (24, 25, 26, 27, 28)]

    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(colleague, "Nghỉ phép"), at=at[0])
    step = dossier.steps.get(finished_at=None)
    proposal = process.Proposal(opinion="Đủ điều kiện", title="Giấy chứng nhận", file=make_file())
    process.propose(dossier=dossier, officer=colleague, proposal=proposal, at=at[1])
    process.sign(dossier=dossier, officer=office.signer, note="", at=at[2])
    process.issue(dossier=dossier, officer=office.clerk, numbering=process.Numbering("12/GCN", None), at=at[3])
    dossier = return_result.hand_over(dossier=dossier, officer=office.reception, received_by="", at=at[4])

    assert (step.kind, step.assignee) == ("VERIFY", colleague)
    assert list(dossier.steps.order_by("started_at").values_list("kind", flat=True)) == [
        "ASSIGN",
        "VERIFY",
        "VERIFY",
        "SIGN",
        "ISSUE",
        "RETURN",
    ]
    assert dossier.status == Status.RETURNED


def test_the_record_binds_what_was_proposed_signed_and_issued_and_the_signed_file_stays() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    at = [MONDAY + timedelta(hours=hours) for hours in (24, 25, 26)]
    drafted, stamped = make_file(content=PDF + b"%draft"), make_file(content=PDF + b"%stamped")
    proposal = process.Proposal(opinion="Đủ điều kiện", title="Giấy khai sinh", file=drafted)

    process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at[0])
    process.sign(dossier=dossier, officer=office.signer, note="", at=at[1])
    process.issue(dossier=dossier, officer=office.clerk, numbering=process.Numbering("12/GKS", stamped), at=at[2])

    rows = EventRecord.objects.filter(subject=dossier.reference, kind__startswith="Result").order_by("seq")
    assert [(row.kind, row.payload["file_sha256"]) for row in rows] == [
        ("ResultProposed", drafted.sha256),
        ("ResultSigned", drafted.sha256),
        ("ResultIssued", stamped.sha256),
    ]
    result = Dossier.objects.get(pk=dossier.pk).result
    assert (result.signed_file, result.file) == (drafted, stamped)


def test_a_result_drafted_on_paper_has_no_digest_until_it_is_issued() -> None:
    dossier = make_dossier(status=Status.DONE)

    rows = EventRecord.objects.filter(subject=dossier.reference, kind__startswith="Result").order_by("seq")
    issued = dossier.result.file
    assert issued is not None
    assert [row.payload["file_sha256"] for row in rows] == ["", "", issued.sha256]


def test_a_step_keeps_the_whole_name_that_its_process_gives_it() -> None:
    name = "Phân công " + "x" * 290
    office = make_office(offering=make_offering(procedure=make_procedure(step_name=name)))

    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    assert dossier.steps.get().name == name
