"""The table of settlement on screen and to take away: every figure, how it was counted, what is typed wrongly."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.reporting.commands.choose_definition import Choice, choose_definition
from motcua.reporting.tasks import count_in
from motcua.rules.settlement_table import CountingDefinition, RateOf, WaitingAs, WithoutResultAs
from motcua.rules.transitions import Status
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import MONDAY, Office, make_dossier, make_office
from tests.workspace.test_review_costs import queries_of

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/bao-cao/giai-quyet/"
FIRST_QUARTER = {"loai": "QUARTER", "ky": "1", "nam": "2026", "theo": "UNIT"}


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


@pytest.fixture
def office() -> Office:
    """One dossier early, one that waits for its applicant, one overdue."""
    office = make_office()
    for status in (Status.DONE, Status.SUPPLEMENT, Status.IN_PROGRESS):
        make_dossier(office=office, status=status)
    return office


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_quarter_that_ended_last_is_shown_with_how_it_was_counted(
    place: ReviewingProvince, office: Office, at_work: AtWork
) -> None:
    page = at_work(place.keeper).get(HOME).content.decode()

    assert "Quý 4 năm 2025" in page
    assert "Từ 15/09/2025 đến hết 14/12/2025" in page
    assert "Tỉnh chưa chọn cách tính riêng" in page
    assert "Hồ sơ chờ người nộp bổ sung được tính là đang giải quyết, trong hạn." in page


@pytest.mark.parametrize("is_counted_in", [True, False])
def test_the_table_to_take_away_is_the_official_form_cell_by_cell(
    place: ReviewingProvince, office: Office, at_work: AtWork, is_counted_in: bool
) -> None:
    if is_counted_in:
        count_in(timestamp=0)
    client, figures = at_work(place.keeper), ["3", "3", "0", "0", "1", "1", "0", "0", "2", "1", "1"]

    rows = rows_of(client.get(f"{HOME}csv/", FIRST_QUARTER).content)
    book = load_workbook(io.BytesIO(client.get(f"{HOME}xlsx/", FIRST_QUARTER).content))

    assert rows[0] == [
        "STT",
        "Tên",
        "Tiếp nhận: tổng số",
        "Tiếp nhận: trực tuyến",
        "Tiếp nhận: trực tiếp, bưu chính",
        "Tiếp nhận: kỳ trước chuyển sang",
        "Đã giải quyết: tổng số",
        "Đã giải quyết: trước hạn",
        "Đã giải quyết: đúng hạn",
        "Đã giải quyết: quá hạn",
        "Đang giải quyết: tổng số",
        "Đang giải quyết: trong hạn",
        "Đang giải quyết: quá hạn",
        "Tỷ lệ đúng hạn",
    ]
    assert rows[1] == ["1", office.offering.competent_unit.name, *figures, "100,00%"]
    assert rows[2] == ["", "Tổng cộng", *figures, "100,00%"]
    assert rows[3] == ["", "Quý 1 năm 2026: Từ 15/12/2025 đến hết 14/03/2026"]
    assert len(rows) == 9
    cells = [[cell for cell in row if cell is not None] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert [str(cell) for cell in cells[1]] == rows[1]
    assert cells[1][2] == 3


def test_the_page_prints_the_same_figures_as_the_file(
    place: ReviewingProvince, office: Office, at_work: AtWork
) -> None:
    page = " ".join(at_work(place.chairman).get(HOME, FIRST_QUARTER).content.decode().split())

    assert office.offering.competent_unit.name in page
    cells = re.findall(r'<td class="num"> (?:<a href="[^"]+">)?(\d+)(?:</a>)? </td>', page)
    assert list(map(int, cells)) == [3, 3, 0, 0, 1, 1, 0, 0, 2, 1, 1] * 2
    assert "Trong kỳ: đến hạn 3; chỉ đúng hạn nhờ hẹn lại 0;" in page
    (address,) = re.findall(rf'href="({HOME}csv/[^"]+)"', page)
    assert at_work(place.chairman).get(html.unescape(address)).status_code == 200


def test_the_definition_that_the_province_chose_is_printed_beneath(
    place: ReviewingProvince, office: Office, at_work: AtWork
) -> None:
    old_form = CountingDefinition(WaitingAs.SETTLED_ON_TIME, WithoutResultAs.ALWAYS_ON_TIME, rate=RateOf.TO_SETTLE)
    choice = Choice(old_form, date(2026, 1, 1), "Quyết định 5/QĐ-UBND")
    choose_definition(choice=choice, actor=place.keeper, at=MONDAY)
    client = at_work(place.keeper)

    page = " ".join(client.get(HOME, FIRST_QUARTER).content.decode().split())
    rows = rows_of(client.get(f"{HOME}csv/", FIRST_QUARTER).content)

    assert "Tỉnh áp dụng từ 01/01/2026 theo Quyết định 5/QĐ-UBND." in page
    assert "Hồ sơ chờ người nộp bổ sung được tính là đã giải quyết đúng hạn." in page
    assert rows[1][2:] == ["3", "3", "0", "0", "2", "1", "1", "0", "1", "0", "1", "66,66%"]
    assert rows[-1] == ["", "Quyết định 5/QĐ-UBND"]


@pytest.mark.parametrize(
    ("change", "name"),
    [({"theo": "SECTOR"}, "sector"), ({"theo": "PROCEDURE"}, "procedure"), ({"donvi": "own"}, "unit")],
)
def test_by_sector_by_procedure_and_of_one_unit(
    place: ReviewingProvince, office: Office, at_work: AtWork, change: dict[str, str], name: str
) -> None:
    make_dossier(status=Status.DONE)
    offering = office.offering
    if "donvi" in change:
        change = {"donvi": offering.competent_unit.code}
    names = {
        "sector": offering.procedure.sector.name,
        "procedure": offering.procedure.title,
        "unit": offering.competent_unit.name,
    }

    rows = rows_of(at_work(place.keeper).get(f"{HOME}csv/", FIRST_QUARTER | change).content)

    assert names[name] in {row[1] for row in rows}
    totals = next(row for row in rows if row[1] == "Tổng cộng")
    assert totals[2] == ("3" if name == "unit" else "4")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ky": "5"}, "Một năm có 4 kỳ loại này."),
        ({"loai": "YEAR", "ky": "2"}, "Một năm có 1 kỳ loại này."),
        ({"nam": "1492"}, "2010"),
        ({"donvi": "khong-co"}, "khong-co"),
    ],
)
def test_what_cannot_be_is_said_by_the_field(
    place: ReviewingProvince, at_work: AtWork, change: dict[str, str], sentence: str
) -> None:
    client = at_work(place.keeper)

    answer = client.get(HOME, FIRST_QUARTER | change)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    file = client.get(f"{HOME}csv/", FIRST_QUARTER | change)
    assert (file.status_code, file.headers["Location"].startswith(HOME)) == (302, True)


def test_another_kind_of_file_is_not_there(place: ReviewingProvince, at_work: AtWork) -> None:
    assert at_work(place.keeper).get(f"{HOME}doc/").status_code == 404


def test_thirty_units_cost_as_many_questions_as_one(place: ReviewingProvince, at_work: AtWork) -> None:
    client = at_work(place.keeper)
    make_dossier(status=Status.SUPPLEMENT)
    one = queries_of(client, f"{HOME}?loai=QUARTER&ky=1&nam=2026")
    for _ in range(3):
        make_dossier(status=Status.SUPPLEMENT)

    assert queries_of(client, f"{HOME}?loai=QUARTER&ky=1&nam=2026") == one


def test_every_figure_opens_the_dossiers_behind_it(place: ReviewingProvince, office: Office, at_work: AtWork) -> None:
    client = at_work(place.keeper)
    page = client.get(HOME, FIRST_QUARTER).content.decode()
    addresses = [html.unescape(found) for found in re.findall(r'href="([^"]*/ho-so/[?][^"]*)"', page)]

    shown = [client.get(address).content.decode() for address in addresses]

    assert len(addresses) == 2 * len(["received", "online", "settled", "early", "in_progress", "within", "overdue"])
    assert all("Về bảng số liệu" in one for one in shown)
    late = client.get(f"{HOME}ho-so/", {**FIRST_QUARTER, "cot": "overdue"}).content.decode()
    overdue = Dossier.objects.get(status="IN_PROGRESS")
    assert "1 hồ sơ" in late
    assert overdue.public_code in late
    assert overdue.applicant.full_name not in late


def test_only_who_may_see_a_dossier_gets_its_address(place: ReviewingProvince, office: Office, at_work: AtWork) -> None:
    asked = {**FIRST_QUARTER, "cot": "received"}

    from_outside = at_work(place.keeper).get(f"{HOME}ho-so/", asked).content.decode()
    at_the_desk = at_work(office.reception).get(f"{HOME}ho-so/", asked).content.decode()

    links = [page.count('href="/xu-ly/ho-so/') for page in (from_outside, at_the_desk)]
    assert links == [0, 3]


@pytest.mark.parametrize("changed", [{"cot": "khong"}, {"ky": "9"}, {}])
def test_what_is_no_figure_leads_back_to_the_table(
    changed: dict[str, str], place: ReviewingProvince, at_work: AtWork
) -> None:
    answer = at_work(place.keeper).get(f"{HOME}ho-so/", {**FIRST_QUARTER, **changed})

    assert (answer.status_code, answer.headers["Location"].startswith(HOME)) == (302, True)


def test_a_page_of_dossiers_costs_as_many_queries_for_one_as_for_three(
    place: ReviewingProvince, office: Office, at_work: AtWork
) -> None:
    client = at_work(place.keeper)
    asked = f"{HOME}ho-so/?{urlencode(FIRST_QUARTER)}"

    one, three = (queries_of(client, f"{asked}&cot={column}") for column in ("early", "received"))

    assert one == three
