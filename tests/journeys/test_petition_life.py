"""A petition's whole life, everybody at their own browser: a guest, officials, and whoever reads the answer."""

import re

import pytest

from motcua.notifications.models import PetitionMessage
from motcua.petitions.models import Petition
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import WARD
from tests.journeys.stage import person
from tests.journeys.visitor import PHONE, Visitor, signed_in
from tests.journeys.visits import DISPATCHER, LEADER, OFFICER

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
TEXT = "Hẹn trả trích lục ngày thứ Hai mà đến thứ Năm chưa có, tôi là Lò Thị Ban, gọi tôi 0912 345 678."
ANSWER = "Phường xin lỗi và đã trả trích lục."
WORDS = {
    "vi": {
        "go": "Tiếp tục: xác nhận liên hệ",
        "confirm": "Xác nhận và gửi",
        "classify": "Phân loại",
        "conduct": "Hành vi: chậm, gây phiền hà, làm không đúng quy định",
        "draft": "Soạn trả lời",
        "founded": "Đúng như phản ánh",
        "approve": "Duyệt và trả lời",
        "publish": "Công khai câu trả lời",
        "left": "Chưa công khai được vì còn thông tin cá nhân",
        "published": "Đã công khai.",
        "answered": "đã trả lời",
    },
    "en": {
        "go": "Continue: confirm your contact",
        "confirm": "Confirm and send",
        "classify": "Sorting",
        "conduct": "Conduct: delay, harassment, rules not applied as they should be",
        "draft": "Draft the answer",
        "founded": "As it was told",
        "approve": "Approve and answer",
        "publish": "Publish the answer",
        "left": "Not published, because personal data are left",
        "published": "Published.",
        "answered": "has answered",
    },
}


def speaking(visitor: Visitor, language: str) -> Visitor:
    host = re.sub(r"^https?://|:\d+.*$", "", visitor.site)
    visitor.context.add_cookies([{"name": "django_language", "value": language, "domain": host, "path": "/"}])
    return visitor


def at(visitor: Visitor, code: str, act: str = "") -> None:
    visitor.open(f"/xu-ly/phan-anh/{code}/" + (f"viec/{act}/" if act else ""))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_petition_lives_from_the_sender_to_the_public_page(new_visitor: NewVisitor, language: str) -> None:
    words = WORDS[language]
    guest = speaking(new_visitor(viewport=PHONE), language)
    petition = sent_by(guest, words)
    assert petition.code in guest.text()
    assert petition.pin in guest.text()

    sorter, officer, leader = (
        speaking(signed_in(new_visitor(), person(who)), language) for who in (DISPATCHER, OFFICER, LEADER)
    )
    answer(petition, words, sorter, officer, leader)
    publish(petition, words, sorter)

    guest.open(f"/phan-anh/{petition.code}/")
    assert words["answered"] in guest.text()
    reader = speaking(new_visitor(viewport=PHONE), language)
    reader.open("/phan-anh/?q=trich+luc+tra+cham")
    reader.page.get_by_role("link", name="Trích lục trả chậm").first.click()
    reader.page.wait_for_url("**/cong-khai/**")
    assert ANSWER in reader.text()
    for secret in ("Lò Thị Ban", "0912", petition.code):
        assert secret not in reader.text()


def sent_by(guest: Visitor, words: dict[str, str]) -> Petition:
    """Send a petition without an account, and confirm the telephone number."""
    guest.open("/phan-anh/gui/")
    guest.page.locator("[name=text]").fill(TEXT)
    guest.page.locator("[name=unit]").select_option(WARD)
    guest.page.locator("[name=full_name]").fill("Lò Thị Ban")
    guest.page.locator("[name=phone]").fill("0912345678")
    guest.press(words["go"])
    guest.page.wait_for_url("**/xac-nhan/")
    guest.page.locator("main form button").last.click()
    guest.page.locator("[name=code]").wait_for()
    petition = Petition.objects.get(stage_name="UNCONFIRMED")
    sent = PetitionMessage.objects.filter(petition=petition).latest("pk").body
    guest.page.locator("[name=code]").fill(re.findall(r"\d{6}", sent)[0])
    guest.press(words["confirm"])
    guest.page.wait_for_url("**/da-gui/")
    return petition


def answer(petition: Petition, words: dict[str, str], sorter: Visitor, officer: Visitor, leader: Visitor) -> None:
    """Sort it, draft the answer, approve it."""
    at(sorter, petition.code, "phan-loai")
    sorter.page.get_by_label(words["conduct"]).check()
    sorter.press(words["classify"])
    sorter.page.wait_for_url(f"**/{petition.code}/")
    at(officer, petition.code, "soan-tra-loi")
    officer.page.get_by_label(words["founded"], exact=True).check()
    officer.page.locator("[name=text]").fill(ANSWER)
    officer.press(words["draft"])
    officer.page.wait_for_url(f"**/{petition.code}/")
    at(leader, petition.code, "duyet-tra-loi")
    leader.press(words["approve"])
    leader.page.wait_for_url(f"**/{petition.code}/")


def publish(petition: Petition, words: dict[str, str], sorter: Visitor) -> None:
    """Publish it: refused while the name and number of the sender stand in it."""
    at(sorter, petition.code, "cong-khai")
    sorter.page.locator("[name=title]").fill("Trích lục trả chậm")
    sorter.page.locator("[name=is_read]").check()
    sorter.press(words["publish"])
    sorter.page.get_by_text(words["left"]).first.wait_for()
    sorter.page.locator("[name=question]").fill("Trích lục trả chậm ba ngày.")
    sorter.press(words["publish"])
    sorter.page.get_by_text(words["published"]).wait_for()
