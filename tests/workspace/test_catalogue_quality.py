"""The quality report on screen, and "none" said of a part."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.models import NoneDeclaration, ProcedureVersion
from motcua.rules.permissions import Role
from tests.make import MONDAY, Office, make_officer, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/danh-muc/chat-luong/"


@pytest.fixture
def control(office: Office) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)


@pytest.fixture
def address(office: Office) -> str:
    return f"/xu-ly/danh-muc/{office.offering.procedure.code}/1/"


def test_the_report_counts_and_lists_and_leads_to_the_version(
    office: Office, control: User, address: str, at_work: AtWork
) -> None:
    client = at_work(control)

    page = client.get(HOME).content.decode()

    assert "0 trên 1 thủ tục đang có hiệu lực có đủ các bộ phận." in page
    assert f'href="{address}"' in page
    assert page.count("Thiếu trình tự thực hiện") == 3  # to choose, counted, and at the procedure
    assert 'href="/xu-ly/danh-muc/chat-luong/?loi=STEPS"' in page
    assert "Chưa rõ có mẫu đơn hay không" not in page[page.index("<tbody>") :]


def test_the_report_is_narrowed_and_goes_out_with_what_it_shows(office: Office, control: User, at_work: AtWork) -> None:
    client = at_work(control)
    make_procedure(title="Nơi khác")
    asked = {"donvi": office.offering.competent_unit.code, "loi": "CONDITIONS"}

    page = client.get(HOME, asked).content.decode()
    lines = client.get(f"{HOME}csv/", asked).content.decode("utf-8-sig").splitlines()
    book = load_workbook(io.BytesIO(client.get(f"{HOME}xlsx/", asked).content))

    assert "Nơi khác" not in page
    assert 'aria-current="true"' in page
    assert lines[0] == "Mã,Tên thủ tục,Lĩnh vực,Cấp,Lần,Chỗ cần sửa"
    assert any(line.endswith("Chưa rõ có điều kiện hay không") for line in lines)
    assert {line.split(",")[0] for line in lines[1:]} == {office.offering.procedure.code}
    assert book.worksheets[0].max_row == len(lines)
    assert client.get(HOME, {"loi": "khong-co"}).status_code == 422
    assert client.get(f"{HOME}csv/", {"loi": "khong-co"}).status_code == 404
    assert client.get(f"{HOME}pdf/").status_code == 404


def test_none_is_said_of_an_empty_part_and_taken_back(control: User, address: str, at_work: AtWork) -> None:
    client = at_work(control)
    assert client.get(address).content.decode().count("Xác nhận không có") == 2

    for _ in range(2):  # a second click changes nothing
        assert client.post(address, {"part": "CONDITIONS", "do": "declare"}).headers["Location"] == address

    page = client.get(address).content.decode()
    assert "Đã xác nhận là không có." in page
    assert f"{control.display_name} xác nhận lúc" in page
    assert NoneDeclaration.objects.count() == 1
    assert client.post(address, {"part": "CONDITIONS", "do": "back"}).status_code == 302
    assert "Đã rút lại xác nhận." in client.get(address).content.decode()
    assert not NoneDeclaration.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"part": "FORMS", "do": "declare"}, 409, "Bộ phận này đã có nội dung"),
        ({"part": "STEPS", "do": "declare"}, 422, "Hãy chọn bộ phận"),
        ({}, 422, "Hãy chọn bộ phận"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words(
    sent: dict[str, str], status: int, sentence: str, control: User, address: str, at_work: AtWork
) -> None:
    answer = at_work(control).post(address, sent)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not NoneDeclaration.objects.exists()


def test_who_does_not_control_procedures_reads_and_says_nothing(office: Office, address: str, at_work: AtWork) -> None:
    client = at_work(office.reception)

    assert "Xác nhận không có" not in client.get(address).content.decode()
    assert client.post(address, {"part": "CONDITIONS", "do": "declare"}).status_code == 403
    assert not NoneDeclaration.objects.exists()


def test_a_version_that_is_not_published_is_not_found(
    office: Office, control: User, address: str, at_work: AtWork
) -> None:
    procedure, day = office.offering.procedure, MONDAY.date() + timedelta(days=9)
    ProcedureVersion.objects.filter(procedure=procedure).update(valid_until=day)
    ProcedureVersion.objects.create(procedure=procedure, number=2, valid_from=day, title="Dự thảo", level="COMMUNE")

    assert at_work(control).get(address.replace("/1/", "/2/")).status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_report_takes_as_many_queries_for_one_row_as_for_thirty(
    many: int, control: User, at_work: AtWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many - 1):
        make_procedure()
    client = at_work(control)

    with django_assert_num_queries(12):
        page = client.get(HOME).content.decode()

    assert page.count("<tr>") == many + 1
