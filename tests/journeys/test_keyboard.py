"""Citizen and officer without a mouse."""

import pytest
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.journeys import desk
from tests.journeys.citizen import BIRTH_ANSWERS, PERSON
from tests.journeys.conftest import NewVisitor
from tests.journeys.keyboard import focused, has_focus, press, walk_to, write
from tests.journeys.looking import complaints
from tests.journeys.province import BIRTH
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def clerk(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person("tiepnhan.dbp"))


def test_the_first_step_leads_past_the_header(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.keyboard.press("Tab")

    skip = visitor.page.locator("a.skip")
    assert has_focus(skip)
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    assert has_focus(visitor.page.locator("main"))


def test_a_procedure_is_found_among_the_suggestions(visitor: Visitor) -> None:
    visitor.open("/")
    write(visitor, visitor.page.locator("main input[type=search]"), "khai sin")
    visitor.page.get_by_role("option").first.wait_for()
    visitor.page.keyboard.press("ArrowDown")
    assert complaints(visitor) == []

    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url(f"**/thu-tuc/{BIRTH}/")


def test_an_application_is_filled_in(visitor: Visitor) -> None:
    visitor.open(f"/thu-tuc/{BIRTH}/nop/")
    walk_to(visitor, visitor.page.get_by_label("Nộp tại"))
    visitor.page.keyboard.type("Phường Điện Biên Phủ")
    press(visitor, "Bắt đầu")
    for label, text in PERSON.items():
        write(visitor, visitor.page.locator("main").get_by_label(label), text)
    press(visitor, "Lưu và tiếp tục")
    for label, text in BIRTH_ANSWERS.items():
        if label == "Dân tộc của trẻ":
            walk_to(visitor, visitor.page.get_by_label("Nam", exact=True))
            visitor.page.keyboard.press("Space")
        write(visitor, visitor.page.locator("main").get_by_label(label).first, text)
    press(visitor, "Lưu và tiếp tục")

    assert visitor.path().endswith("/giay-to/"), visitor.text()
    walk_to(visitor, visitor.page.locator("#giay-to-1 input[type=file]"))


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(visitor: Visitor) -> None:
    visitor.open("/tra-cuu/")
    press(visitor, "Xem tiến độ")

    assert has_focus(visitor.page.locator("[data-error-summary]")), focused(visitor)
    walk_to(visitor, visitor.page.locator("[data-error-summary] a").nth(1))
    visitor.page.keyboard.press("Enter")
    assert has_focus(visitor.page.locator("main input[name=pin]")), focused(visitor)


def test_an_officer_walks_the_worklist_and_accepts(clerk: Visitor) -> None:
    dossiers = [dossier_in(Status.SUBMITTED) for _ in range(3)]
    codes = desk.rows(clerk)
    assert {dossier.public_code for dossier in dossiers} <= set(codes)
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        clerk.page.keyboard.press(key)
        assert has_focus(clerk.page.locator("[data-open]").nth(row)), key
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    assert codes[1] in clerk.path()

    press(clerk, "Kiểm tra giấy tờ và tiếp nhận")
    walk_to(clerk, clerk.page.locator("input[name=state_1]").first)
    clerk.page.keyboard.press("Space")
    walk_to(clerk, clerk.page.locator("input[name=state_2]:checked"))
    clerk.page.keyboard.press("ArrowUp")
    clerk.page.keyboard.press("ArrowDown")
    press(clerk, "Tiếp nhận hồ sơ")

    clerk.page.wait_for_url("**/da-tiep-nhan/")
    assert Dossier.objects.get(reference=codes[1]).stage is Status.ACCEPTED


def test_a_menu_opens_and_closes(clerk: Visitor) -> None:
    clerk.open("/xu-ly/")
    menu = clerk.page.locator(".header-tools [data-menu]")
    walk_to(clerk, menu.locator("summary"))
    clerk.page.keyboard.press("Enter")
    expect(menu.get_by_role("button")).to_be_visible()

    clerk.page.keyboard.press("Escape")

    expect(menu.get_by_role("button")).to_be_hidden()
    assert has_focus(menu.locator("summary"))
