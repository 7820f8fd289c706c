"""The yearly review on screen: a procedure from the plan to the chairman's decision, and its cost tables."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.commands import reviews
from motcua.catalogue.models import ProcedureVersion, Review, ReviewPlan
from motcua.rules.permissions import Role
from motcua.rules.simplification import Verdict
from tests.catalogue.reviewing import (
    AMENDING,
    ReviewingProvince,
    examine,
    make_income,
    make_plan,
    make_review,
    make_reviewing_province,
)
from tests.make import MONDAY, make_officer, make_procedure
from tests.workspace.test_review_costs import queries_of, row, typed

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


@pytest.mark.parametrize("path", ["viec/", "bo-phan/ten/", "chi-phi/sau/", "trinh/", "phe-duyet/"])
def test_who_only_reads_changes_nothing(path: str, begun: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    reader = at_work(place.head)

    assert reader.get(REVIEW).status_code == 200
    assert reader.post(f"{REVIEW}{path}", {"do": "drop"}).status_code in {403, 409}
    assert Review.objects.get(pk=begun.pk).state == "UNDER_REVIEW"


def test_what_is_to_be_in_force_cannot_have_been_due_before(
    proposed: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    decision = {"do": "approve", "decision_no": "9/QĐ", "follow_up_on": "01/03/2026"}

    answer = at_work(place.chairman).post(f"{REVIEW}phe-duyet/", decision)

    assert answer.status_code == 422
    assert "Hạn thực thi phải từ hôm nay trở đi." in answer.content.decode()
    assert Review.objects.get(pk=proposed.pk).state == "PROPOSED"


def test_a_plan_that_waits_too_long_says_so(place: ReviewingProvince, at_work: AtWork) -> None:
    plan = make_plan(place.province)
    late = "tone--bad"
    client = at_work(place.keeper)
    assert late in client.get(f"{HOME}2026/").content.decode()

    ReviewPlan.objects.filter(pk=plan.pk).update(issued_on=date(2026, 1, 31), decision_no="3/QĐ-UBND")

    assert late not in client.get(f"{HOME}2026/").content.decode()


@pytest.mark.parametrize("slug", PARTS)
def test_every_part_shows_what_the_procedure_says(
    slug: str, begun: Review, place: ReviewingProvince, at_work: AtWork
) -> None:
    said = {"cach-thuc": "Trực tuyến", "thoi-han": "10 ngày làm việc", "can-cu": "123/2015/NĐ-CP", "phi": "0 đồng"}

    answer = at_work(place.focal).get(f"{REVIEW}bo-phan/{slug}/")

    assert answer.status_code == 200
    assert said.get(slug, "Vì sao cần quy định này?") in answer.content.decode()


def test_keeping_everything_needs_no_day_of_effect(review: Review, place: ReviewingProvince, at_work: AtWork) -> None:
    examined = examine(review, place.focal, amended=None)
    keeping = reviews.Proposal(outcome=Verdict.KEEP, summary="Giữ nguyên")
    reviews.propose_simplification(review=examined, proposal=keeping, actor=place.focal, at=MONDAY)
    chairman = at_work(place.chairman)
    assert "follow_up_on" not in chairman.get(f"{REVIEW}phe-duyet/").content.decode()

    answer = chairman.post(f"{REVIEW}phe-duyet/", {"do": "approve", "decision_no": "9/QĐ"})

    assert answer.status_code == 302
    assert Review.objects.get(pk=review.pk).state == "KEPT"


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

    page = client.get(f"{HOME}2026/", {"loc": "qua-han"}).content.decode()
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


def test_a_plan_takes_as_many_queries_for_many_as_for_one(place: ReviewingProvince, at_work: AtWork) -> None:
    make_income()
    plan = make_plan(place.province)
    make_review(plan, place.department, place.keeper)
    client = at_work(place.keeper)
    addresses = [HOME, f"{HOME}2026/", f"{HOME}2026/them/"]
    few = [queries_of(client, address) for address in addresses]
    for _ in range(29):
        make_review(plan, place.department, place.keeper)

    assert [queries_of(client, address) for address in addresses] == few


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
