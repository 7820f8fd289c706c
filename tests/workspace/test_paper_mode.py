"""Work on paper on the screen: kits, outages, the PDF to print, entering later (B-25)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.dossiers.models import Dossier, Outage, PaperEntry, PaperKit, PaperSlot
from motcua.dossiers.queries.paper_kit import kit_data
from motcua.dossiers.queries.paper_mode import kits_of
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import MONDAY, Office, make_office, make_officer
from tests.workspace.test_counter import typed
from tests.workspace.test_lists import queries_of

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


@pytest.fixture
def kit(office: Office, head: User) -> PaperKit:
    offering = office.offering
    return reserve_kit(
        desk=offering.receiving_unit,
        competent_unit=offering.competent_unit,
        count=2,
        officer=head,
        at=MONDAY - timedelta(days=4),
    )


@pytest.fixture
def outage(office: Office, head: User) -> Outage:
    notice = OutageNotice(MONDAY, MONDAY + timedelta(hours=8), "Mất điện")
    return declare_outage(
        desk=office.offering.receiving_unit, notice=notice, officer=head, at=MONDAY + timedelta(hours=9)
    )


def form_of(office: Office, kit: PaperKit, number: int = 9001, day: str = "2026-03-02") -> str:
    return f"/xu-ly/nhap-ho-so-giay/{kit.code}/{number}/{office.offering.procedure.code}/{day}/"


def on_paper(**changes: object) -> dict[str, object]:
    return typed(
        **{
            "accepted_time": "09:15",
            "submitted_time": "",
            "written_due_on": "09/03/2026",
            "transferred_on": "",
            "transferred_time": "",
            **changes,
        }
    )


def queries_to_print(kit: PaperKit) -> int:
    """Count what is asked for the PDF, without drawing it."""
    loaded = kits_of([kit.desk]).get(pk=kit.pk)
    with CaptureQueriesContext(connection) as asked:
        kit_data(loaded, at=MONDAY)
    return len(asked)


def test_the_head_keeps_numbers_and_prints_them_before_the_network_fails(
    office: Office, head: User, at_work: AtWork
) -> None:
    client, desk = at_work(head), office.offering.receiving_unit.code
    agency = office.offering.competent_unit.code
    assert "Chưa có bộ giấy tờ nào" in client.get("/xu-ly/phuong-an-giay/").content.decode()

    too_many = client.post(f"/xu-ly/phuong-an-giay/{desk}/giu-so/", {"agency": agency, "count": "51"})
    made = client.post(f"/xu-ly/phuong-an-giay/{desk}/giu-so/", {"agency": agency, "count": "2"}, follow=True)

    assert too_many.status_code == 422
    assert "không quá 50 số" in too_many.content.decode()
    kit = PaperKit.objects.get()
    assert f"Bộ giấy tờ {kit.code}" in made.content.decode()
    printed = client.get(f"/xu-ly/phuong-an-giay/bo/{kit.code}/pdf/")
    text = text_of(printed.content)
    assert printed.headers["Cache-Control"] == "private, no-store"
    for said in (
        f"{agency}-",
        "Liên 1: giao người nộp hồ sơ",
        "Liên 2: lưu cùng hồ sơ",
        "PHIẾU KIỂM SOÁT",
        "5 ngày làm việc",
        "Thứ Hai, 02/03/2026 09/03/2026",
        "Nghỉ hằng tuần",
        kit.slots.get(number=9002).pin,
        office.offering.procedure.title,
    ):
        assert said in text


def test_a_sheet_is_reported_as_spoilt_and_a_kit_withdrawn(
    office: Office, head: User, kit: PaperKit, at_work: AtWork
) -> None:
    clerk, page = at_work(office.reception), f"/xu-ly/phuong-an-giay/bo/{kit.code}/"

    nothing_said = clerk.post(f"{page}9001/hong/", {"reason": ""})
    spoilt = clerk.post(f"{page}9001/hong/", {"reason": "Ghi sai ngày hẹn"}, follow=True).content.decode()
    again = clerk.post(f"{page}9001/hong/", {"reason": "Rách"})
    refused = clerk.post(f"{page}thu-hoi/", follow=True).content.decode()
    done = at_work(head).post(f"{page}thu-hoi/", follow=True).content.decode()
    twice = at_work(head).post(f"{page}thu-hoi/", follow=True).content.decode()
    nothing_left = at_work(head).get(f"{page}pdf/", follow=True).content.decode()

    assert nothing_said.status_code == 422
    assert "Ghi sai ngày hẹn" in spoilt
    assert "đã báo hỏng hoặc đã thu hồi" in again.content.decode()
    assert "Bạn không được giao việc này" in refused
    assert "Hãy hủy những tờ chưa dùng" in done
    assert "đã thu hồi trước đó" in twice
    assert "không còn số nào để in" in nothing_left


def test_the_head_says_when_the_system_was_down(office: Office, head: User, at_work: AtWork) -> None:
    client, desk = at_work(head), office.offering.receiving_unit.code
    declare, end = (f"/xu-ly/phuong-an-giay/{desk}/{act}/" for act in ("bao-gian-doan", "het-gian-doan"))
    said = {"began_on": "02/03/2026", "began_time": "09:00", "reason": "Đứt cáp quang"}

    half = client.post(declare, {**said, "ended_on": "02/03/2026"})
    other_half = client.post(declare, {**said, "ended_time": "10:00"})
    too_late = client.post(declare, {**said, "began_on": "02/01/2026"})
    lasting = client.post(declare, said, follow=True).content.decode()
    early = client.post(end, {"ended_on": "02/03/2026", "ended_time": "08:00"})
    over = client.post(end, {"ended_on": "02/03/2026", "ended_time": "11:30"}, follow=True).content.decode()
    twice = client.post(end, {"ended_on": "02/03/2026", "ended_time": "11:30"}, follow=True).content.decode()

    assert "Hãy ghi giờ hệ thống hoạt động lại" in half.content.decode()
    assert "Hãy ghi ngày hệ thống hoạt động lại" in other_half.content.decode()
    assert "quá lâu nên không khai báo được" in too_late.content.decode()
    assert "Đang khai báo gián đoạn" in lasting
    assert "phải sau lúc bắt đầu" in early.content.decode()
    assert "Đang khai báo gián đoạn" not in over
    assert "không có lần gián đoạn nào đang kéo dài" in twice
    assert Outage.objects.get().reason == "Đứt cáp quang"


@pytest.mark.usefixtures("outage")
def test_a_clerk_enters_what_the_papers_say(office: Office, kit: PaperKit, at_work: AtWork) -> None:
    client, code = at_work(office.reception), office.offering.competent_unit.code
    chosen = client.get("/xu-ly/nhap-ho-so-giay/", {"q": f"{code.lower()}-9001"})
    procedures = client.get(chosen.headers["Location"]).content.decode()
    unknown = client.get("/xu-ly/nhap-ho-so-giay/", {"q": "9999"}).content.decode()
    address = form_of(office, kit)

    slip = client.post(address, on_paper(written_due_on="11/03/2026"))
    made = client.post(address, on_paper(written_due_on="11/03/2026", is_as_written="on"), follow=True)

    assert address in procedures
    assert "Không có số nào chưa nhập như vậy" in unknown
    assert slip.status_code == 422
    assert "ngày hẹn trả là 09/03/2026" in slip.content.decode()
    dossier = Dossier.objects.get()
    assert made.redirect_chain[-1][0] == f"/xu-ly/ho-so/{code}-260302-9001/"
    assert (dossier.status, dossier.lookup_pin) == (Status.ACCEPTED, kit.slots.get(number=9001).pin)
    page = made.content.decode()
    assert "Nhập lại từ giấy" in page
    assert "Giấy đã giao hẹn trả ngày 11/03/2026; tính theo quy định là ngày 09/03/2026." in page
    register = client.get("/xu-ly/so-theo-doi/").content.decode()
    assert "Nhập lại từ giấy, ghi lúc 17 giờ 00, 02/03/2026" in register
    kit_page = client.get(f"/xu-ly/phuong-an-giay/bo/{kit.code}/").content.decode()
    assert "Đã nhập" in kit_page


@pytest.mark.usefixtures("outage")
@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        pytest.param({"accepted_time": "16:30"}, 422, "không nằm trong lần gián đoạn nào", id="after the outage"),
        pytest.param({"submitted_time": "09:30"}, 422, "phải theo đúng thứ tự đó", id="handed in after acceptance"),
        pytest.param({"transferred_on": "02/03/2026"}, 422, "Hãy ghi giờ chuyển", id="half a moment"),
        pytest.param({"transferred_time": "10:00"}, 422, "Hãy ghi ngày chuyển", id="the other half"),
        pytest.param({"originals_1": "0"}, 422, "giấy tờ số 1 còn thiếu", id="a paper missing"),
        pytest.param(
            {"written_due_on": "01/03/2026", "is_as_written": "on"}, 422, "không thể trước ngày", id="due before"
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    office: Office, kit: PaperKit, at_work: AtWork, changes: dict[str, object], status: int, sentence: str
) -> None:
    answer = at_work(office.reception).post(form_of(office, kit), on_paper(**changes))

    said = answer.content.decode()
    assert answer.status_code == status
    assert sentence in said
    assert "Bản Huổi Mẫu" in said
    assert not PaperEntry.objects.exists()


@pytest.mark.usefixtures("outage")
def test_a_number_that_a_colleague_has_entered_is_told_with_who_and_when(
    office: Office, kit: PaperKit, at_work: AtWork
) -> None:
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit)
    at_work(office.reception).post(form_of(office, kit), on_paper())

    answer = at_work(colleague).post(form_of(office, kit), on_paper())

    assert answer.status_code == 409
    assert f"đã được {office.reception.display_name} nhập lúc" in answer.content.decode()


def test_without_an_outage_nothing_can_be_entered_and_the_page_says_why(
    office: Office, kit: PaperKit, at_work: AtWork
) -> None:
    client = at_work(office.reception)

    assert "Chưa có lần gián đoạn nào" in client.get(f"/xu-ly/nhap-ho-so-giay/{kit.code}/9001/").content.decode()
    for day in ("khong-phai-ngay", "2019-03-02"):
        assert client.get(form_of(office, kit, day=day)).status_code == 404


def test_other_desks_find_nothing(office: Office, head: User, kit: PaperKit, at_work: AtWork) -> None:
    stranger, desk = at_work(make_office().reception), office.offering.receiving_unit.code

    for url in (f"phuong-an-giay/bo/{kit.code}/", f"nhap-ho-so-giay/{kit.code}/9001/"):
        assert stranger.get(f"/xu-ly/{url}").status_code == 404
    assert at_work(office.reception).get(f"/xu-ly/phuong-an-giay/{desk}/giu-so/").status_code == 404
    assert at_work(head).get(f"/xu-ly/nhap-ho-so-giay/{kit.code}/9001/").status_code == 404
    assert at_work(office.signer).get("/xu-ly/phuong-an-giay/").status_code == 403


@pytest.mark.usefixtures("outage")
def test_more_kits_and_numbers_ask_no_more_of_the_database(
    office: Office, head: User, kit: PaperKit, at_work: AtWork
) -> None:
    client, offering = at_work(office.reception), office.offering
    urls = ["/xu-ly/phuong-an-giay/", "/xu-ly/nhap-ho-so-giay/", f"/xu-ly/phuong-an-giay/bo/{kit.code}/"]
    before = [*(queries_of(client, url) for url in urls), queries_to_print(kit)]
    PaperSlot.objects.bulk_create(
        PaperSlot(kit=kit, competent_unit=kit.competent_unit, number=number, pin="1234") for number in range(9100, 9110)
    )
    for _ in range(3):
        reserve_kit(
            desk=offering.receiving_unit, competent_unit=offering.competent_unit, count=2, officer=head, at=MONDAY
        )

    assert [*(queries_of(client, url) for url in urls), queries_to_print(kit)] == before
