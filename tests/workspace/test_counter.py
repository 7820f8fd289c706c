"""Filing at the counter for somebody who came in person."""

import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Offering
from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.commands.file_at_counter import (
    ApplicationIncomplete,
    CounterFiling,
    HandedIn,
    NotPermitted,
    file_at_counter,
)
from motcua.dossiers.models import Dossier, FilingChannel, ReturnChannel
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, Office, make_dossier, make_offering, make_office, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def form_of(offering: Offering) -> str:
    codes = (offering.receiving_unit.code, offering.procedure.code, offering.competent_unit.code)
    return f"/xu-ly/tiep-nhan-truc-tiep/{'/'.join(codes)}/"


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid.uuid4()),
        "full_name": "Giàng  A Páo",
        "citizen_id": "011099000123",
        "phone": "0900 000 777",
        "email": "",
        "address": "Bản Huổi Mẫu",
        "on_behalf_of": "",
        "channel": "AT_THE_DESK",
        "postal_address": "",
        "answer_ten_con": "Giàng Thị Mỷ",
        "originals_1": "1",
        **changes,
    }


def filing(**changes: object) -> CounterFiling:
    details = ApplicantDetails(
        full_name="Giàng A Páo", citizen_id="011099000123", phone="0900000777", email="", address="Bản Huổi Mẫu"
    )
    fields: dict[str, object] = {
        "key": uuid.uuid4(),
        "details": details,
        "answers": {"ten_con": "Giàng Thị Mỷ", "khong_hoi": "bỏ"},
        "papers": {1: HandedIn(originals_count=1, copies_count=0, file=None)},
        "return_channel": ReturnChannel.AT_THE_DESK,
        "postal_address": "Bản Huổi Mẫu",
        **changes,
    }
    return CounterFiling(**fields)  # type: ignore[arg-type]  # the fields are named above


def test_an_officer_finds_a_procedure_of_the_desk_by_a_few_letters(office: Office, at_work: AtWork) -> None:
    elsewhere = make_office()
    client = at_work(office.reception)

    everything = client.get("/xu-ly/tiep-nhan-truc-tiep/").content.decode()
    by_code = client.get("/xu-ly/tiep-nhan-truc-tiep/", {"q": office.offering.procedure.code}).content.decode()

    assert form_of(office.offering) in everything
    assert form_of(elsewhere.offering) not in everything
    assert form_of(office.offering) in by_code


