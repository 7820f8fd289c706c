"""The yearly review on screen: a procedure from the plan to the chairman's decision, and its cost tables."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from motcua.accounts.models import User
from motcua.catalogue.commands import reviews
from motcua.catalogue.models import HourlyIncome, ProcedureVersion, Review, ReviewPlan
from motcua.rules.permissions import Role
from tests.catalogue.reviewing import (
    AMENDING,
    ReviewingProvince,
    examine,
    line,
    make_income,
    make_plan,
    make_review,
    make_reviewing_province,
)
from tests.make import MONDAY, make_officer, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/ra-soat/"
REVIEW = f"{HOME}2026/1/"
PARTS = [
    *("ten", "trinh-tu", "cach-thuc", "thanh-phan", "so-bo", "thoi-han", "doi-tuong", "co-quan", "bieu-mau"),
    *("ket-qua", "dieu-kien", "phi", "can-cu"),
]


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


@pytest.fixture
def proposed(review: Review, place: ReviewingProvince) -> Review:
    examined = examine(review, place.focal)
    return reviews.propose_simplification(review=examined, proposal=AMENDING, actor=place.focal, at=MONDAY)


def row(**changes: str) -> dict[str, str]:
    told = {"activity": "PREPARE", "name": "Tờ khai", "manner": "", "hours": "2", "service_vnd": "0"}
    return told | {"fee_vnd": "0", "times": "1", "subjects": "300", "note": ""} | changes


def typed(*rows: dict[str, str], do: str = "save") -> dict[str, str]:
    told = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows)), "do": do}
    return told | {f"form-{n}-{name}": value for n, one in enumerate(rows) for name, value in one.items()}


def test_a_plan_is_opened_filled_and_issued_on_screen(place: ReviewingProvince, at_work: AtWork) -> None:
    procedure = make_procedure(title="Cấp giấy phép xây dựng")
    keeper, chairman = at_work(place.keeper), at_work(place.chairman)
    opened = {"year": "2026", "plan_due_on": "31/01/2026", "result_due_on": "15/09/2026", "source": "Văn bản số 5"}
    assert keeper.post(HOME, opened).headers["Location"] == f"{HOME}2026/"
    assert "Năm này đã có kế hoạch." in keeper.post(HOME, opened).content.decode()
    income = {"valid_from": "01/01/2026", "yearly_income_vnd": "105.600.000", "hours_a_year": "2112", "source": "NGTK"}
    assert keeper.post(f"{HOME}thu-nhap/", income).status_code == 302
    assert "Đã có mức áp dụng từ đúng ngày này." in keeper.post(f"{HOME}thu-nhap/", income).content.decode()
    assert "50.000 đồng" in keeper.get(f"{HOME}thu-nhap/").content.decode()

    assert procedure.code in keeper.get(f"{HOME}2026/them/", {"q": "giay phep"}).content.decode()
    there = f"{HOME}2026/them/{procedure.code}/"
    planned = {"unit": place.department.code, "from_month": "2", "until_month": "6", "ground": "FEEDBACK"}
    planned |= {"ground_note": "", "product": "Phương án"}
    assert keeper.post(there, planned).status_code == 302
    assert "đã có trong kế hoạch, số 1" in keeper.post(there, planned).content.decode()
    assert "Đã có, số 1" in keeper.get(f"{HOME}2026/them/").content.decode()
    assert (Review.objects.get().starts_on, Review.objects.get().ends_on) == (date(2026, 2, 1), date(2026, 6, 30))
    decision = {"decision_no": "3/QĐ-UBND", "issued_on": "02/03/2026"}
    assert keeper.post(f"{HOME}2026/ban-hanh/", decision).status_code == 403
    assert chairman.post(f"{HOME}2026/ban-hanh/", decision).status_code == 302
    assert chairman.post(f"{HOME}2026/ban-hanh/", decision).status_code == 409
    assert "3/QĐ-UBND" in keeper.get(HOME).content.decode()


def test_a_review_goes_from_its_parts_to_the_proposal_on_screen(
    review: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    focal = at_work(place.focal)
    assert focal.post(f"{REVIEW}viec/", {"do": "begin"}).status_code == 302
    assert focal.post(f"{REVIEW}viec/", {"do": "begin"}).status_code == 409
    lacking = focal.post(f"{REVIEW}trinh/", {"outcome": "AMEND", "summary": "Bỏ giấy"})
    assert (lacking.status_code, "Còn bộ phận chưa đánh giá." in lacking.content.decode()) == (422, True)

    for slug in PARTS:
        found = {"verdict": "KEEP", "reason": "Cần thiết", "proposal": ""}
        if slug == "thanh-phan":
            assert "Giấy ủy quyền" in focal.get(f"{REVIEW}bo-phan/{slug}/").content.decode()
            found = {"verdict": "AMEND", "reason": "Đã có dữ liệu", "proposal": "Bỏ bản sao", "data": "CSDL dân cư"}
        assert focal.post(f"{REVIEW}bo-phan/{slug}/", found).status_code == 302
    assert "CSDL dân cư" in focal.get(f"{REVIEW}bo-phan/thanh-phan/").content.decode()
    assert "Tờ khai theo mẫu" in focal.get(f"{REVIEW}chi-phi/hien-hanh/").content.decode()
    assert focal.post(f"{REVIEW}chi-phi/hien-hanh/", typed(row(), row(hours="4,5"))).status_code == 302
    assert 'value="4,5"' in focal.get(f"{REVIEW}chi-phi/sau/").content.decode()
    assert focal.post(f"{REVIEW}chi-phi/sau/", typed(row())).status_code == 302
    proposal = {"outcome": "AMEND", "summary": "Bỏ một giấy", "limit_after": "7"}
    assert focal.post(f"{REVIEW}trinh/", proposal).status_code == 302

    page = at_work(place.chairman).get(f"{REVIEW}phe-duyet/").content.decode()
    told = ("97.500.000 đồng", "30.000.000 đồng", "67.500.000 đồng", "69,23 %", "3 ngày làm việc", "30 %")
    assert [said for said in told if said not in page] == []


def test_a_proposal_is_approved_and_followed_until_it_is_in_force(
    proposed: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    focal, chairman = at_work(place.focal), at_work(place.chairman)
    assert chairman.post(f"{REVIEW}phe-duyet/", {"do": "back", "reason": ""}).status_code == 422
    decision = {"do": "approve", "decision_no": "9/QĐ-UBND", "follow_up_on": "31/12/2026"}
    assert chairman.post(f"{REVIEW}phe-duyet/", decision).status_code == 302
    assert chairman.post(f"{REVIEW}phe-duyet/", decision).status_code == 409
    assert "15.000.000 đồng" in chairman.get(f"{HOME}2026/").content.decode()
    assert focal.post(f"{REVIEW}viec/", {"do": "close"}).status_code == 409
    Review.objects.filter(pk=proposed.pk).update(approved_at=MONDAY)
    ProcedureVersion.objects.filter(procedure=proposed.procedure).update(valid_until=date(2026, 3, 2))
    ProcedureVersion.objects.create(
        procedure=proposed.procedure,
        number=2,
        valid_from=date(2026, 3, 2),
        title="Gọn hơn",
        level="PROVINCE",
        published_at=MONDAY + timedelta(hours=1),
    )

    assert focal.post(f"{REVIEW}viec/", {"do": "close"}).status_code == 302

    assert "Nội dung lần 2" in focal.get(REVIEW).content.decode()


def test_what_is_given_back_says_why(proposed: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    at_work(place.chairman).post(f"{REVIEW}phe-duyet/", {"do": "back", "reason": "Tính lại <phí>"})

    assert "Tính lại &lt;phí&gt;" in at_work(place.focal).get(REVIEW).content.decode()
    assert Review.objects.get(pk=proposed.pk).state == "GIVEN_BACK"


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


def test_the_file_holds_both_tables(proposed: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    answer = at_work(place.head).get(f"{REVIEW}chi-phi/xlsx/")

    page = load_workbook(io.BytesIO(answer.content)).active
    assert page is not None
    told = [[cell.value for cell in row] for row in page.iter_rows()]
    assert told[0][:2] == ["Bảng", "Hoạt động"]
    assert [(line[0], line[4], line[11]) for line in told[1:]] == [
        ("Hiện hành", 2, 30_000_000),
        ("Sau khi đơn giản hóa", 1, 15_000_000),
    ]


@pytest.mark.parametrize("path", ["viec/", "bo-phan/ten/", "chi-phi/sau/", "trinh/", "phe-duyet/"])
def test_who_only_reads_changes_nothing(path: str, begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    reader = at_work(place.head)

    assert reader.get(REVIEW).status_code == 200
    assert reader.post(f"{REVIEW}{path}", {"do": "drop"}).status_code in {403, 409}
    assert Review.objects.get(pk=begun.pk).state == "UNDER_REVIEW"


def test_a_decision_needs_its_day(proposed: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    answer = at_work(place.chairman).post(f"{REVIEW}phe-duyet/", {"do": "approve", "decision_no": "9/QĐ"})

    assert answer.status_code == 422
    assert 'value="9/QĐ"' in answer.content.decode()
    assert Review.objects.get(pk=proposed.pk).state == "PROPOSED"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until_month": "1"}, "Tháng kết thúc phải từ tháng bắt đầu trở đi."),
        ({"ground": "OTHER"}, "Hãy ghi rõ lý do khác là gì."),
        ({"unit": "H99"}, "field__error"),
        ({"product": ""}, "field__error"),
    ],
)
def test_what_the_plan_cannot_hold_is_said(
    changes: dict[str, str], said: str, place: ReviewingProvince, at_work: AtWork
) -> None:
    make_plan(place.province)
    planned = {"unit": place.department.code, "from_month": "2", "until_month": "6", "ground": "FEEDBACK"}
    planned |= {"ground_note": "", "product": "Phương án"}

    answer = at_work(place.keeper).post(f"{HOME}2026/them/{make_procedure().code}/", planned | changes)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Review.objects.exists()


def test_an_amended_part_says_how(begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    answer = at_work(place.focal).post(f"{REVIEW}bo-phan/ten/", {"verdict": "AMEND", "reason": "Dài quá"})

    assert answer.status_code == 422
    assert "Hãy ghi nội dung đề nghị sửa." in answer.content.decode()
    assert "Dài quá" in answer.content.decode()
    assert not begun.parts.exists()


def test_last_days_in_the_wrong_order_are_refused(place: ReviewingProvince, at_work: AtWork) -> None:
    days = {"year": "2026", "plan_due_on": "31/01/2026", "result_due_on": "30/01/2026", "source": "Văn bản"}

    answer = at_work(place.keeper).post(HOME, days)

    assert "Ngày này phải sau hạn ban hành kế hoạch." in answer.content.decode()
    assert not ReviewPlan.objects.exists()


def test_only_the_province_opens_a_plan_and_sets_the_income(place: ReviewingProvince, at_work: AtWork) -> None:
    focal = at_work(place.focal)

    assert focal.post(HOME, {"year": "2026"}).status_code == 403
    assert focal.post(f"{HOME}thu-nhap/", {"source": "x"}).status_code == 403
    assert '<form class="panel"' not in focal.get(HOME).content.decode()


def test_the_piles_of_a_plan_narrow_it(place: ReviewingProvince, at_work: AtWork) -> None:
    make_income()
    plan = make_plan(place.province)
    late = make_review(plan, place.department, place.keeper, ends_on=date(2026, 2, 1))
    others = [make_review(plan, place.department, place.keeper) for _ in range(2)]
    reviews.begin_review(review=others[0], actor=place.focal, at=MONDAY)
    client = at_work(place.keeper)

    page = client.get(f"{HOME}2026/", {"loc": "tre-han"}).content.decode()
    under_way = client.get(f"{HOME}2026/", {"loc": "dang-lam"}).content.decode()

    assert "Trễ hạn (1)" in page
    assert late.procedure.code in page
    assert others[0].procedure.code not in page
    assert others[0].procedure.code in under_way
    assert late.procedure.code not in under_way
    assert "3 trên 3" in page


def test_a_plan_of_many_is_read_page_by_page(place: ReviewingProvince, at_work: AtWork) -> None:
    plan = make_plan(place.province)
    for _ in range(51):
        make_review(plan, place.department, place.keeper)
    client = at_work(place.keeper)

    first, second = client.get(f"{HOME}2026/"), client.get(f"{HOME}2026/", {"trang": "2"})

    assert "?trang=2" in first.content.decode()
    assert second.content.decode().count('data-label="Số"') == 1


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_plan_takes_as_many_queries_for_many_as_for_one(place: ReviewingProvince, at_work: AtWork) -> None:
    make_income()
    plan = make_plan(place.province)
    make_review(plan, place.department, place.keeper)
    client = at_work(place.keeper)
    addresses = [HOME, f"{HOME}2026/", f"{HOME}2026/them/"]
    few = [_queries(client, address) for address in addresses]
    for _ in range(29):
        make_review(plan, place.department, place.keeper)

    assert [_queries(client, address) for address in addresses] == few


def test_a_review_takes_as_many_queries_for_many_rows_as_for_one(
    review: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    review = examine(review, place.focal)
    client = at_work(place.focal)
    addresses = [REVIEW, f"{REVIEW}chi-phi/hien-hanh/"]
    few = [_queries(client, address) for address in addresses]
    lines = [line(name=f"Giấy {n}", hours=Decimal(n)) for n in range(30)]
    reviews.write_costs(review=review, side="BEFORE", lines=lines, actor=place.focal, at=MONDAY)

    assert [_queries(client, address) for address in addresses] == few


def test_reviews_that_there_are_not_are_not_found(place: ReviewingProvince, begun: Review, at_work: AtWork) -> None:
    client = at_work(place.focal)

    for path in (
        "2025/",
        "2025/1/",
        "2026/9/",
        "2026/1/bo-phan/mau-sac/",
        "2026/1/chi-phi/giua/",
        "2026/them/9.999999/",
    ):
        assert client.get(f"{HOME}{path}").status_code == 404


def test_every_official_reads_the_plan(begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    auditor = at_work(make_officer(Role.AUDITOR, place.province))

    assert auditor.get(f"{HOME}2026/").status_code == 200
    assert "Chưa đánh giá" in auditor.get(REVIEW).content.decode()
    assert f"{REVIEW}bo-phan/" not in auditor.get(REVIEW).content.decode()
