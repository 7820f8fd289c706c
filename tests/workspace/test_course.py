"""The acts on the way and at the end, each through its page, and what their buttons depend on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import Correction, Dossier, Extension, FinancialObligation, IrregularAct, Result
from motcua.rules.irregularities import Irregularity
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.make import MONDAY, Office, make_dossier, make_officer
from tests.workspace.test_acts import act, status_of, typed

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
ASKED = {"wanted_1": "on", "note_1": "Ký vào trang 2", "reason": "Tờ khai chưa ký"}


def post(client: Client, dossier: Dossier, name: str, **fields: object) -> str:
    """Do an act as the dossier now is, follow where it leads, and return what is read there."""
    dossier.refresh_from_db()
    answer = client.post(act(dossier, name), {"version": str(dossier.version), **fields}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def opened(client: Client, dossier: Dossier) -> str:
    return client.get(f"/xu-ly/ho-so/{dossier.public_code}/").content.decode()


def test_a_supplement_after_acceptance_lists_what_is_there_and_is_offered_once(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer, signer, desk = at_work(office.officer), at_work(office.signer), at_work(office.reception)

    form = officer.get(act(dossier, "bo-sung-sau-tiep-nhan")).content.decode()
    said = post(officer, dossier, "bo-sung-sau-tiep-nhan", **ASKED)
    waiting = opened(desk, dossier)
    post(desk, dossier, "nhan-bo-sung", originals_1="1")
    again = officer.post(act(dossier, "bo-sung-sau-tiep-nhan"), typed(Dossier.objects.get(pk=dossier.pk), **ASKED))

    assert "to-khai.pdf" in form
    assert "Đã gửi yêu cầu bổ sung (mẫu 02)" in said
    assert "Được đóng hồ sơ nếu người nộp không trả lời" in waiting
    assert again.status_code == 422
    assert act(dossier, "bo-sung-sau-tiep-nhan") not in opened(officer, dossier)
    assert act(dossier, "bo-sung-lan-nua") in opened(signer, dossier)

    post(signer, dossier, "bo-sung-lan-nua", **ASKED)

    assert status_of(dossier) == Status.SUPPLEMENT
    assert IrregularAct.objects.filter(dossier=dossier, kind=Irregularity.SECOND_SUPPLEMENT).exists()
    assert "F10" in opened(signer, dossier)
    assert "F10" not in opened(desk, dossier)


def test_the_head_need_not_allow_what_the_officer_may_still_ask(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    answer = at_work(office.signer).post(act(dossier, "bo-sung-lan-nua"), typed(dossier, **ASKED))

    assert answer.status_code == 422
    assert "Cán bộ thụ lý tự yêu cầu lần đầu" in answer.content.decode()


def test_an_opinion_is_asked_answered_and_read(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = at_work(office.officer)
    asked = at_work(make_officer(Role.PROCESSING_OFFICER, office.asked))

    nowhere = officer.post(
        act(dossier, "lay-y-kien"), typed(dossier, words="khong co dau", question="Có vướng không?", days="2")
    )
    post(officer, dossier, "lay-y-kien", words=office.asked.name, question="Có vướng quy hoạch không?", days="2")
    page = asked.get(act(dossier, "tra-loi-y-kien")).content.decode()
    early = officer.post(
        act(dossier, "khong-cho-y-kien"), typed(Dossier.objects.get(pk=dossier.pk), note="Không chờ nữa")
    )
    offered = opened(officer, dossier)
    said = post(asked, dossier, "tra-loi-y-kien", text="Không vướng quy hoạch nào.")

    assert "Không tìm thấy đơn vị nào" in nowhere.content.decode()
    assert "Có vướng quy hoạch không?" in page
    assert early.status_code == 422
    assert "còn thời hạn trả lời" in early.content.decode()
    assert act(dossier, "khong-cho-y-kien") not in offered
    assert "Đã trả lời ý kiến" in said
    assert status_of(dossier) == Status.IN_PROGRESS
    assert "Không vướng quy hoạch nào." in opened(officer, dossier)


def test_silence_lets_the_officer_go_on(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.CONSULTING, office=office)
    officer = at_work(office.officer)

    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        offered = opened(officer, dossier)
        post(officer, dossier, "khong-cho-y-kien", note="Đã quá hạn trả lời")

    assert act(dossier, "khong-cho-y-kien") in offered
    assert status_of(dossier) == Status.IN_PROGRESS


def test_money_owed_is_told_settled_and_read(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer, desk = at_work(office.officer), at_work(office.reception)
    owed = {"basis": "Điều 21 Luật Phí và lệ phí", "notice_no": "12/TB"}

    unclear = officer.post(act(dossier, "nghia-vu-tai-chinh"), typed(dossier, amount_vnd="nhiều", **owed))
    post(officer, dossier, "nghia-vu-tai-chinh", amount_vnd="1.150.000", **owed)
    waiting = opened(desk, dossier)
    post(desk, dossier, "da-nop-tien", proof="Biên lai 77")

    assert "Hãy ghi số tiền bằng số" in unclear.content.decode()
    assert FinancialObligation.objects.get(dossier=dossier).amount_vnd == 1_150_000
    assert "Đang chờ người nộp tiền" in waiting
    assert "Biên lai 77" in opened(officer, dossier)


def test_guidance_and_minutes_are_kept_where_they_are_read(office: Office, at_work: AtWork) -> None:
    submitted, checked = make_dossier(office=office), make_dossier(status=Status.IN_PROGRESS, office=office)
    desk, officer = at_work(office.reception), at_work(office.officer)
    minutes = {"day": "02/03/2026", "place": "Bản Phủ", "participants": "Hai bên", "findings": "Ranh giới đúng"}
    letter = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")

    post(desk, submitted, "huong-dan", text="Mang theo sổ hộ khẩu cũ")
    future = officer.post(act(checked, "xac-minh"), typed(checked, **{**minutes, "day": "30/03/2026", "time": "8:00"}))
    wrong = officer.post(act(checked, "xac-minh"), {"version": str(checked.version), **minutes, "file": letter})
    post(officer, checked, "xac-minh", time="07:30", **minutes)

    assert "Mang theo sổ hộ khẩu cũ" in opened(desk, submitted)
    assert "không thể sau lúc này" in future.content.decode()
    assert wrong.status_code == 422
    assert "Ranh giới đúng" in opened(officer, checked)


def test_a_new_date_is_chosen_among_working_days_and_once(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    signer = at_work(office.signer)
    dossier.refresh_from_db()
    assert dossier.due_at is not None

    form = signer.get(act(dossier, "hen-lai")).content.decode()
    neither = signer.post(act(dossier, "hen-lai"), typed(dossier, reason="Mất điện"))
    both = signer.post(
        act(dossier, "hen-lai"), typed(dossier, reason="Mất điện", day="2026-03-11", other_day="12/03/2026")
    )
    sooner = signer.post(act(dossier, "hen-lai"), typed(dossier, reason="Mất điện", other_day="02/03/2026"))
    sunday = signer.post(act(dossier, "hen-lai"), typed(dossier, reason="Mất điện", other_day="15/03/2026"))
    said = post(signer, dossier, "hen-lai", reason="Mất điện", day="2026-03-11")
    again = signer.post(
        act(dossier, "hen-lai"), typed(Dossier.objects.get(pk=dossier.pk), reason="Nữa", day="2026-03-12")
    )

    assert "2 ngày làm việc nữa" in form
    assert "Hãy chọn ngày hẹn lại" in neither.content.decode()
    assert "Chỉ chọn một ngày" in both.content.decode()
    assert "phải sau ngày đã hẹn" in sooner.content.decode()
    assert "phải là ngày làm việc" in sunday.content.decode()
    assert "Những hạn đã hẹn trước đây" in said
    assert act(dossier, "hen-lai") not in said
    assert again.status_code == 422
    assert str(Extension.objects.get(dossier=dossier).new_due_at.date()) == "2026-03-11"


def test_an_apology_that_comes_late_says_so_before_it_is_sent(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    signer = at_work(office.signer)

    with time_machine.travel(MONDAY + timedelta(days=14), tick=False):
        form = signer.get(act(dossier, "hen-lai")).content.decode()

    assert "F13" in form
    assert "17/03/2026" in form


def test_an_overdue_dossier_is_promised_no_day_that_has_passed(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    signer = at_work(office.signer)

    with time_machine.travel(MONDAY + timedelta(days=14), tick=False):
        refused = signer.post(act(dossier, "hen-lai"), typed(dossier, reason="Mất điện", other_day="12/03/2026"))

    html = refused.content.decode()
    assert refused.status_code == 422
    assert 'href="#id_other_day"' in html
    assert "Ngày hẹn lại đã qua" in html
    assert not Extension.objects.exists()


def test_a_refusal_goes_its_own_way_to_the_applicant(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer, signer, clerk = at_work(office.officer), at_work(office.signer), at_work(office.clerk)
    draft = SimpleUploadedFile("tu-choi.pdf", pdf_bytes(), content_type="application/pdf")

    post(
        officer,
        dossier,
        "trinh-ky-tu-choi",
        basis="Điều 12 Luật Hộ tịch",
        opinion="Không đủ điều kiện",
        title="Văn bản từ chối",
        file=draft,
    )
    post(signer, dossier, "ky", note="")
    offered = opened(clerk, dossier)
    said = post(clerk, dossier, "phat-hanh-tu-choi", number="5/TC")

    assert act(dossier, "phat-hanh-tu-choi") in offered
    assert act(dossier, "phat-hanh") not in offered
    assert "Đã phát hành văn bản từ chối" in said
    assert status_of(dossier) == Status.REFUSED


@pytest.mark.parametrize(("channel", "name"), [("POST", "gui-buu-chinh"), ("ONLINE", "tra-ban-dien-tu")])
def test_a_result_goes_back_the_way_the_applicant_chose(
    channel: str, name: str, office: Office, at_work: AtWork
) -> None:
    here, chosen = (make_dossier(status=Status.DONE, office=office) for _ in range(2))
    Dossier.objects.filter(pk=chosen.pk).update(return_channel=channel)
    desk = at_work(office.reception)

    refused = desk.post(act(here, name), typed(here, post_no="EA1"))
    offered, not_offered = opened(desk, chosen), opened(desk, here)
    post(desk, chosen, name, post_no="EA1")

    assert "Người nộp đã chọn cách nhận kết quả khác" in refused.content.decode()
    assert act(chosen, name) in offered
    assert act(here, name) not in not_offered
    assert status_of(chosen) == Status.RETURNED


def test_a_wrong_result_is_put_right_and_both_are_kept(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.RETURNED, office=office)
    desk, signer = at_work(office.reception), at_work(office.signer)
    right = SimpleUploadedFile("dung.pdf", pdf_bytes(), content_type="application/pdf")

    post(desk, dossier, "bao-sai-sot", error="Sai năm sinh: 2024, đúng là 2025")
    page = signer.get(act(dossier, "dinh-chinh")).content.decode()
    nothing = signer.post(act(dossier, "dinh-chinh"), typed(Dossier.objects.get(pk=dossier.pk), number="13/GKS"))
    post(signer, dossier, "dinh-chinh", number="13/GKS", file=right)
    wrong = Correction.objects.get(dossier=dossier)
    kept = desk.get(f"/xu-ly/ho-so/{dossier.public_code}/tep/ban-sai/{wrong.pk}/")

    assert "Sai năm sinh: 2024" in page
    assert "Hãy chọn tệp kết quả đúng" in nothing.content.decode()
    assert Result.objects.get(dossier=dossier).number == "13/GKS"
    assert (kept.status_code, kept.getvalue()[:4]) == (200, b"%PDF")
    assert desk.get(f"/xu-ly/ho-so/{dossier.public_code}/tep/khac/{wrong.pk}/").status_code == 404
    assert "12/GKS" in opened(desk, dossier)


def test_a_dossier_is_stopped_by_the_head_and_closed_after_silence_by_the_desk(office: Office, at_work: AtWork) -> None:
    stopped, silent = (make_dossier(status=status, office=office) for status in (Status.IN_PROGRESS, Status.SUPPLEMENT))
    signer, desk = at_work(office.signer), at_work(office.reception)
    ground = {"basis": "Điều 12", "reason": "Toà án đang giải quyết"}

    early = desk.post(act(silent, "dong"), typed(silent, **ground))
    post(signer, stopped, "dung", **ground)
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        offered = opened(desk, silent)
        post(desk, silent, "dong", **ground)

    assert "Người nộp còn thời gian bổ sung" in early.content.decode()
    assert "Toà án đang giải quyết" in opened(signer, stopped)
    assert act(silent, "dong") in offered
    assert (status_of(stopped), status_of(silent)) == (Status.STOPPED, Status.CLOSED_UNANSWERED)
