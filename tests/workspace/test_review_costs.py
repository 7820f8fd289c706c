"""The cost tables of a review on screen: typed, counted, rearranged, kept, taken away as a file (C-16)."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from motcua.accounts.models import User
from motcua.catalogue.commands import reviews
from motcua.catalogue.models import HourlyIncome, Review
from motcua.rules.transitions import Status
from tests.catalogue.reviewing import (
    ReviewingProvince,
    examine,
    line,
    make_income,
    make_plan,
    make_review,
    make_reviewing_province,
)
from tests.make import MONDAY, make_dossier, make_office

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
REVIEW = "/xu-ly/ra-soat/2026/1/"


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


@pytest.fixture
def review(place: ReviewingProvince) -> Review:
    make_income()
    return make_review(make_plan(place.province), place.department, place.keeper)


@pytest.fixture
def begun(review: Review, place: ReviewingProvince) -> Review:
    return reviews.begin_review(review=review, actor=place.focal, at=MONDAY)


def row(**changes: str) -> dict[str, str]:
    told = {"activity": "PREPARE", "name": "Tờ khai", "manner": "", "hours": "2", "service_vnd": "0"}
    return told | {"fee_vnd": "0", "times": "1", "subjects": "300", "note": ""} | changes


def typed(*rows: dict[str, str], do: str = "save") -> dict[str, str]:
    told = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows)), "do": do}
    return told | {f"form-{n}-{name}": value for n, one in enumerate(rows) for name, value in one.items()}


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hours": "lâu"}, "Ghi một số, ví dụ 4,5."),
        ({"hours": "-1"}, "field__error"),
        ({"hours": ""}, "field__error"),
        ({"service_vnd": "1.50"}, "Ghi số nguyên, ví dụ 1.500.000."),
        ({"subjects": "ba trăm"}, "Ghi số nguyên, ví dụ 1.500.000."),
        ({"name": ""}, "field__error"),
        ({"activity": ""}, "field__error"),
        ({"fee_vnd": "9.999.999.999", "subjects": "99999999"}, "Tổng chi phí quá lớn"),
    ],
)
def test_what_cannot_be_counted_is_said_and_stays_typed(
    changes: dict[str, str], said: str, begun: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    answer = at_work(place.focal).post(f"{REVIEW}chi-phi/hien-hanh/", typed(row(name="Đơn"), row(**changes)))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="Đơn"' in page
    assert all(value in page for value in changes.values())
    assert not begun.costs.exists()


def test_money_is_read_as_people_write_it(begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    written = [row(service_vnd=text) for text in ("1500000", "1.500.000", "1 500 000", "1,500,000")]

    at_work(place.focal).post(f"{REVIEW}chi-phi/hien-hanh/", typed(*written))

    assert set(begun.costs.values_list("service_vnd", flat=True)) == {1_500_000}


def test_rows_are_added_and_taken_away_without_a_script_and_nothing_is_kept(
    begun: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    client, rows = at_work(place.focal), [row(name="Một", hours="x"), row(name="Hai")]

    added = client.post(f"{REVIEW}chi-phi/hien-hanh/", typed(*rows, do="add-1")).content.decode()
    taken = client.post(f"{REVIEW}chi-phi/hien-hanh/", typed(*rows, do="remove-0")).content.decode()

    assert added.count("data-cost-row") == 3
    assert 'name="form-0-hours" value="x"' in added
    assert 'name="form-2-name" value="Hai"' in added
    assert taken.count("data-cost-row") == 1
    assert 'value="Một"' not in taken
    assert not begun.costs.exists()


def test_the_server_counts_while_the_table_is_typed(begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    rows = [row(), row(hours="x"), row(hours="0,5", service_vnd="10.000", times="0,5")]

    answer = at_work(place.focal).post(f"{REVIEW}chi-phi/hien-hanh/", typed(*rows, do="sum"))

    assert answer.json() == {
        "rows": [["100.000", "30.000.000"], ["", ""], ["35.000", "5.250.000"]],
        "total": "35.250.000",
    }
    assert not begun.costs.exists()


def test_without_an_income_the_table_says_so_and_keeps_what_was_typed(
    begun: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    HourlyIncome.objects.all().delete()
    client = at_work(place.focal)
    assert "/xu-ly/ra-soat/thu-nhap/" in client.get(f"{REVIEW}chi-phi/hien-hanh/").content.decode()

    answer = client.post(f"{REVIEW}chi-phi/hien-hanh/", typed(row(name="Đơn đề nghị")))

    assert answer.status_code == 409
    assert 'value="Đơn đề nghị"' in answer.content.decode()


def test_the_table_says_how_many_dossiers_came_in(place: ReviewingProvince, at_work: AtWork) -> None:
    office = make_office()
    for at in (MONDAY, MONDAY - timedelta(days=366)):
        make_dossier(status=Status.SUBMITTED, office=office, at=at)
    make_dossier(status=Status.DRAFT, office=office)
    make_dossier(status=Status.SUBMITTED)
    review = make_review(make_plan(place.province), place.department, place.keeper, procedure=office.offering.procedure)
    reviews.begin_review(review=review, actor=place.focal, at=MONDAY)

    page = at_work(place.focal).get(f"{REVIEW}chi-phi/hien-hanh/").content.decode()

    assert "Hồ sơ đã nộp trong 365 ngày qua trên hệ thống: 1\n" in page


def test_the_file_holds_both_tables(review: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    examine(review, place.focal)

    answer = at_work(place.head).get(f"{REVIEW}chi-phi/xlsx/")

    page = load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    told = [[cell.value for cell in row] for row in page.iter_rows()]
    assert told[0][:2] == ["Bảng", "Hoạt động"]
    assert [(line[0], line[4], line[11]) for line in told[1:]] == [
        ("Hiện hành", 2, 30_000_000),
        ("Sau khi đơn giản hóa", 1, 15_000_000),
    ]


def test_a_review_takes_as_many_queries_for_many_rows_as_for_one(
    review: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    review = examine(review, place.focal)
    client = at_work(place.focal)
    addresses = [REVIEW, f"{REVIEW}chi-phi/hien-hanh/"]
    few = [queries_of(client, address) for address in addresses]
    lines = [line(name=f"Giấy {n}", hours=Decimal(n)) for n in range(30)]
    reviews.write_costs(review=review, side="BEFORE", lines=lines, actor=place.focal, at=MONDAY)

    assert [queries_of(client, address) for address in addresses] == few
