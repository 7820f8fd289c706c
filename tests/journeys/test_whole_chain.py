"""One procedure through review, cost, proposal, decision, new version, posting and export, all in the workspace.

C-08, C-10, C-12, C-14 to C-16.
"""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from motcua.catalogue.models import ProcedureVersion, Review
from motcua.exchange.models import NationalEntry
from motcua.posting.models import PostingConfirmation
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import BUSINESS, DESK_CODE
from tests.journeys.stage import person
from tests.journeys.visitor import Visitor, signed_in
from tests.journeys.visits import CHAIRMAN, CONTROL, DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

PLAN = "/xu-ly/ra-soat/2026/"
REVIEW = f"{PLAN}3/"
NORM = "12/2026/NQ-HĐND"


@pytest.fixture
def officer(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person(CONTROL))


@pytest.fixture
def desk(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person(DESK))


@pytest.fixture
def chairman(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person(CHAIRMAN))


def choose(visitor: Visitor, word: str) -> None:
    visitor.page.locator("main").get_by_label(word, exact=True).check()


def save(visitor: Visitor) -> None:
    visitor.page.locator("main button[value=save]").last.click()


def plan_and_begin(officer: Visitor) -> None:
    officer.open(f"{PLAN}them/{BUSINESS}/")
    officer.fill("Dự kiến sản phẩm", "Phương án đơn giản hóa")
    officer.press("Đưa vào kế hoạch")
    officer.page.get_by_text("Đã đưa thủ tục vào kế hoạch").wait_for()
    officer.open(REVIEW)
    officer.press("Bắt đầu rà soát")
    officer.page.get_by_text("Đang rà soát").wait_for()


def assess(officer: Visitor) -> None:
    links = officer.page.locator("main a[href*='/bo-phan/']").all()
    addresses = [link.get_attribute("href") or "" for link in links]
    assert len(addresses) == 13
    for address in addresses:
        officer.open(address)
        is_fee = address.endswith("/phi/")
        choose(officer, "Sửa đổi, bổ sung" if is_fee else "Giữ nguyên")
        officer.fill("Lý do", "Hộ kinh doanh mới mở còn khó khăn" if is_fee else "Hợp lý")
        if is_fee:
            officer.fill("Nội dung đề nghị sửa", "Miễn lệ phí")
        officer.press("Lưu đánh giá")
        officer.page.wait_for_url(f"**{REVIEW}")


def count_costs(officer: Visitor) -> None:
    for side in ("hien-hanh", "sau"):
        officer.open(f"{REVIEW}chi-phi/{side}/")
        cells = {"hours": "1", "times": "1", "subjects": "400"} | ({"fee_vnd": "0"} if side == "sau" else {})
        for name, typed in cells.items():
            for cell in officer.page.locator(f"[name$=-{name}]").all():
                cell.fill(typed)
        save(officer)
        officer.page.wait_for_url(f"**{REVIEW}")


def propose_and_approve(officer: Visitor, chairman: Visitor) -> None:
    officer.press("Lập phương án và trình")
    choose(officer, "Sửa đổi, bổ sung")
    officer.fill("Nội dung phương án", "Miễn lệ phí đăng ký thành lập hộ kinh doanh.")
    officer.press("Trình Chủ tịch tỉnh")
    officer.page.get_by_text("Chờ phê duyệt").first.wait_for()
    chairman.open(f"{REVIEW}phe-duyet/")
    chairman.fill("Số quyết định phê duyệt", "88/QĐ-UBND")
    chairman.fill("Hạn thực thi phương án", "30/06/2026")
    chairman.press("Phê duyệt")
    chairman.page.wait_for_url(f"**{REVIEW}")


def publish(officer: Visitor, chairman: Visitor) -> None:
    officer.open("/xu-ly/quyet-dinh-cong-bo/moi/")
    officer.fill("Trích yếu", "Công bố thủ tục được sửa đổi lĩnh vực đăng ký kinh doanh")
    officer.fill("Số, ký hiệu văn bản quy định", NORM)
    officer.fill("Ngày văn bản có hiệu lực", "03/03/2026")
    officer.press("Bắt đầu soạn")
    officer.page.get_by_role("link", name="Thêm thủ tục").wait_for()
    decision = officer.path()
    officer.open(f"{decision}them/{BUSINESS}/")
    officer.press("Thêm vào quyết định")
    officer.open(f"{decision}thu-tuc/{BUSINESS}/sua/")
    for fee in officer.page.locator("main").get_by_label("Phí, lệ phí (đồng)").all():
        fee.fill("0")
    save(officer)
    officer.page.wait_for_url(f"**{decision}thu-tuc/{BUSINESS}/")
    officer.open(decision)
    officer.press("Trình ký công bố")
    officer.page.get_by_text("Đã trình").first.wait_for()
    chairman.open(f"{decision}ky/")
    chairman.fill("Số quyết định", "99/QĐ-UBND")
    chairman.fill("Ngày ký", "03/03/2026")
    chairman.press("Công bố")
    chairman.page.wait_for_url(f"**{decision}")


def post(desk: Visitor) -> None:
    desk.open(f"/xu-ly/niem-yet/noi/{DESK_CODE}/xac-nhan/")
    desk.fill("Ngày thực hiện", "03/03/2026")
    picture = BytesIO()
    Image.new("RGB", (640, 480), "white").save(picture, "JPEG")
    photo = FilePayload(name="bang.jpg", mimeType="image/jpeg", buffer=picture.getvalue())
    desk.page.locator("main input[type=file]").set_input_files(photo)
    desk.page.locator(f"main input[name=posted][value^='{BUSINESS}:']").check()
    desk.press("Xác nhận")
    desk.page.wait_for_url(f"**/niem-yet/noi/{DESK_CODE}/")


def export(officer: Visitor) -> str:
    officer.open("/xu-ly/co-so-du-lieu-quoc-gia/cap-nhat/")
    officer.press("Đăng ký thành lập hộ kinh doanh")
    with officer.page.expect_download() as started:
        officer.press("Tải tệp của quyết định")
    packed = Path(started.value.path()).read_bytes()
    officer.fill("Ngày", "03/03/2026")
    officer.press("Xác nhận đã cập nhật")
    officer.page.wait_for_url("**/cap-nhat/")
    return (gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed).decode()


def test_a_procedure_goes_from_review_to_export_without_leaving_the_workspace(
    officer: Visitor, chairman: Visitor, desk: Visitor
) -> None:
    before = ProcedureVersion.objects.open_ended().get(procedure__code=BUSINESS)

    plan_and_begin(officer)
    assess(officer)
    count_costs(officer)
    assert "Cắt giảm" in officer.text()
    propose_and_approve(officer, chairman)
    publish(officer, chairman)
    officer.open(REVIEW)
    officer.press("Xác nhận đã thực thi")
    officer.page.get_by_text("Đã thực thi").first.wait_for()
    post(desk)
    told = export(officer)

    after = ProcedureVersion.objects.open_ended().get(procedure__code=BUSINESS)
    review = Review.objects.get(number=3)
    assert before.fee_vnd
    assert (after.fee_vnd, after.decision_no, after.number) == (0, "99/QĐ-UBND", before.number + 1)
    assert review.state == "IN_FORCE"
    posted = PostingConfirmation.objects.get(lines__version=after)
    assert (posted.unit.code, posted.lines.filter(version=after).count()) == (DESK_CODE, 1)
    entry = NationalEntry.objects.get(procedure=after.procedure)
    assert (BUSINESS in told, entry.state) == (True, "CONFIRMED")
    assert officer.faults == chairman.faults == desk.faults == []
