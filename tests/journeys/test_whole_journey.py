"""The whole way of a dossier, everybody at their own browser: citizen, desk, agency, leader, desk, and a stranger."""

import io
import re

import pypdf
import pytest

from motcua.dossiers.models import Dossier
from motcua.notifications.models import Message
from motcua.rules.transitions import Status
from tests.journeys import citizen, desk, office
from tests.journeys.citizen import BIRTH_ANSWERS, EMAIL_SLUG, PHONE_SLUG, photo, scan
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import BIRTH, MORNING, WARD_NAME
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import PHONE, Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
AUTHORISATION = 5


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("khai sinh", "khai sinh"),
        ("giay phep xay dung", "giấy phép xây dựng"),
        ("gpxd", "giấy phép xây dựng"),
        ("sinh khai", "khai sinh"),
        ("khai sihn", "khai sinh"),
    ],
)
def test_a_citizen_finds_a_procedure_in_their_own_words(visitor: Visitor, words: str, first: str) -> None:
    found = citizen.search(visitor, words)

    assert first in found[0].lower()


def test_a_procedure_says_what_a_citizen_must_know_before_filing(visitor: Visitor) -> None:
    citizen.search(visitor, "khai sinh")
    visitor.page.locator(".ledger__name[href^='/thu-tuc/']").first.click()

    said = visitor.text()
    for part in ("Giấy chứng sinh", "Miễn phí", "Ngay trong ngày", "Bạn nộp ở đâu?", "Các bước", "123/2015/NĐ-CP"):
        assert part in said
    earliest = visitor.page.locator(".facts__earliest time").get_attribute("datetime")
    assert earliest == f"{MORNING.date()}T17:00:00+07:00"


def test_a_dossier_goes_from_the_search_to_the_returned_result(new_visitor: NewVisitor) -> None:
    applicant, stranger = new_visitor(viewport=PHONE), new_visitor(viewport=PHONE)
    handed_in = _file_online(applicant)
    _follow(stranger, handed_in, "Trung tâm Phục vụ hành chính công")

    clerk = new_visitor()
    desk.sign_in(clerk, "tiepnhan.dbp")
    assert handed_in.code in desk.rows(clerk)
    code = desk.accept(clerk, handed_in.code, present={1, AUTHORISATION})
    assert re.fullmatch(r"H18\.31-260303-\d{4,}", code)
    receipt = pypdf.PdfReader(io.BytesIO(desk.form_as_pdf(clerk, "Giấy tiếp nhận")))
    assert code in receipt.pages[0].extract_text().replace("\n", "")
    _follow(stranger, citizen.HandedIn(code, handed_in.pin), "tiếp theo chuyển cho nơi giải quyết")
    desk.pass_on(clerk)

    _decide(new_visitor, stranger, citizen.HandedIn(code, handed_in.pin))

    desk.hand_over(clerk, code, to="Vàng Thị Mỷ")
    _follow(stranger, citizen.HandedIn(code, handed_in.pin), "hồ sơ đã kết thúc")
    dossier = Dossier.objects.get(code=code)
    assert (dossier.stage, dossier.result.received_by) == (Status.RETURNED, "Vàng Thị Mỷ")
    assert citizen.told_by_email(dossier.reference)[:4] == [
        f"Đã trả kết quả: {code}",
        f"Đã có kết quả: {code}",
        f"Hồ sơ đã được tiếp nhận: {code}",
        f"Đã nhận hồ sơ trực tuyến: {dossier.reference}",
    ]
    applicant.open(f"/ho-so/{code}/")
    assert "Kết quả đã được trả" in applicant.text()


def test_a_supplement_is_asked_for_once_and_answered(new_visitor: NewVisitor) -> None:
    reference = dossier_in(Status.SUBMITTED).reference
    clerk, applicant = signed_in(new_visitor(), person("tiepnhan.dbp")), new_visitor(viewport=PHONE)

    desk.ask_for_more(clerk, reference, position=1, note="Chụp lại cho rõ số.", reason="Ảnh chụp bị mờ.")
    assert desk.form_as_pdf(clerk, "Phiếu yêu cầu bổ sung").startswith(b"%PDF")

    desk.sign_in(applicant, "congdan")
    applicant.open(f"/ho-so/{reference}/")
    assert "Hồ sơ cần bổ sung giấy tờ" in applicant.text()
    applicant.press("Bổ sung giấy tờ")
    assert "Chụp lại cho rõ số." in applicant.text()
    citizen.give_paper(applicant, 1, photo("chup-lai.jpg"))
    applicant.press("Đã đủ, gửi bổ sung")
    applicant.page.get_by_text("Đã gửi bổ sung.").wait_for()

    code = desk.accept(clerk, reference, present={1})
    site = Message.objects.filter(dossier__reference=reference, channel=Message.Channel.SITE)
    assert site.latest("pk").subject == f"Hồ sơ đã được tiếp nhận: {code}"


