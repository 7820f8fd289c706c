"""What officers do at the desk: sign in, receive, ask for more, decline, hand over, take down at the counter."""

import re
from collections.abc import Mapping

from playwright.sync_api import Download, FilePayload, expect

from motcua.demo.commands.load_people import PASSWORD
from tests.journeys.visitor import Visitor

_PRESENT, _NOT_NEEDED = "PRESENT", "NOT_NEEDED"
_TRIES = 3
"""A code can grow old between the page that shows it and the page that takes it."""


def sign_in(visitor: Visitor, username: str) -> None:
    """Sign in with the password and, for officers, the code that the demonstration page shows."""
    visitor.open("/tai-khoan/login/?next=/vao-viec/")
    visitor.page.locator("main input[name=login]").fill(username)
    visitor.page.locator("main input[type=password]").fill(PASSWORD)
    visitor.press("Đăng nhập")
    visitor.page.wait_for_url(re.compile("/(2fa/authenticate|ho-so-cua-toi)/"))
    for _half_minute in range(_TRIES):
        if "authenticate" not in visitor.path():
            return
        visitor.page.locator("main input[name=code]").fill(one_time_code(visitor, username))
        with visitor.page.expect_navigation():
            visitor.press("Đăng nhập")
    assert visitor.path().startswith("/xu-ly/"), visitor.text()


def one_time_code(visitor: Visitor, username: str) -> str:
    """Read the code of this half minute off the demonstration page, in a window beside."""
    beside = visitor.context.new_page()
    beside.goto(f"{visitor.site}/trinh-dien/")
    code = beside.locator(f"[data-totp='{username}']").inner_text()
    beside.close()
    return code


def rows(visitor: Visitor) -> list[str]:
    """The codes in the worklist, the most urgent first."""
    visitor.open("/xu-ly/")
    return visitor.page.locator("[data-worklist] .worklist__code").all_inner_texts()


def open_dossier(visitor: Visitor, code: str) -> None:
    """Open a dossier from the worklist."""
    visitor.open("/xu-ly/")
    visitor.page.locator("[data-worklist]").get_by_role("link", name=code).click()
    visitor.page.wait_for_url(f"**/xu-ly/ho-so/{code}/")


def check_papers(visitor: Visitor, present: set[int]) -> None:
    """Say of each paper of the closed list whether it is there or not needed."""
    sections = visitor.page.locator("section.check")
    for position in range(1, sections.count() + 1):
        state = _PRESENT if position in present else _NOT_NEEDED
        visitor.page.locator(f"input[name=state_{position}][value={state}]").check()


def accept(visitor: Visitor, code: str, *, present: set[int]) -> str:
    """Check the papers and accept; return the national code."""
    open_dossier(visitor, code)
    visitor.press("Kiểm tra giấy tờ và tiếp nhận")
    visitor.page.wait_for_url("**/tiep-nhan/")
    return accept_at_once(visitor, present=present)


def form_as_pdf(visitor: Visitor, name: str) -> bytes:
    """Fetch the form whose link begins with `name`, as a click on it would."""
    link = visitor.page.locator("main").get_by_role("link", name=re.compile(name)).first
    answer = visitor.context.request.get(visitor.site + (link.get_attribute("href") or ""))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def pass_on(visitor: Visitor) -> None:
    """Send the accepted dossier to the competent unit."""
    visitor.press("Chuyển")
    visitor.page.wait_for_url("**/chuyen/")
    visitor.press("Chuyển")
    visitor.page.get_by_text("Đã chuyển hồ sơ đến cơ quan giải quyết.").wait_for()


def ask_for_more(visitor: Visitor, code: str, *, position: int, note: str, reason: str) -> None:
    """Send form 02."""
    open_dossier(visitor, code)
    visitor.press("Yêu cầu bổ sung")
    visitor.page.locator(f"input[name=wanted_{position}]").check()
    visitor.page.locator(f"[name=note_{position}]").fill(note)
    visitor.fill("Lý do chung", reason)
    visitor.press("Xem trước mẫu 02")
    expect(visitor.page.locator(".preview")).to_contain_text(note)
    visitor.press("Gửi yêu cầu bổ sung")
    visitor.page.get_by_text("Đã gửi yêu cầu bổ sung (mẫu 02)").wait_for()


def decline(visitor: Visitor, code: str, *, reason: str) -> None:
    """Send form 03."""
    open_dossier(visitor, code)
    visitor.press("Từ chối")
    visitor.page.locator("input[name=ground]").first.check()
    visitor.fill("Điều, khoản, điểm", "khoản 1 Điều 13")
    visitor.fill("Lý do cụ thể", reason)
    visitor.press("Từ chối")
    visitor.page.get_by_text("Đã từ chối tiếp nhận (mẫu 03)").wait_for()


def hand_over(visitor: Visitor, code: str, *, to: str) -> None:
    open_dossier(visitor, code)
    visitor.press("Trả kết quả")
    visitor.fill("Người nhận kết quả", to)
    visitor.press("Trả kết quả")
    visitor.page.get_by_text("Đã trả kết quả. Hồ sơ kết thúc.").wait_for()


def downloaded(visitor: Visitor, name: str) -> Download:
    """Press a link that hands a file over."""
    with visitor.page.expect_download() as coming:
        visitor.press(name)
    return coming.value


def take_down(
    visitor: Visitor, words: str, person: Mapping[str, str], answers: Mapping[str, str], file: FilePayload
) -> str:
    """Take an application down at the counter, a scan for the first paper; return the PIN of the printed slip.

    `words` are those of a procedure's name; linked groups that hold them as well are passed over.
    """
    visitor.open("/xu-ly/tiep-nhan-truc-tiep/")
    visitor.page.locator("main input[name=q]").fill(words)
    visitor.press("Tìm")
    begins = re.compile(rf"^\s*{re.escape(words)}", re.IGNORECASE)
    visitor.page.locator(".task-list__name a").filter(has_text=begins).first.click()
    for label, text in {**person, **answers}.items():
        visitor.fill(label, text)
    visitor.page.get_by_label("Nam", exact=True).check()
    visitor.page.locator("input[name=originals_1]").fill("1")
    visitor.page.locator("input[name=file_1]").set_input_files(file)
    visitor.page.locator("[data-upload-state][data-state=good]").wait_for()
    visitor.press("Ghi nhận hồ sơ")
    visitor.page.wait_for_url("**/tiep-nhan/")
    here = visitor.path()
    visitor.open(here.replace("/tiep-nhan/", "/phieu/"))
    pin = visitor.page.locator(".stamp__code").nth(1).inner_text()
    visitor.open(here)
    return pin


def accept_at_once(visitor: Visitor, *, present: set[int]) -> str:
    """Accept what was just taken down; return the national code."""
    check_papers(visitor, present)
    visitor.press("Tiếp nhận hồ sơ")
    visitor.page.wait_for_url("**/da-tiep-nhan/")
    return visitor.page.locator(".stamp__code").inner_text()
