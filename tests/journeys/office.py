"""What the agency that decides does: assign, verify, sign, number and issue."""

from playwright.sync_api import FilePayload

from tests.journeys.desk import open_dossier
from tests.journeys.visitor import Visitor


def assign(visitor: Visitor, code: str, *, to: str) -> None:
    open_dossier(visitor, code)
    visitor.press("Phân công thụ lý")
    visitor.page.locator(f"input[name=to][value='{to}']").check()
    visitor.fill("Lời dặn", "Xem kỹ nơi sinh.")
    visitor.press("Phân công thụ lý")
    visitor.page.get_by_text("Đã phân công hồ sơ.").wait_for()


def propose(visitor: Visitor, code: str, *, opinion: str, title: str, file: FilePayload) -> None:
    """Lay opinion and draft result before the leader."""
    open_dossier(visitor, code)
    visitor.press("Trình ký")
    visitor.fill("Ý kiến thẩm tra", opinion)
    visitor.fill("Tên kết quả", title)
    visitor.page.locator("input[name=file]").set_input_files(file)
    visitor.page.locator("[data-upload-state][data-state=good]").wait_for()
    visitor.press("Trình ký")
    visitor.page.get_by_text("Đã trình lãnh đạo ký.").wait_for()


def sign(visitor: Visitor, code: str) -> None:
    open_dossier(visitor, code)
    visitor.press("Ký kết quả")
    visitor.press("Ký kết quả")
    visitor.page.get_by_text("Đã ký kết quả.").wait_for()


def issue(visitor: Visitor, code: str, *, number: str) -> None:
    """Number the result and issue the file that was signed."""
    open_dossier(visitor, code)
    visitor.press("Cấp số, phát hành")
    visitor.fill("Số, ký hiệu", number)
    visitor.press("Cấp số, phát hành")
    visitor.page.get_by_text("Đã phát hành kết quả").wait_for()
