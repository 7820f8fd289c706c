"""The desk takes what it asked for, asks again only on a basis, and withdraws for an applicant who asks."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.commands.intake import Asking, request_intake_supplement
from motcua.dossiers.models import Dossier, Withdrawal
from motcua.kernel.models import EventRecord
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, Office, make_dossier

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def act(dossier: Dossier, name: str) -> str:
    return f"/xu-ly/ho-so/{dossier.public_code}/{name}/"


def typed(dossier: Dossier, **fields: object) -> dict[str, object]:
    return {"version": str(dossier.version), **fields}


def asked(office: Office, items: dict[int, str]) -> Dossier:
    dossier = make_dossier(office=office)
    asking = Asking(items, "Chưa đủ")
    request_intake_supplement(dossier=dossier, officer=office.reception, asking=asking, at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def status_of(dossier: Dossier) -> str:
    return Dossier.objects.values_list("status", flat=True).get(pk=dossier.pk)


def test_who_was_asked_for_papers_comes_back_and_the_desk_goes_on_to_accept(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký vào trang 2", 2: "Nộp giấy ủy quyền"})
    desk = at_work(office.reception)
    scan = SimpleUploadedFile("uy-quyen.pdf", pdf_bytes(), content_type="application/pdf")

    page = desk.get(f"/xu-ly/ho-so/{dossier.public_code}/").content.decode()
    form = desk.get(act(dossier, "nhan-bo-sung")).content.decode()
    taken = desk.post(act(dossier, "nhan-bo-sung"), typed(dossier, originals_1="1", file_2=scan), follow=True)

    said = taken.content.decode()
    assert act(dossier, "nhan-bo-sung") in page
    assert "Ký vào trang 2" in form
    assert taken.redirect_chain[-1][0] == act(dossier, "tiep-nhan")
    assert "Đã nhận giấy tờ bổ sung" in said
    assert "uy-quyen.pdf" in said
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED
    assert dossier.papers.get(position=1).originals_count == 1


def test_pressing_twice_takes_a_supplement_once(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký"})
    desk = at_work(office.reception)
    brought = typed(dossier, originals_1="1")

    answers = [desk.post(act(dossier, "nhan-bo-sung"), brought, follow=True) for _ in range(2)]

    assert [answer.redirect_chain[-1][0].endswith("/tiep-nhan/") for answer in answers] == [True, True]
    assert EventRecord.objects.filter(kind="SupplementReceivedAtCounter").count() == 1


def test_a_paper_that_did_not_come_is_named_and_the_rest_stays(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký", 2: "Nộp giấy ủy quyền"})
    scan = SimpleUploadedFile("uy-quyen.pdf", pdf_bytes(), content_type="application/pdf")

    answer = at_work(office.reception).post(act(dossier, "nhan-bo-sung"), typed(dossier, file_2=scan))

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "giấy tờ số 1 đã yêu cầu mà chưa có gì được nộp" in said
    assert "Giấy tờ số 1: hãy ghi số bản giấy đã nhận" in said
    assert "uy-quyen.pdf" in said
    assert status_of(dossier) == Status.INTAKE_SUPPLEMENT


def test_the_reason_for_no_paper_stands_where_the_papers_are_checked(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký", 2: "Nộp giấy ủy quyền"})
    desk = at_work(office.reception)

    form = desk.get(act(dossier, "nhan-bo-sung")).content.decode()
    brought = typed(dossier, originals_1="1", absence_2="Đến tận nơi nộp")
    taken = desk.post(act(dossier, "nhan-bo-sung"), brought, follow=True)

    assert 'name="absence_2"' in form
    assert 'name="absence_1"' not in form
    assert "Đến tận nơi nộp" in taken.content.decode()


def test_papers_the_applicant_sends_meanwhile_are_told_in_words(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký"})
    Dossier.objects.filter(pk=dossier.pk).update(version=dossier.version + 1)

    answer = at_work(office.reception).post(act(dossier, "nhan-bo-sung"), typed(dossier, originals_1="1"))

    assert answer.status_code == 409
    assert "Hồ sơ đã thay đổi" in answer.content.decode()


def test_form_02_goes_out_again_only_with_a_basis(office: Office, at_work: AtWork) -> None:
    dossier = asked(office, {1: "Ký"})
    desk = at_work(office.reception)
    desk.post(act(dossier, "nhan-bo-sung"), typed(dossier, originals_1="1"))
    dossier.refresh_from_db()
    again = typed(dossier, wanted_2="on", note_2="Nộp thêm", reason="Còn thiếu")

    form = desk.get(act(dossier, "yeu-cau-bo-sung")).content.decode()
    refused = desk.post(act(dossier, "yeu-cau-bo-sung"), again)
    cited = {**again, "basis": "khoản 2 Điều 16"}
    preview = desk.post(act(dossier, "yeu-cau-bo-sung"), {**cited, "preview": "1"})
    sent = desk.post(act(dossier, "yeu-cau-bo-sung"), cited, follow=True)

    assert "đã được yêu cầu bổ sung một lần" in form
    assert refused.status_code == 422
    assert "Hãy ghi điều khoản cho phép yêu cầu bổ sung thêm" in refused.content.decode()
    assert "Căn cứ yêu cầu bổ sung thêm: khoản 2 Điều 16" in preview.content.decode()
    assert sent.status_code == 200
    assert status_of(dossier) == Status.INTAKE_SUPPLEMENT


def test_the_first_request_asks_for_no_basis(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    form = at_work(office.reception).get(act(dossier, "yeu-cau-bo-sung")).content.decode()

    assert 'name="basis"' not in form


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_PROGRESS])
def test_the_desk_withdraws_with_the_applicants_reason(status: Status, office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=status, office=office)
    desk = at_work(office.reception)

    page = desk.get(f"/xu-ly/ho-so/{dossier.public_code}/").content.decode()
    form = desk.get(act(dossier, "rut")).content.decode()
    done = desk.post(act(dossier, "rut"), typed(dossier, reason="Nộp nhầm thủ tục"), follow=True).content.decode()

    assert act(dossier, "rut") in page
    assert "Chỉ rút khi chính người nộp" in form
    assert "Đã rút hồ sơ theo yêu cầu của người nộp" in done
    assert "Nộp nhầm thủ tục" in done
    assert status_of(dossier) == Status.WITHDRAWN
    assert Withdrawal.objects.get(dossier=dossier).recorded_by == office.reception


def test_a_withdrawal_needs_a_reason(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).post(act(dossier, "rut"), typed(dossier, reason=" "))

    assert answer.status_code == 422
    assert status_of(dossier) == Status.SUBMITTED


def test_withdrawing_is_not_what_the_desk_is_asked_to_do(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    said = at_work(office.reception).get(f"/xu-ly/ho-so/{dossier.public_code}/").content.decode()

    assert "Bạn không phải làm gì với hồ sơ này lúc này." in said
    assert act(dossier, "rut") in said