def test_a_dossier_is_declined_with_its_ground(new_visitor: NewVisitor) -> None:
    reference = dossier_in(Status.SUBMITTED).reference
    clerk = signed_in(new_visitor(), person("tiepnhan.dbp"))
    applicant = signed_in(new_visitor(viewport=PHONE), person("congdan"))

    desk.decline(clerk, reference, reason="Cha mẹ cư trú ở tỉnh khác.")

    assert desk.form_as_pdf(clerk, "Phiếu từ chối").startswith(b"%PDF")
    applicant.open(f"/ho-so/{reference}/")
    said = applicant.text()
    assert "Cha mẹ cư trú ở tỉnh khác." in said
    assert "khoản 1 Điều 13" in said


def test_an_officer_files_at_the_counter_for_somebody(new_visitor: NewVisitor) -> None:
    clerk = signed_in(new_visitor(), person("tiepnhan.dbp"))

    pin = desk.take_down(clerk, "Thủ tục đăng ký khai sinh", citizen.PERSON, BIRTH_ANSWERS, scan("to-khai.pdf"))
    code = desk.accept_at_once(clerk, present={1, 2})

    said = citizen.look_up(new_visitor(), citizen.HandedIn(code, pin))
    assert "tiếp theo chuyển cho nơi giải quyết" in said
    assert "Vàng Thị Mỷ" not in said


def _file_online(applicant: Visitor) -> citizen.HandedIn:
    """Search, read, and file part by part with a photo and a PDF."""
    citizen.search(applicant, "khai sinh")
    applicant.page.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    reference = citizen.begin(applicant, WARD_NAME)
    citizen.say_who(applicant)
    citizen.answer_questions(applicant)
    citizen.give_paper(applicant, 1, photo())
    citizen.give_paper(applicant, AUTHORISATION, scan())
    applicant.press("Tiếp tục")
    citizen.choose_return(applicant, "Đến nơi tiếp nhận để lấy")
    citizen.confirm_contact(applicant, reference, PHONE_SLUG)
    citizen.confirm_contact(applicant, reference, EMAIL_SLUG)
    applicant.press("Tiếp tục")
    said = applicant.text()
    assert all(answer in said for answer in BIRTH_ANSWERS.values())
    return citizen.hand_in(applicant)


def _decide(new_visitor: NewVisitor, stranger: Visitor, known: citizen.HandedIn) -> None:
    """Go through the internal process of the agency, each step by whom it belongs to."""
    code = known.code
    dispatcher, officer, leader, clerk = (new_visitor() for _ in range(4))
    desk.sign_in(dispatcher, "phancong.dbp")
    office.assign(dispatcher, code, to="hotich.dbp")
    _follow(stranger, known, "đang thẩm tra hồ sơ")

    desk.sign_in(officer, "hotich.dbp")
    draft = scan("du-thao-giay-khai-sinh.pdf")
    office.propose(officer, code, opinion="Đủ điều kiện.", title="Giấy khai sinh", file=draft)
    _follow(stranger, known, "xem và ký hồ sơ")

    desk.sign_in(leader, "lanhdao.dbp")
    office.sign(leader, code)
    _follow(stranger, known, "đóng dấu, phát hành kết quả")

    desk.sign_in(clerk, "vanthu.dbp")
    office.issue(clerk, code, number="12/GKS")
    _follow(stranger, known, "mời bạn đến")
    assert BIRTH in Dossier.objects.get(code=code).procedure_version.procedure.code


def _follow(stranger: Visitor, known: citizen.HandedIn, expected: str) -> None:
    """Look the dossier up by code and PIN: the stage is told, and nothing personal."""
    said = citizen.look_up(stranger, known)
    assert expected in said
    assert not [secret for secret in citizen.PERSON.values() if secret in said]
    assert "Vàng A Páo" not in said
