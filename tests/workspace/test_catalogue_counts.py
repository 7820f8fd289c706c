"""The counts of the catalogue on screen and as a table to take away."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Procedure
from motcua.rules.permissions import Role
from tests.catalogue.test_catalogue_on_a_day import published
from tests.make import MONDAY, Office, make_offering, make_officer

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/danh-muc/bien-dong/"
PERIOD = {"tu": "01/01/2026", "den": "30/09/2026"}


@pytest.fixture
def client(office: Office, at_work: AtWork) -> Client:
    """A province where one procedure was there, two came, and one went."""
    control = make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)
    published("9.000001", date(2020, 1, 1), level="PROVINCE")
    published("9.000002", date(2026, 2, 1))
    published("9.000003", date(2026, 2, 1), sector="=HYPERLINK")
    withdraw_procedure(
        procedure=Procedure.objects.get(code="9.000001"), on=date(2026, 3, 1), replaced_by=None, actor=None, at=MONDAY
    )
    return at_work(control)


def test_the_page_shows_the_identity_and_the_groups(client: Client) -> None:
    page = client.get(HOME, PERIOD).content.decode()

    assert "Từ 01/01/2026 đến hết 30/09/2026" in page
    assert "Số liệu khớp" in page
    assert [page.count(f">{name}</th>") for name in ("Cấp tỉnh", "Cấp xã", "Cấp bộ", "Toàn danh mục")] == [1, 1, 0, 1]


def test_without_dates_it_is_this_year_until_today(client: Client) -> None:
    assert "Từ 01/01/2026 đến hết 02/03/2026" in client.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"tu": "01/02/2026", "den": "01/01/2026"}, "Ngày cuối không được trước ngày đầu."),
        ({"tu": "hôm qua"}, "Ghi ngày theo thứ tự ngày/tháng/năm"),
        ({"theo": "khong-co"}, "Chia theo"),
    ],
)
def test_a_period_that_cannot_be_is_said(asked: dict[str, str], sentence: str, client: Client) -> None:
    answer = client.get(HOME, asked)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert client.get(f"{HOME}csv/", asked).headers["Location"].startswith(f"{HOME}?")


def test_the_table_goes_out_as_csv_with_the_same_figures(client: Client) -> None:
    answer = client.get(f"{HOME}csv/", PERIOD)

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Tên,Đầu kỳ,Mới,Chuyển đến,Bãi bỏ,Chuyển đi,Cuối kỳ")
    assert lines[1:] == [
        "Cấp tỉnh,1,0,0,1,0,0,0,0,1",
        "Cấp xã,1,2,0,0,0,3,0,0,2",
        "Toàn danh mục,2,2,0,1,0,3,0,0,3",
    ]
    assert "bien-dong-20260101-20260930.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{HOME}pdf/", PERIOD).status_code == 404


def test_a_name_never_becomes_a_formula(client: Client) -> None:
    by_sector = {**PERIOD, "theo": "SECTOR"}

    book = load_workbook(io.BytesIO(client.get(f"{HOME}xlsx/", by_sector).content))

    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in cells} >= {("=HYPERLINK", "s"), ("Hộ tịch", "s")}
    assert "'=HYPERLINK" in client.get(f"{HOME}csv/", by_sector).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_takes_as_many_queries_for_one_unit_as_for_thirty(
    many: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many - 1):
        make_offering()

    with django_assert_num_queries(6):
        page = client.get(HOME, {**PERIOD, "theo": "UNIT"}).content.decode()

    assert page.count("<tr>") == many + 1
