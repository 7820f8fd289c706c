"""The board of a desk and the poster of a procedure, read back from the PDF (C-10)."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.definitions import PaperDefinition
from motcua.catalogue.models import ProcedureVersion
from motcua.posting.models import FeedbackAddress
from motcua.posting.printing import MOST_PAPERS, board_pdf, poster_pdf, url_of
from motcua.rules.vietnamese import nfc
from tests.catalogue.publishing import WHOLE, begun, line_of, published, shortened
from tests.make import MONDAY, make_procedure
from tests.posting.boards import LONG_UP, Desk, make_desk, more

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def text_of(drawn: bytes) -> str:
    pages = pypdfium2.PdfDocument(drawn)
    return " ".join(nfc(" ".join(page.get_textpage().get_text_range().split())) for page in pages)


def test_the_board_says_all_that_a_desk_receives_and_the_day_it_is_right_for(desk: Desk) -> None:
    others = more(desk, 2)
    address = FeedbackAddress(unit=desk.unit, receiver="Văn phòng UBND tỉnh", phone="0215 3825 409", valid_from=LONG_UP)

    said = text_of(board_pdf(desk.unit, address, at=MONDAY))

    for procedure in (desk.procedure, *others):
        assert procedure.code in said
        assert procedure.title in said
    assert "Đúng ngày 02/03/2026: 3 thủ tục" in said
    assert "Lĩnh vực: Hộ tịch" in said
    assert "5 ngày làm việc" in said
    assert "Không thu" in said
    assert "123/2015/NĐ-CP" in said
    assert "Nơi tiếp nhận: Văn phòng UBND tỉnh Điện thoại: 0215 3825 409" in said
    assert "bị yêu cầu giấy tờ ngoài danh mục" in said


def test_the_board_leaves_room_where_nobody_said_where_feedback_goes(desk: Desk) -> None:
    said = text_of(board_pdf(desk.unit, None, at=MONDAY))

    assert "Nơi tiếp nhận: ....." in said
    assert "Điện thoại" not in said


def test_the_poster_says_what_to_bring_and_the_decision(desk: Desk) -> None:
    decision = begun(desk.province, effective_on=MONDAY.date())
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    published(decision, desk.province)

    said = text_of(poster_pdf(desk.unit, desk.procedure.code, None, at=MONDAY))

    assert f"mã số {desk.procedure.code}" in said
    assert "Thời hạn 3 ngày làm việc" in said
    assert "Phí, lệ phí 20.000" in said
    assert "Đơn đề nghị hỗ trợ 1 bản chính" in said
    assert "Quyết định công bố: 15/QĐ-UBND ngày 02/03/2026." in said
    assert desk.unit.name in said


def test_a_poster_keeps_to_one_page_however_many_papers_there_are(desk: Desk) -> None:
    long = "kèm theo bản vẽ mặt bằng và các giấy tờ chứng minh quyền sử dụng đất hợp pháp, " * 3
    papers = [PaperDefinition(f"Giấy tờ thứ {n}, {long}", copies=1, is_required=n > 2) for n in range(20)]
    address = FeedbackAddress(
        unit=desk.unit,
        receiver="Văn phòng UBND tỉnh",
        phone="0215 3825 409",
        email="vanphong@example.com",
        website="https://example.com/phan-anh",
        address="Số 851, đường Võ Nguyên Giáp",
        valid_from=LONG_UP,
    )
    decision = begun(desk.province, effective_on=MONDAY.date())
    line = line_of(decision, desk.province, desk.procedure)
    content = replace(WHOLE, title="Cấp giấy phép xây dựng mới đối với công trình " * 5, papers=tuple(papers))
    write_content(line=line, content=content, note="", actor=desk.province.officer, at=MONDAY)
    published(decision, desk.province)

    drawn = poster_pdf(desk.unit, desk.procedure.code, address, at=MONDAY)

    assert len(pypdfium2.PdfDocument(drawn)) == 1
    assert f"Còn {20 - MOST_PAPERS} giấy tờ khác" in text_of(drawn)
    assert "… 1 bản sao, nếu có" in text_of(drawn)
    assert "https://example.com/phan-anh" in text_of(drawn)


def test_a_procedure_that_the_desk_does_not_receive_has_no_poster_there(desk: Desk) -> None:
    with pytest.raises(ProcedureVersion.DoesNotExist):
        poster_pdf(desk.unit, make_procedure().code, None, at=MONDAY)


def test_the_code_leads_to_the_page_of_the_procedure() -> None:
    assert url_of("1.000001").endswith("/thu-tuc/1.000001/")
    assert Path(url_of("1.000001")).name == "1.000001"
