"""Each act through its page: the way it goes, and the ways it is refused."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import Grant, User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.models import Dossier, Result
from motcua.kernel.models import EventRecord
from motcua.organisations.models import UnitIdentifier
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import PDF, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def act(dossier: Dossier, name: str) -> str:
    return f"/xu-ly/ho-so/{dossier.public_code}/{name}/"


def typed(dossier: Dossier, **fields: str) -> dict[str, str]:
    return {"version": str(dossier.version), **fields}


def checked(dossier: Dossier, **changes: str) -> dict[str, str]:
    return typed(dossier, **{"state_1": "PRESENT", "originals_1": "1", "state_2": "NOT_NEEDED", **changes})


def status_of(dossier: Dossier) -> str:
    return Dossier.objects.values_list("status", flat=True).get(pk=dossier.pk)


def test_a_reception_officer_accepts_and_reads_code_due_date_and_form_01(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)

    form = desk.get(act(dossier, "tiep-nhan"))
    answer = desk.post(act(dossier, "tiep-nhan"), checked(dossier), follow=True)

    dossier.refresh_from_db()
    said = answer.content.decode()
    assert "Tờ khai theo mẫu" in form.content.decode()
    assert dossier.status == Status.ACCEPTED
    assert dossier.code is not None
    assert dossier.code in said
    assert "17:00 thứ Hai, 09/03/2026" in said
    assert act(dossier, "chuyen") in said
    assert f"/giay/{IssuedDocument.objects.get(subject=dossier.reference).pk}/" in said
    assert dossier.papers.get(position=1).originals_count == 1


def test_pressing_accept_twice_gives_one_code_and_the_same_page(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)

    first = desk.post(act(dossier, "tiep-nhan"), checked(dossier), follow=True)
    second = desk.post(act(dossier, "tiep-nhan"), checked(dossier), follow=True)

    assert first.redirect_chain[-1][0].endswith("/da-tiep-nhan/")
    assert second.redirect_chain[-1][0].endswith("/da-tiep-nhan/")
    assert EventRecord.objects.filter(subject=dossier.reference, kind="DossierAccepted").count() == 1


def test_a_missing_paper_keeps_the_dossier_and_what_was_typed(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).post(
        act(dossier, "tiep-nhan"), checked(dossier, state_1="MISSING", note_1="Chưa có chữ ký")
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "giấy tờ số 1 còn thiếu" in said
    assert "Chưa có chữ ký" in said
    assert status_of(dossier) == Status.SUBMITTED


def test_an_unchecked_paper_must_be_looked_at(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).post(act(dossier, "tiep-nhan"), typed(dossier, state_1="PRESENT"))

    assert answer.status_code == 422
    assert status_of(dossier) == Status.SUBMITTED


def test_an_agency_without_an_identifier_gives_no_code(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    UnitIdentifier.objects.filter(unit=office.offering.competent_unit).delete()

    answer = at_work(office.reception).post(act(dossier, "tiep-nhan"), checked(dossier))

    assert answer.status_code == 422
    assert "chưa có mã định danh" in answer.content.decode()
    assert status_of(dossier) == Status.SUBMITTED


def test_a_supplement_is_previewed_before_it_is_sent(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)
    asked = typed(dossier, wanted_1="on", note_1="Ký vào trang 2", reason="Tờ khai chưa ký")

    preview = desk.post(act(dossier, "yeu-cau-bo-sung"), {**asked, "preview": "1"})
    status_before = status_of(dossier)
    sent = desk.post(act(dossier, "yeu-cau-bo-sung"), asked, follow=True)

    assert "Xem trước mẫu 02: Phiếu" in preview.content.decode()
    assert status_before == Status.SUBMITTED
    assert sent.status_code == 200
    assert status_of(dossier) == Status.INTAKE_SUPPLEMENT
    item = dossier.supplement_requests.get().items.get()
    assert (item.paper.position, item.note) == (1, "Ký vào trang 2")


def test_a_supplement_request_names_a_paper_and_what_is_wrong_with_it(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)

    nothing = desk.post(act(dossier, "yeu-cau-bo-sung"), typed(dossier, reason="Thiếu"))
    no_note = desk.post(act(dossier, "yeu-cau-bo-sung"), typed(dossier, reason="Thiếu", wanted_2="on"))

    assert "Hãy chọn ít nhất một giấy tờ" in nothing.content.decode()
    assert "Hãy ghi rõ cần bổ sung" in no_note.content.decode()
    assert status_of(dossier) == Status.SUBMITTED


def test_declining_cites_the_procedures_own_legal_basis(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    desk = at_work(office.reception)
    refusal = {
        "ground": "NOT_WITHIN_AUTHORITY",
        "basis": "123/2015/NĐ-CP",
        "article": "khoản 1 Điều 2",
        "reason": "Cha mẹ cư trú ở xã khác",
    }

    form = desk.get(act(dossier, "tu-choi"))
    answer = desk.post(act(dossier, "tu-choi"), typed(dossier, **refusal), follow=True)

    assert "123/2015/NĐ-CP" in form.content.decode()
    assert answer.status_code == 200
    dossier.refresh_from_db()
    assert dossier.status == Status.NOT_ACCEPTED
    assert dossier.declining.citation == "khoản 1 Điều 2, 123/2015/NĐ-CP"


def test_the_process_goes_from_hand_to_hand_to_the_returned_result(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)
    draft = SimpleUploadedFile("du-thao.pdf", _whole_pdf(), content_type="application/pdf")
    acts: list[tuple[User, str, dict[str, object], Status]] = [
        (office.reception, "chuyen", {}, Status.TRANSFERRED),
        (office.dispatcher, "phan-cong", {"to": office.officer.username, "note": "Gấp"}, Status.IN_PROGRESS),
        (
            office.officer,
            "trinh-ky",
            {"opinion": "Đủ điều kiện", "title": "Giấy khai sinh", "file": draft},
            Status.PENDING_SIGN,
        ),
        (office.signer, "lam-lai", {"reason": "Sai ngày sinh"}, Status.IN_PROGRESS),
        (office.officer, "trinh-ky", {"opinion": "Đã sửa", "title": "Giấy khai sinh"}, Status.PENDING_SIGN),
        (office.signer, "ky", {"note": ""}, Status.SIGNED),
        (office.clerk, "phat-hanh", {"number": "12/GKS"}, Status.DONE),
        (office.reception, "tra-ket-qua", {"received_by": "Vàng Thị Mỷ"}, Status.RETURNED),
    ]

    for person, name, fields, reached in acts:
        dossier.refresh_from_db()
        client = at_work(person)
        shown = client.get(act(dossier, name))
        answer = client.post(act(dossier, name), {"version": str(dossier.version), **fields}, follow=True)
        assert (name, shown.status_code, answer.status_code) == (name, 200, 200)
        assert (name, status_of(dossier)) == (name, reached)

    result = Result.objects.get(dossier=dossier)
    assert (result.number, result.received_by, result.signed_by) == ("12/GKS", "Vàng Thị Mỷ", office.signer)


def test_the_dispatcher_sees_how_much_each_officer_has(office: Office, at_work: AtWork) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    idle = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Cà Thị Rảnh")
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    said = at_work(office.dispatcher).get(act(dossier, "phan-cong")).content.decode()

    assert f"{idle.full_name}: đang giữ 0 hồ sơ" in said
    assert f"{office.officer.full_name}: đang giữ 1 hồ sơ" in said
    assert said.index(idle.full_name) < said.index(office.officer.full_name)


def test_a_dispatcher_gives_a_dossier_to_another_officer(office: Office, at_work: AtWork) -> None:
    other = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    second_dispatcher = make_officer(Role.DISPATCHER, office.offering.competent_unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    at_work(second_dispatcher).post(act(dossier, "phan-cong"), typed(dossier, to=other.username, note=""))

    dossier.refresh_from_db()
    assert (dossier.status, dossier.assignee) == (Status.IN_PROGRESS, other)


def test_an_officer_whose_role_has_just_ended_is_not_given_a_dossier(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    Grant.objects.filter(user=office.officer).update(valid_until="2026-03-02")

    answer = at_work(office.dispatcher).post(
        act(dossier, "phan-cong"), typed(dossier, to=office.officer.username, note="")
    )

    assert answer.status_code == 422
    assert status_of(dossier) == Status.TRANSFERRED


def test_the_signer_sees_what_is_signed(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.PENDING_SIGN, office=office)

    said = at_work(office.signer).get(act(dossier, "ky")).content.decode()

    assert "Kết quả sẽ được ký" in said
    assert "Giấy khai sinh" in said
    assert "Đủ điều kiện" in said


@pytest.mark.parametrize(
    ("name", "status"),
    [("tiep-nhan", Status.ACCEPTED), ("tu-choi", Status.INTAKE_SUPPLEMENT), ("tra-ket-qua", Status.IN_PROGRESS)],
)
def test_an_act_that_is_not_open_says_so(name: str, status: Status, office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.SUBMITTED if status is Status.INTAKE_SUPPLEMENT else status, office=office)
    desk = at_work(office.reception)
    if status is Status.INTAKE_SUPPLEMENT:
        asked = typed(dossier, wanted_1="on", note_1="Ký", reason="Ký")
        desk.post(act(dossier, "yeu-cau-bo-sung"), asked)

    answer = desk.get(act(dossier, name))

    assert answer.status_code == 409
    assert "khi hồ sơ đang ở trạng thái" in answer.content.decode()


def test_an_official_of_another_role_is_refused(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    seen = at_work(office.reception).get(act(dossier, "phan-cong"))
    sent = at_work(office.reception).post(
        act(dossier, "phan-cong"), typed(dossier, to=office.officer.username, note="")
    )

    assert (seen.status_code, sent.status_code) == (403, 403)
    assert status_of(dossier) == Status.TRANSFERRED


def test_an_official_elsewhere_finds_nothing(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    stranger = make_office()
    client = at_work(stranger.reception)

    assert client.get(f"/xu-ly/ho-so/{dossier.public_code}/").status_code == 404
    assert client.get(act(dossier, "tiep-nhan")).status_code == 404
    assert client.post(act(dossier, "tiep-nhan"), checked(dossier)).status_code == 404
    assert status_of(dossier) == Status.SUBMITTED


def test_a_form_without_its_version_is_not_taken(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.ACCEPTED, office=office)

    answer = at_work(office.reception).post(act(dossier, "chuyen"), {})

    assert answer.status_code == 422
    assert status_of(dossier) == Status.ACCEPTED


def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_stay(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    disguised = SimpleUploadedFile("ket-qua.pdf", b"MZ\x90 program", content_type="application/pdf")

    answer = at_work(office.officer).post(
        act(dossier, "trinh-ky"),
        {"version": str(dossier.version), "opinion": "Chữ đã gõ", "title": "Giấy khai sinh", "file": disguised},
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "tệp không phải là ảnh" in said
    assert "Chữ đã gõ" in said


def test_a_result_without_a_file_is_not_issued(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.SIGNED, office=office)

    answer = at_work(office.clerk).post(act(dossier, "phat-hanh"), typed(dossier, number="12/GKS"))

    assert answer.status_code == 422
    assert "Chưa có tệp kết quả" in answer.content.decode()


def test_a_role_that_ended_opens_nothing(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    Grant.objects.filter(user=office.reception).update(valid_until="2026-03-02")

    answer = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/")

    assert answer.status_code == 403
    assert "chưa được giao việc" in answer.content.decode()


def _whole_pdf() -> bytes:
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    return PDF + page + b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF"
