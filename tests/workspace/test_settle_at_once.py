"""Giving the result out on the spot through its page (B step 5)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.accounts.models import Grant, User
from motcua.dossiers.models import Dossier, PaperReturn, Result
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.make_files import pdf_bytes
from tests.dossiers.test_paper_mode import NEXT_DAY, down
from tests.make import MONDAY, Office, make_dossier, make_officer, settling_at_once
from tests.workspace.test_acts import act, status_of, typed

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
NAME = "tra-ket-qua-ngay"
GIVEN = {"title": "Trích lục khai sinh", "number": "15/TLKS", "received_by": "Vàng Thị Mỷ"}


@pytest.fixture
def at_once(office: Office) -> Office:
    return settling_at_once(office)


@pytest.fixture
def accepted(at_once: Office) -> Dossier:
    return make_dossier(status=Status.ACCEPTED, office=at_once)


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("trich-luc.pdf", pdf_bytes())


def test_from_the_page_after_acceptance_the_desk_gives_the_result_out(
    at_once: Office, accepted: Dossier, at_work: AtWork
) -> None:
    desk, signer = at_work(at_once.reception), at_work(at_once.signer)

    after = desk.get(act(accepted, "da-tiep-nhan")).content.decode()
    form = desk.get(act(accepted, NAME)).content.decode()
    given = {**typed(accepted, **GIVEN, signer=at_once.signer.username), "file": scan()}
    done = desk.post(act(accepted, NAME), given, follow=True).content.decode()

    assert after.index(act(accepted, NAME)) < after.index(act(accepted, "chuyen"))
    assert "Không phải in giấy tiếp nhận" in form
    assert at_once.signer.display_name in form
    assert "Đã trả kết quả ngay. Hồ sơ kết thúc." in done
    assert (status_of(accepted), Result.objects.get().received_by) == (Status.IMMEDIATE_DONE, "Vàng Thị Mỷ")
    assert "Quầy đã trả ngay một kết quả ghi bạn là người ký" in signer.get("/xu-ly/thong-bao/").content.decode()
    assert accepted.public_code not in desk.get("/xu-ly/").content.decode()


def test_pressing_twice_gives_it_out_once(at_once: Office, accepted: Dossier, at_work: AtWork) -> None:
    desk = at_work(at_once.reception)
    given = typed(accepted, **GIVEN, signer=at_once.signer.username)

    for _ in range(2):
        answer = desk.post(act(accepted, NAME), {**given, "file": scan()}, follow=True)
        assert answer.status_code == 200

    assert EventRecord.objects.filter(kind="ResultGivenAtOnce").count() == 1


def test_without_the_scan_what_was_typed_stays(at_once: Office, accepted: Dossier, at_work: AtWork) -> None:
    answer = at_work(at_once.reception).post(
        act(accepted, NAME), typed(accepted, **{**GIVEN, "number": "99/TLKS"}, signer=at_once.signer.username)
    )

    assert answer.status_code == 422
    assert "Hãy chọn tệp chụp kết quả đã ký." in answer.content.decode()
    assert "99/TLKS" in answer.content.decode()


def test_a_signer_whose_role_ended_meanwhile_is_told_of_by_the_field(
    at_once: Office, accepted: Dossier, at_work: AtWork
) -> None:
    desk = at_work(at_once.reception)
    other = at_once.officer
    given = {**typed(accepted, **GIVEN, signer=at_once.signer.username), "file": scan()}
    Grant.objects.filter(user=at_once.signer).update(user=other, role="SIGNER")

    gone = desk.post(act(accepted, NAME), given)

    assert gone.status_code == 422
    assert status_of(accepted) == Status.ACCEPTED


def test_a_procedure_with_a_limit_of_days_has_no_such_button_and_is_refused(office: Office, at_work: AtWork) -> None:
    dossier, desk = make_dossier(status=Status.ACCEPTED, office=office), at_work(office.reception)

    page = desk.get(f"/xu-ly/ho-so/{dossier.public_code}/").content.decode()
    opened = desk.get(act(dossier, NAME))
    given = {**typed(dossier, **GIVEN, signer=office.signer.username), "file": scan()}
    answer = desk.post(act(dossier, NAME), given)

    assert act(dossier, NAME) not in page
    assert answer.status_code == 422
    assert "Thủ tục này không giải quyết ngay tại quầy." in answer.content.decode()
    assert (opened.status_code, "Thủ tục này không giải quyết ngay tại quầy." in opened.content.decode()) == (422, True)
    assert "15/TLKS" in answer.content.decode()


def test_what_was_given_out_on_paper_is_entered_with_its_hour(
    at_once: Office, accepted: Dossier, at_work: AtWork
) -> None:
    desk, page = at_work(at_once.reception), act(accepted, NAME)
    assert "given_on" not in desk.get(page).content.decode(), "nothing was down since the acceptance"
    head = make_officer(Role.HEAD_OF_ONE_STOP, at_once.offering.receiving_unit)
    down(at_once, head, began_at=MONDAY + timedelta(minutes=30), ended_at=MONDAY + timedelta(hours=3), at=NEXT_DAY)
    given = typed(accepted, **GIVEN, signer=at_once.signer.username, given_on="02/03/2026")

    form = desk.get(page).content.decode()
    half = desk.post(page, {**given, "file": scan()})
    early = desk.post(page, {**given, "given_time": "07:15", "file": scan()})
    done = desk.post(page, {**given, "given_time": "10:15", "file": scan()}, follow=True).content.decode()

    assert "Ngày trả ghi trên giấy" in form
    assert (half.status_code, "cả ngày và giờ" in half.content.decode()) == (422, True)
    assert (early.status_code, "Giờ trả ghi trên giấy trước khi tiếp nhận" in early.content.decode()) == (422, True)
    assert "15/TLKS" in early.content.decode()
    assert "Kết quả trả trên giấy" in done
    assert PaperReturn.objects.get().given_at == MONDAY + timedelta(hours=2, minutes=15)
    assert status_of(accepted) == Status.IMMEDIATE_DONE


def test_where_nobody_signs_today_the_page_says_so(at_once: Office, accepted: Dossier, at_work: AtWork) -> None:
    Grant.objects.filter(user=at_once.signer).delete()

    page = at_work(at_once.reception).get(act(accepted, NAME)).content.decode()

    assert "hôm nay chưa có lãnh đạo ký nào" in page
