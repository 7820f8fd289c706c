"""What a citizen does at the portal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FilePayload

from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from tests.documents.make_files import jpeg_with_place, pdf_bytes
from tests.journeys.visitor import Visitor

PERSON = {
    "Họ, chữ đệm và tên": "Vàng Thị Mỷ",
    "Số định danh cá nhân": "011190000123",
    "Số điện thoại": "0900 000 123",
    "Thư điện tử": "my@example.com",
    "Nơi cư trú": "Bản Mẫu 2, phường Điện Biên Phủ, tỉnh Điện Biên",
}
BIRTH_ANSWERS = {
    "Họ, chữ đệm, tên của trẻ": "Vàng A Páo",
    "Ngày sinh của trẻ": "27/02/2026",
    "Nơi sinh": "Bệnh viện Đa khoa tỉnh Điện Biên",
    "Dân tộc của trẻ": "Mông",
    "Họ, chữ đệm, tên của mẹ": "Vàng Thị Mỷ",
    "Quan hệ": "Mẹ",
}
PHONE_SLUG, EMAIL_SLUG = "dien-thoai", "thu-dien-tu"
_CHANNELS = {PHONE_SLUG: Message.Channel.SMS, EMAIL_SLUG: Message.Channel.EMAIL}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The two numbers that the confirmation gives."""

    code: str
    pin: str


def photo(name: str = "giay-chung-sinh.jpg") -> FilePayload:
    """A photo as a phone takes it, with the place in it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg_with_place()}


def scan(name: str = "giay-uy-quyen.pdf") -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf_bytes()}


def search(visitor: Visitor, words: str) -> list[str]:
    """Search from the first page; return the titles found, the likeliest first."""
    visitor.open("/")
    visitor.page.locator("main input[name=q]").fill(words)
    visitor.press("Tìm")
    visitor.page.wait_for_url("**/tim/**")
    return visitor.page.locator(".ledger__name").all_inner_texts()


def begin(visitor: Visitor, place: str, *, presses: int = 1) -> str:
    """Begin an application from the procedure's page, at the desk of `place`; return its reference."""
    visitor.press("Nộp trực tuyến")
    visitor.page.get_by_label("Nộp tại").select_option(label=_option(visitor, place))
    visitor.press("Bắt đầu", presses=presses)
    visitor.page.wait_for_url("**/nguoi-nop/")
    found = re.search(r"/ho-so/([^/]+)/", visitor.path())
    assert found
    return found[1]


def say_who(visitor: Visitor, person: Mapping[str, str] = PERSON) -> None:
    for label, text in person.items():
        visitor.fill(label, text)
    visitor.press("Lưu và tiếp tục")
    visitor.page.wait_for_url("**/to-khai/")


def answer_questions(visitor: Visitor, answers: Mapping[str, str] = BIRTH_ANSWERS) -> None:
    for label, text in answers.items():
        visitor.fill(label, text)
    visitor.page.get_by_label("Nam", exact=True).check()
    visitor.press("Lưu và tiếp tục")
    visitor.page.wait_for_url("**/giay-to/")


def give_paper(visitor: Visitor, position: int, file: FilePayload) -> None:
    """Choose a file for the paper at `position` and send it."""
    box = visitor.page.locator(f"#giay-to-{position}")
    if not box.is_visible():
        visitor.page.locator("main summary").first.click()
    choose_file(visitor, position, file)
    box.get_by_role("button", name=re.compile("Gửi tệp này|Thay bằng tệp này")).click()
    visitor.page.get_by_text(f"Đã nhận tệp {_stem(file)}").wait_for()


def choose_file(visitor: Visitor, position: int, file: FilePayload) -> None:
    """Choose a file; with scripts, wait until it has been made ready."""
    box = visitor.page.locator(f"#giay-to-{position}")
    box.locator("input[type=file]").set_input_files(file)
    if visitor.has_scripts:
        box.locator("[data-upload-state][data-state=good]").wait_for()


def choose_return(visitor: Visitor, way: str) -> None:
    visitor.page.get_by_label(re.compile(way)).check()
    visitor.press("Lưu và tiếp tục")
    visitor.page.wait_for_url(re.compile("/(lien-he|kiem-tra)/"))


def confirm_contact(visitor: Visitor, reference: str, slug: str) -> None:
    """Have a code sent, read it where it arrives, and type it in."""
    section = visitor.page.locator(f"section[aria-labelledby=kenh-{slug}]")
    section.get_by_role("button", name=re.compile("Gửi mã")).click()
    section.get_by_label(re.compile("Mã")).fill(_code_sent(reference, slug))
    section.get_by_role("button", name="Xác nhận").click()
    section.get_by_text("Đã xác nhận").wait_for()


def hand_in(visitor: Visitor, *, presses: int = 1) -> HandedIn:
    """Press the last button; return what the confirmation gives."""
    visitor.press("Nộp hồ sơ", presses=presses)
    visitor.page.wait_for_url("**/da-nop/")
    code, pin = visitor.page.locator(".stamp__code").all_inner_texts()
    return HandedIn(code=code, pin=pin)


def look_up(visitor: Visitor, handed_in: HandedIn) -> str:
    """Ask with code and PIN where the dossier stands; return what the page says."""
    visitor.open("/tra-cuu/")
    visitor.fill("Mã", handed_in.code)
    visitor.page.locator("main input[name=pin]").fill(handed_in.pin)
    visitor.press("Xem tiến độ")
    visitor.page.wait_for_url("**/tra-cuu/*/")
    return visitor.text()


def told_by_email(reference: str) -> list[str]:
    """The subjects of the letters about a dossier, the newest first."""
    about = Message.objects.filter(dossier__reference=reference, channel=Message.Channel.EMAIL)
    return list(about.order_by("-pk").values_list("subject", flat=True))


def reference_of(handed_in: HandedIn) -> str:
    return Dossier.objects.with_public_code(handed_in.code).get().reference


def _code_sent(reference: str, slug: str) -> str:
    body = Message.objects.filter(dossier__reference=reference, channel=_CHANNELS[slug]).latest("pk").body
    found = re.search(r"\d{6}", body)
    assert found
    return found[0]


def _option(visitor: Visitor, place: str) -> str:
    labels = visitor.page.get_by_label("Nộp tại").locator("option").all_inner_texts()
    return next(label for label in labels if place in label)


def _stem(file: FilePayload) -> str:
    return Path(file["name"]).stem
