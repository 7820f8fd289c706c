"""Announcing days off, seeing what they would move, and having them count."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.dossiers.models import CalendarRecount, Dossier
from motcua.dossiers.tasks import follow_calendar
from motcua.organisations.models import CalendarAnnouncement
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import Office, make_dossier, make_officer, make_unit

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
PAGE = "/xu-ly/lich/"


@pytest.fixture
def keeper(office: Office) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)


def typed(office: Office, **changes: str) -> dict[str, str]:
    return {
        "scope": office.offering.competent_unit.code,
        "source": "Công điện 05/CĐ-UBND",
        "kind": "CLOSED",
        "first_day": "03/03/2026",
        "last_day": "",
        "name": "lũ quét",
        "worked_day": "",
        "confirms_year": "",
        **changes,
    }


def test_an_announcement_is_seen_before_it_counts(office: Office, keeper: User, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    client = at_work(keeper)

    made = client.post(PAGE, typed(office))
    page = client.get(made.headers["Location"]).content.decode()
    table = client.get(f"{made.headers['Location']}anh-huong/").content.decode()

    assert client.get("/xu-ly/").headers["Location"] == PAGE
    assert dossier.public_code in page
    assert "Dời muộn hơn" in page
    assert f"{dossier.public_code},Hẹn trả kết quả,17:00 09/03/2026,17:00 10/03/2026" in table
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at


def test_applying_moves_the_promises_and_the_page_says_how_many(office: Office, keeper: User, at_work: AtWork) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    client = at_work(keeper)
    address = client.post(PAGE, typed(office)).headers["Location"]

    answers = [client.post(address).status_code for _ in range(2)]
    before = client.get(address).content.decode()
    follow_calendar(recount_id=CalendarRecount.objects.get().pk)
    after = client.get(address).content.decode()

    assert answers == [302, 302]
    assert "Đang dời hạn trong nền" in before
    assert "Đã xong" in after
    assert "anh-huong" not in after


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"first_day": ""}, "Hãy ghi ngày.", id="no day"),
        pytest.param({"name": ""}, "Hãy ghi dịp hoặc lý do.", id="no occasion"),
        pytest.param({"last_day": "02/03/2026"}, "Ngày cuối phải sau ngày đầu", id="backwards"),
        pytest.param({"kind": "WORKING", "first_day": "07/03/2026"}, "từ thứ Hai đến thứ Sáu", id="a worked Saturday"),
        pytest.param({"scope": "VN"}, "Áp dụng cho", id="the whole country is not a commune's"),
        pytest.param({"scope": ""}, "Hãy chọn nơi áp dụng.", id="nowhere"),
        pytest.param({"first_day": "03/03/2031"}, "nằm ngoài lịch làm việc", id="past the calendar"),
    ],
)
def test_what_cannot_be_is_said(
    office: Office, keeper: User, at_work: AtWork, changes: dict[str, str], sentence: str
) -> None:
    answer = at_work(keeper).post(PAGE, typed(office, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not CalendarAnnouncement.objects.exists()


def test_days_in_a_row_leave_out_the_weekend_and_a_swap_names_its_saturday(
    office: Office, keeper: User, at_work: AtWork
) -> None:
    changes = {"kind": "SWAPPED_OFF", "first_day": "06/03/2026", "last_day": "09/03/2026", "worked_day": "14/03/2026"}

    at_work(keeper).post(PAGE, typed(office, **changes))

    days = CalendarAnnouncement.objects.get().days.order_by("on").values_list("on", "kind")
    assert list(days) == [
        (date(2026, 3, 6), "SWAPPED_OFF"),
        (date(2026, 3, 9), "SWAPPED_OFF"),
        (date(2026, 3, 14), "SWAPPED_WORK"),
    ]


def test_the_province_confirms_a_year(office: Office, at_work: AtWork) -> None:
    province = make_unit(kind="PROVINCE", level="PROVINCE")
    client = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, province))

    made = client.post(PAGE, typed(office, scope="VN", first_day="", name="", confirms_year="2027"))

    assert made.status_code == 302
    assert CalendarAnnouncement.objects.get().confirms_year == 2027
    assert "Chốt lịch năm 2027" in client.get(PAGE).content.decode()


def test_for_whom_days_off_are_is_chosen_by_hand(office: Office, at_work: AtWork) -> None:
    province = make_unit(kind="PROVINCE", level="PROVINCE")
    client = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, province))

    form = client.get(PAGE).content.decode()
    refused = client.post(PAGE, typed(office, scope=""))

    assert '<option value="" selected>' in form
    assert refused.status_code == 422
    assert not CalendarAnnouncement.objects.exists()


def test_a_stranger_finds_neither_list_nor_announcement(office: Office, keeper: User, at_work: AtWork) -> None:
    address = at_work(keeper).post(PAGE, typed(office)).headers["Location"]
    stranger = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit()))

    assert stranger.get(address).status_code == 404
    assert stranger.post(address).status_code == 404
    assert stranger.get(f"{address}anh-huong/").status_code == 404
    assert at_work(office.reception).get(PAGE).status_code == 403


def test_what_is_for_all_is_applied_by_a_province_only(office: Office, keeper: User, at_work: AtWork) -> None:
    province = make_unit(kind="PROVINCE", level="PROVINCE")
    made = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, province)).post(PAGE, typed(office, scope="VN"))

    answer = at_work(keeper).post(made.headers["Location"])

    assert answer.status_code == 403
    assert not CalendarRecount.objects.exists()
