"""The citizen's half where no script runs: old phones, careful people, broken networks."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.journeys import citizen, desk
from tests.journeys.citizen import BIRTH_ANSWERS, EMAIL_SLUG, PHONE_SLUG, photo, scan
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import WARD_NAME
from tests.journeys.stage import dossier_in
from tests.journeys.visitor import PHONE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def plain(new_visitor: NewVisitor) -> Visitor:
    return new_visitor(viewport=PHONE, java_script_enabled=False)


def test_a_guest_files_and_follows_and_pressing_twice_makes_one_dossier(plain: Visitor) -> None:
    assert "khai sinh" in citizen.search(plain, "khai sinh")[0].lower()
    plain.page.locator(".ledger__name[href^='/thu-tuc/']").first.click()
    reference = citizen.begin(plain, WARD_NAME, presses=2)
    citizen.say_who(plain)
    citizen.answer_questions(plain)
    citizen.give_paper(plain, 1, photo())
    citizen.give_paper(plain, 5, scan())
    plain.press("Tiếp tục")
    citizen.choose_return(plain, "Bản điện tử")
    citizen.confirm_contact(plain, reference, PHONE_SLUG)
    citizen.confirm_contact(plain, reference, EMAIL_SLUG)
    plain.press("Tiếp tục")
    assert all(answer in plain.text() for answer in BIRTH_ANSWERS.values())

    handed_in = citizen.hand_in(plain, presses=2)

    made = Dossier.objects.filter(applicant__citizen_id="011190000123")
    assert [(dossier.reference, dossier.stage) for dossier in made] == [(handed_in.code, Status.SUBMITTED)]
    said = citizen.look_up(plain, handed_in)
    assert "Trung tâm Phục vụ hành chính công" in said
    assert "Vàng" not in said


def test_a_citizen_answers_a_supplement(plain: Visitor) -> None:
    reference = dossier_in(Status.INTAKE_SUPPLEMENT).reference
    desk.sign_in(plain, "congdan")
    plain.open(f"/ho-so/{reference}/")

    plain.press("Bổ sung giấy tờ")
    citizen.give_paper(plain, 1, photo("co-chu-ky.jpg"))
    plain.press("Đã đủ, gửi bổ sung")

    assert "Đã gửi bổ sung." in plain.text()
    assert Dossier.objects.get(reference=reference).stage is Status.SUBMITTED


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(plain: Visitor) -> None:
    citizen.search(plain, "khai sinh")
    plain.page.locator(".ledger__name[href^='/thu-tuc/']").first.click()
    citizen.begin(plain, WARD_NAME)
    plain.fill("Họ, chữ đệm và tên", "Vàng Thị Mỷ")
    plain.fill("Số điện thoại", "12")
    plain.press("Lưu và tiếp tục")

    assert "Số điện thoại có 10 chữ số" in plain.page.locator("[data-error-summary]").inner_text()
    assert plain.page.get_by_label("Họ, chữ đệm và tên").input_value() == "Vàng Thị Mỷ"
