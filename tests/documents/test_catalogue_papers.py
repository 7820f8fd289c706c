"""Papers about the catalogue: the decision with its annex, fixed when published, and the plan to simplify (C-06)."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from motcua.catalogue.commands.reviews import propose_simplification
from motcua.catalogue.models import PublicationDecision
from motcua.catalogue.review_pages import review_page
from motcua.documents.catalogue_drawing import CataloguePaper, draw
from motcua.documents.issued_decisions import decision_pdf, draw_decision, fix_decision
from motcua.documents.models import IssuedDocument, StoredFile
from motcua.documents.publication_paper import annex_sheet, decision_data
from motcua.documents.tasks import draw_decision as draw_job
from motcua.rules.publication import LineKind
from motcua.workspace.printed_proposal import proposal_data
from tests.catalogue.publishing import (
    NORM,
    Province,
    begun,
    line_of,
    make_local,
    make_province,
    new_line,
    published,
    shortened,
)
from tests.catalogue.reviewing import AMENDING, examine, make_income, make_plan, make_review, make_reviewing_province
from tests.make import MONDAY

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=40)


@pytest.fixture
def province() -> Province:
    return make_province()


def whole(province: Province) -> PublicationDecision:
    """A draft with a line of each kind."""
    decision = begun(province)
    new_line(decision, province)
    shortened(line_of(decision, province, make_local(title="Hỗ trợ học nghề")), province)
    successor = make_local(title="Hỗ trợ đào tạo nghề")
    line_of(decision, province, make_local(title="Hỗ trợ cũ"), LineKind.REPLACED, by=successor)
    line_of(decision, province, make_local(title="Cấp thẻ cũ"), LineKind.ABOLISHED)
    return decision


def test_a_draft_says_so_and_has_neither_number_nor_day(province: Province) -> None:
    said = decision_data(whole(province), at=MONDAY)

    assert (said["is_draft"], said["number"], said["on"], said["signer"]) == (True, "", "", "")
    assert said["grounds"][-1] == f"Văn bản số {NORM}"
    assert said["articles"][0].endswith(
        "01 thủ tục mới ban hành; 01 thủ tục được sửa đổi, bổ sung; 01 thủ tục bị thay thế; 01 thủ tục bị bãi bỏ."
    )
    assert "16/03/2026" in said["articles"][1]


def test_the_annex_has_the_columns_of_each_kind(province: Province) -> None:
    new, amended, replaced, abolished = decision_data(whole(province), at=MONDAY)["annexes"]

    columns = ["TT", "Mã", "Tên thủ tục", "Thời hạn", "Địa điểm", "Cách thức", "Phí, lệ phí", "Căn cứ pháp lý"]
    assert new["heads"] == columns
    assert new["rows"][0][:4] == ["1", "3.000001", "Hỗ trợ trồng rừng gỗ lớn", "03 ngày làm việc"]
    assert new["rows"][0][6:] == ["20.000 đồng", NORM]
    assert amended["heads"] == [*columns, "Nội dung sửa đổi", "Văn bản sửa đổi"]
    assert amended["rows"][0][-2:] == ["Giảm thời hạn", NORM]
    assert "Hỗ trợ đào tạo nghề" in replaced["rows"][0][-1]
    assert abolished["rows"][0][2:] == ["Cấp thẻ cũ", NORM]
    for annex in (new, amended, replaced, abolished):
        assert {len(row) for row in annex["rows"]} == {len(annex["heads"])} == {len(annex["widths"])}


def test_the_paper_is_fixed_when_published_and_drawn_once(province: Province) -> None:
    decision = published(whole(province), province)

    issued = IssuedDocument.objects.get(kind="PUBLICATION_DECISION")
    assert (issued.subject, issued.data["number"], issued.data["is_draft"]) == (str(decision.key), "15/QĐ-UBND", False)
    assert issued.data["signer"] == province.chairman.display_name
    assert issued.data["on"] == "ngày 02 tháng 3 năm 2026"

    draw_job(document_id=issued.pk)
    draw_job(document_id=issued.pk)
    kept = StoredFile.objects.get(original_name="quyet-dinh-15-QĐ-UBND.pdf")
    first = decision_pdf(decision, at=LATER)
    PublicationDecision.objects.get(pk=decision.pk)
    assert first.startswith(b"%PDF")
    assert decision_pdf(decision, at=LATER + timedelta(days=1)) == first
    assert draw_decision(issued.pk) == kept
    assert fix_decision(decision, LATER) == issued


def test_a_draft_is_drawn_anew_and_not_kept(province: Province) -> None:
    decision = whole(province)

    assert decision_pdf(decision, at=MONDAY).startswith(b"%PDF")
    assert not IssuedDocument.objects.exists()


def test_the_annex_as_a_table_holds_no_formula(province: Province) -> None:
    decision = begun(province)
    line = line_of(decision, province, make_local(title="=1+1"))
    shortened(line, province)

    book = load_workbook(BytesIO(annex_sheet(decision)))

    (sheet,) = book.worksheets
    assert [cell.value for cell in sheet[3]][:3] == ["TT", "Mã", "Tên thủ tục"]
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=1+1", "s")
    assert load_workbook(BytesIO(annex_sheet(begun(province)))).sheetnames == ["Danh mục"]


@pytest.mark.parametrize("title", ["=1+1", "Công bố\x0bthủ tục"])
def test_a_title_becomes_no_formula_and_breaks_no_sheet(title: str) -> None:
    decision = begun(make_province())
    decision.title = title

    (sheet,) = load_workbook(BytesIO(annex_sheet(decision))).worksheets

    assert (sheet["A2"].value, sheet["A2"].data_type) == (title.replace("\x0b", ""), "s")


def test_the_plan_to_simplify_says_parts_costs_and_saving() -> None:
    place = make_reviewing_province()
    make_income()
    review = examine(make_review(make_plan(place.province), place.department, place.keeper), place.keeper)
    propose_simplification(review=review, proposal=AMENDING, actor=place.keeper, at=MONDAY)
    page = review_page(2026, 1, place.keeper, on=MONDAY.date())

    said = proposal_data(page, at=MONDAY)

    assert (said["is_draft"], said["summary"]) == (True, "Bỏ một bản sao")
    assert [part["name"] for part in said["parts"]] == ["Thành phần hồ sơ"]
    saved = said["sums"][0]
    assert (saved["before"], saved["after"], saved["cut"], saved["rate"]) == (
        "30.000.000 đồng",
        "15.000.000 đồng",
        "15.000.000 đồng",
        "50 %",
    )
    assert [side["total"] for side in said["costs"]] == ["30.000.000 đồng", "15.000.000 đồng"]
    assert draw(CataloguePaper.PROPOSAL, said).startswith(b"%PDF")