def test_what_the_person_brought_becomes_a_dossier_ready_to_be_accepted(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    assert client.get(form_of(office.offering)).status_code == 200

    answer = client.post(form_of(office.offering), typed())

    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == f"/xu-ly/ho-so/{dossier.public_code}/tiep-nhan/"
    assert (dossier.status, dossier.filing_channel) == (Status.SUBMITTED, FilingChannel.DIRECT)
    assert (dossier.applicant.full_name, dossier.applicant.phone) == ("Giàng A Páo", "0900000777")
    assert dossier.applicant.declaration == {"ten_con": "Giàng Thị Mỷ"}
    assert dossier.papers.get(position=1).originals_count == 1
    assert list(EventRecord.objects.values_list("kind", flat=True)) == ["DossierFiledAtCounter"]
    assert verify_record().first_broken is None


def test_sending_the_form_twice_makes_one_dossier(office: Office, at_work: AtWork) -> None:
    client, said = at_work(office.reception), typed()

    first = client.post(form_of(office.offering), said)
    second = client.post(form_of(office.offering), said)

    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1


def test_the_slip_carries_code_and_pin_for_the_applicant(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    client.post(form_of(office.offering), typed())
    dossier = Dossier.objects.get()

    said = client.get(f"/xu-ly/ho-so/{dossier.public_code}/phieu/").content.decode()

    assert dossier.public_code in said
    assert dossier.lookup_pin in said
    assert "1 bản chính, 0 bản sao" in said


def test_missing_words_are_asked_for_and_nothing_typed_is_lost(office: Office, at_work: AtWork) -> None:
    answer = at_work(office.reception).post(form_of(office.offering), typed(phone="123", answer_ten_con=""))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Số điện thoại có 10 chữ số" in said
    assert "Bản Huổi Mẫu" in said
    assert not Dossier.objects.exists()


def test_a_result_by_post_needs_an_address(office: Office, at_work: AtWork) -> None:
    answer = at_work(office.reception).post(form_of(office.offering), typed(channel="POST"))

    assert answer.status_code == 422
    assert "Hãy ghi địa chỉ để bưu điện gửi" in answer.content.decode()


def test_a_bad_scan_is_refused_by_name_and_leaves_nothing(office: Office, at_work: AtWork) -> None:
    program = SimpleUploadedFile("to-khai.pdf", b"MZ program", content_type="application/pdf")

    answer = at_work(office.reception).post(form_of(office.offering), typed(file_1=program))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Không nhận được tệp “to-khai.pdf”" in said
    assert not Dossier.objects.exists()


def test_only_the_desks_own_reception_officer_may_file_there(office: Office, at_work: AtWork) -> None:
    answers = [
        at_work(person).post(form_of(office.offering), typed()).status_code
        for person in (office.signer, make_office().reception)
    ]

    assert answers == [403, 403]
    assert not Dossier.objects.exists()


def test_the_command_refuses_an_officer_of_another_desk(office: Office) -> None:
    with pytest.raises(NotPermitted):
        file_at_counter(offering=office.offering, filing=filing(), officer=make_office().reception, at=MONDAY)


def test_an_incomplete_application_leaves_nothing_behind(office: Office) -> None:
    with pytest.raises(ApplicationIncomplete):
        file_at_counter(offering=office.offering, filing=filing(answers={}), officer=office.reception, at=MONDAY)

    assert not Dossier.objects.exists()
    assert not EventRecord.objects.exists()


def test_an_address_is_kept_only_for_the_post(office: Office) -> None:
    at_desk = file_at_counter(offering=office.offering, filing=filing(), officer=office.reception, at=MONDAY)
    by_post = file_at_counter(
        offering=office.offering,
        filing=filing(return_channel=ReturnChannel.POST),
        officer=office.reception,
        at=MONDAY,
    )

    addresses = [Dossier.objects.get(pk=dossier.pk).applicant.postal_address for dossier in (at_desk, by_post)]
    assert addresses == ["", "Bản Huổi Mẫu"]


def test_the_pin_is_for_the_desk_alone(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    answer = at_work(office.officer).get(f"/xu-ly/ho-so/{dossier.public_code}/phieu/")

    assert answer.status_code == 403
    assert dossier.lookup_pin not in answer.content.decode()


def test_a_form_still_open_when_its_procedure_is_abolished_says_so(office: Office, at_work: AtWork) -> None:
    offering, desk = office.offering, at_work(office.reception)
    withdraw_procedure(procedure=offering.procedure, on=MONDAY.date(), replaced_by=None, actor=None, at=MONDAY)

    answer = desk.post(form_of(offering), typed())

    assert answer.status_code == 422
    assert "hiện không được tiếp nhận tại quầy này" in answer.content.decode()
    assert not Dossier.objects.exists()
    assert desk.get(form_of(offering).replace(offering.procedure.code, "9.999999")).status_code == 404


def test_answers_at_the_counter_open_questions_and_rows_and_lose_neither_words_nor_scans(at_work: AtWork) -> None:
    married = {"key": "married", "label": "Đã kết hôn", "kind": "yes_no"}
    after = {"field": "married", "values": ["Có"]}
    spouse = {"key": "spouse", "label": "Vợ, chồng", "kind": "text", "condition": after}
    children = {"key": "children", "label": "Con", "kind": "group", "required": False}
    name = {"key": "name", "label": "Họ tên con", "kind": "text", "group": "children"}
    questions: list[dict[str, object]] = [{**one} for one in (married, spouse, children, name)]
    office = make_office(offering=make_offering(procedure=make_procedure(declaration=questions)))
    client, form = at_work(office.reception), form_of(office.offering)
    said = typed(answer_married="Có", answer_children="0", answer_ten_con="")
    said["answer_shown-fields"] = "married children"
    scan = SimpleUploadedFile("don.pdf", pdf_bytes(), content_type="application/pdf")

    unseen = client.post(form, said)
    more = client.post(form, {**said, "declaration-act": "add:children", "file_1": scan}).content.decode()

    assert unseen.status_code == 422
    assert "mở thêm câu hỏi" in unseen.content.decode()
    for kept in ('name="answer_children-1-name"', 'name="answer_spouse"', "Giàng  A Páo", "Đã giữ tệp “don.pdf”"):
        assert kept in more
    del said["answer_shown-fields"]
    rows = {"answer_children": "1", "answer_children-1-name": "Say", "answer_spouse": "Giàng Thị Mỷ"}
    assert client.post(form, {**said, **rows}).status_code == 302
    assert Dossier.objects.get().applicant.declaration == {
        "married": "Có",
        "spouse": "Giàng Thị Mỷ",
        "children": "1",
        "children-1-name": "Say",
    }
