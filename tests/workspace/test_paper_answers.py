"""Entering what a desk did on paper besides accepting, through its pages (B-25)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.dossiers.models import Dossier, Outage, PaperEntry, PaperKit, PaperReturn
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import MONDAY, Office, make_dossier, make_officer
from tests.workspace.test_acts import act, status_of
from tests.workspace.test_acts import typed as acting
from tests.workspace.test_counter import typed

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]
WHO = {
    "full_name": "Giàng A Páo",
    "citizen_id": "011099000123",
    "phone": "0900000777",
    "address": "Bản Phủ",
}
DECLINED = {
    "key": "7b1c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b77",
    **WHO,
    "answered_time": "09:20",
    "submitted_time": "",
    "ground": "WRONG_SUBJECT",
    "basis": "123/2015/NĐ-CP",
    "article": "khoản 2 Điều 16",
    "reason": "Không phải cư dân của phường.",
}


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


@pytest.fixture
def kit(office: Office, head: User) -> PaperKit:
    desk, agency = office.offering.receiving_unit, office.offering.competent_unit
    return reserve_kit(desk=desk, competent_unit=agency, count=2, officer=head, at=MONDAY - timedelta(days=4))


@pytest.fixture
def outage(office: Office, head: User) -> Outage:
    notice = OutageNotice(MONDAY, MONDAY + timedelta(hours=8), "Mất điện")
    desk = office.offering.receiving_unit
    return declare_outage(desk=desk, notice=notice, officer=head, at=MONDAY + timedelta(hours=9))


def page_of(office: Office, kit: PaperKit, act_name: str, number: int = 9001) -> str:
    return f"/xu-ly/nhap-ho-so-giay/{kit.code}/{number}/{office.offering.procedure.code}/2026-03-02/{act_name}/"


def asked_for(**changes: str) -> dict[str, object]:
    return typed(
        **{
            "answered_time": "09:20",
            "submitted_time": "",
            "reason": "Tờ khai chưa ký.",
            "wanted_1": "on",
            "note_1": "Ký tờ khai",
            **changes,
        }
    )


def test_from_the_list_of_procedures_a_decline_on_paper_is_entered(
    office: Office, kit: PaperKit, outage: Outage, at_work: AtWork
) -> None:
    desk, page = at_work(office.reception), page_of(office, kit, "tu-choi")

    choices = desk.get(f"/xu-ly/nhap-ho-so-giay/{kit.code}/9001/").content.decode()
    form = desk.get(page).content.decode()
    done = desk.post(page, DECLINED, follow=True).content.decode()

    dossier = Dossier.objects.get()
    assert page in choices
    assert page_of(office, kit, "bo-sung") in choices
    assert "Không thuộc đối tượng thực hiện thủ tục" in form
    assert (dossier.stage, dossier.closed_at) == (Status.NOT_ACCEPTED, MONDAY + timedelta(hours=1, minutes=20))
    assert dossier.declining.citation == "khoản 2 Điều 16, 123/2015/NĐ-CP"
    assert "Từ chối tiếp nhận trên giấy" in done
    assert f"Đã nhập hồ sơ {dossier.reference} từ giấy." in done
    kit_page = desk.get(f"/xu-ly/phuong-an-giay/bo/{kit.code}/").content.decode()
    assert dossier.reference in kit_page


def test_a_request_on_paper_is_entered_and_waits_for_the_applicant(
    office: Office, kit: PaperKit, outage: Outage, at_work: AtWork
) -> None:
    desk, page = at_work(office.reception), page_of(office, kit, "bo-sung")

    form = desk.get(page).content.decode()
    done = desk.post(page, asked_for(), follow=True).content.decode()

    dossier = Dossier.objects.get()
    assert "Tờ khai theo mẫu" in form
    assert (dossier.stage, dossier.supplement_requests.get().reason) == (Status.INTAKE_SUPPLEMENT, "Tờ khai chưa ký.")
    assert "Yêu cầu bổ sung trên giấy" in done
    assert act(dossier, "nhan-bo-sung") in done


@pytest.mark.usefixtures("outage")
@pytest.mark.parametrize(
    ("name", "fields", "sentence"),
    [
        ("tu-choi", {**DECLINED, "article": ""}, "khoản 2 Điều"),
        ("tu-choi", {**DECLINED, "answered_time": "07:10"}, "không nằm trong lần gián đoạn nào"),
        ("bo-sung", asked_for(wanted_1=""), "Hãy chọn ít nhất một giấy tờ cần bổ sung."),
        ("bo-sung", asked_for(note_1=""), "Hãy ghi rõ cần bổ sung hoặc sửa gì"),
        ("bo-sung", asked_for(answered_time="07:10"), "không nằm trong lần gián đoạn nào"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Office, kit: PaperKit, at_work: AtWork, name: str, fields: dict[str, object], sentence: str
) -> None:
    answer = at_work(office.reception).post(page_of(office, kit, name), fields)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in said
    assert str(fields["full_name"]) in said
    assert str(fields["reason"]) in said
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("name", ["tu-choi", "bo-sung"])
def test_sending_twice_makes_one_and_a_taken_number_is_told_of(
    office: Office, kit: PaperKit, outage: Outage, at_work: AtWork, name: str
) -> None:
    desk, page = at_work(office.reception), page_of(office, kit, name)
    fields = DECLINED if name == "tu-choi" else asked_for()

    first, second = desk.post(page, fields), desk.post(page, fields)
    other = desk.post(page_of(office, kit, "tu-choi"), {**DECLINED, "key": "7b1c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b78"})

    assert (first.status_code, second.status_code, other.status_code) == (302, 302, 409)
    assert PaperEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["tu-choi", "bo-sung"])
def test_to_a_stranger_it_is_not_found(
    office: Office, kit: PaperKit, outage: Outage, head: User, at_work: AtWork, name: str
) -> None:
    for person in (head, office.signer):
        assert at_work(person).get(page_of(office, kit, name)).status_code == 404


def test_a_result_given_out_on_paper_is_entered_from_the_hand_over(
    office: Office, outage: Outage, at_work: AtWork
) -> None:
    dossier = make_dossier(status=Status.DONE, office=office, at=MONDAY - timedelta(days=3))
    desk, page = at_work(office.reception), act(dossier, "tra-ket-qua-tren-giay")
    given = acting(dossier, received_by="Vàng Thị Mỷ", given_on="02/03/2026", given_time="10:15")

    ordinary = desk.get(act(dossier, "tra-ket-qua")).content.decode()
    early = desk.post(page, {**given, "given_on": "01/02/2026"})
    done = desk.post(page, given, follow=True).content.decode()
    twice = desk.post(page, given, follow=True).content.decode()

    assert page in ordinary
    assert (early.status_code, "trước khi kết quả về đến bộ phận" in early.content.decode()) == (422, True)
    assert "10:15" in early.content.decode()
    assert "Đã nhập kết quả trả trên giấy. Hồ sơ kết thúc." in done
    assert "Kết quả trả trên giấy" in done
    assert "Đã nhập kết quả trả trên giấy" in twice
    assert status_of(dossier) == Status.RETURNED
    assert PaperReturn.objects.get().given_at == MONDAY + timedelta(hours=2, minutes=15)


def test_the_kit_has_blank_forms_for_all_of_it(office: Office, kit: PaperKit, head: User, at_work: AtWork) -> None:
    printed = at_work(head).get(f"/xu-ly/phuong-an-giay/bo/{kit.code}/pdf/")

    words = text_of(printed.getvalue())
    assert words.count("PHIẾU YÊU CẦU BỔ SUNG") == 3
    assert words.count("PHIẾU TỪ CHỐI") == 3
    assert "DANH SÁCH KẾT QUẢ ĐÃ TRẢ" in words
    assert "Không đáp ứng yêu cầu, điều kiện của thủ tục" in words
