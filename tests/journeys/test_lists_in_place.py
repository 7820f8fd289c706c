"""Officers' lists that change in place: shelves, pages, the way back, the keyboard, and what goes wrong meanwhile."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from motcua.rules.transitions import Status
from tests.journeys.conftest import NewVisitor
from tests.journeys.keyboard import focused, has_focus
from tests.journeys.looking import complaints
from tests.journeys.province import MORNING
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
OVERDUE = "/xu-ly/?ngan=qua-han"


@pytest.fixture(scope="module")
def codes(site: str) -> list[str]:
    """Five dossiers at the desk, the first two of them late."""
    late = [dossier_in(Status.SUBMITTED, at=MORNING - timedelta(days=8, hours=hour)) for hour in (1, 0)]
    fresh = [dossier_in(Status.SUBMITTED, at=MORNING - timedelta(minutes=minute)) for minute in (30, 20, 10)]
    return [dossier.public_code for dossier in [*late, *fresh]]


@pytest.fixture
def clerk(new_visitor: NewVisitor, codes: list[str], monkeypatch: pytest.MonkeyPatch) -> Visitor:
    monkeypatch.setattr("motcua.dossiers.queries.worklist.PAGE_SIZE", 3)
    monkeypatch.setattr("motcua.dossiers.queries.register.PAGE_SIZE", 3)
    visitor = signed_in(new_visitor(), person("tiepnhan.dbp"))
    visitor.open("/xu-ly/")
    return visitor


@pytest.fixture
def stays(clerk: Visitor) -> Iterator[None]:
    """Whatever the test does, the page is never loaded anew."""
    yield
    assert clerk.answers == [200]


def expect_codes(visitor: Visitor, codes: list[str]) -> None:
    expect(visitor.page.locator("[data-worklist] .worklist__code")).to_have_text(codes)


@pytest.mark.usefixtures("stays")
def test_a_shelf_is_switched_and_back_again(clerk: Visitor, codes: list[str]) -> None:
    shelf = clerk.page.locator(".figure", has_text="Quá hạn")
    expect_codes(clerk, codes[:3])

    shelf.focus()
    clerk.page.keyboard.press("Enter")

    expect_codes(clerk, codes[:2])
    assert clerk.path() == OVERDUE
    expect(clerk.page.get_by_role("status")).to_have_text("Quá hạn: 2 hồ sơ, trang này có 2.")
    expect(shelf).to_have_attribute("aria-current", "true")
    expect(clerk.page).to_have_title(re.compile("Việc của tôi"))
    assert has_focus(shelf), focused(clerk)
    assert clerk.page.locator("[data-here]").input_value() == OVERDUE
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        clerk.page.keyboard.press(key)
        assert has_focus(clerk.page.locator("[data-open]").nth(row)), key

    clerk.page.go_back()
    expect_codes(clerk, codes[:3])
    assert clerk.path() == "/xu-ly/"
    expect(clerk.page.locator(".figure[aria-current]")).to_contain_text("Tất cả")
    clerk.page.keyboard.press("j")
    assert has_focus(clerk.page.locator("[data-open]").first), focused(clerk)

    clerk.page.go_forward()
    expect_codes(clerk, codes[:2])
    assert clerk.path() == OVERDUE


@pytest.mark.usefixtures("stays")
def test_the_next_page_begins_at_its_heading(clerk: Visitor, codes: list[str]) -> None:
    clerk.press("Trang sau")

    expect_codes(clerk, codes[3:])
    assert "sau=" in clerk.path()
    assert has_focus(clerk.page.locator("[data-list-heading]")), focused(clerk)
    expect(clerk.page.locator("[data-list-heading]")).to_be_in_viewport()
    clerk.page.keyboard.press("j")
    assert has_focus(clerk.page.locator("[data-open]").first), focused(clerk)
    assert complaints(clerk) == []

    clerk.page.go_back()
    expect_codes(clerk, codes[:3])


def test_a_dossier_opens_after_the_exchange_and_back_finds_the_shelf_again(clerk: Visitor, codes: list[str]) -> None:
    clerk.page.locator(".figure", has_text="Quá hạn").click()
    expect_codes(clerk, codes[:2])
    clerk.page.keyboard.press("j")
    clerk.page.keyboard.press("j")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    assert codes[1] in clerk.path()

    clerk.page.go_back()

    expect_codes(clerk, codes[:2])
    assert clerk.path() == OVERDUE
    clerk.page.go_back()
    expect_codes(clerk, codes[:3])


def test_the_register_is_filtered_in_place(clerk: Visitor, codes: list[str]) -> None:
    clerk.open("/xu-ly/ho-so-cua-bo-phan/")
    expect_codes(clerk, codes[:1:-1])
    clerk.press("Trang sau")
    expect_codes(clerk, codes[1::-1])
    clerk.page.get_by_label("Trạng thái").select_option(label="Đã rút")

    clerk.press("Lọc")

    expect(clerk.page.locator(".empty")).to_contain_text("Không có hồ sơ nào")
    expect(clerk.page.get_by_role("status")).to_have_text("Không có hồ sơ nào")
    assert has_focus(clerk.named("Lọc")), focused(clerk)
    assert clerk.path().endswith("?status=WITHDRAWN")
    clerk.page.go_back()
    expect_codes(clerk, codes[1::-1])
    assert clerk.page.get_by_label("Trạng thái").input_value() == "tat-ca"
    assert clerk.answers == [200, 200]


def test_a_search_answers_while_one_types(clerk: Visitor, codes: list[str]) -> None:
    clerk.open("/xu-ly/tiep-nhan-truc-tiep/")
    box = clerk.page.locator("main input[type=search]")
    box.press_sequentially("khai tử")
    expect(clerk.page.locator(".task-list a").first).to_contain_text("khai tử", ignore_case=True)
    expect(clerk.page.get_by_role("status")).to_have_text(re.compile(r"^Đang hiện \d+ thủ tục\.$"))
    assert has_focus(box)
    assert box.input_value() == "khai tử"
    assert "q=khai+t" in clerk.path()
    assert complaints(clerk) == []

    clerk.open("/xu-ly/tim/")
    box.press_sequentially(codes[0])
    expect_codes(clerk, codes[:1])
    assert clerk.path().startswith("/xu-ly/tim/?q="), "what is typed opens nothing by itself"
    assert clerk.answers == [200, 200, 200]

    with clerk.page.expect_navigation():
        box.press("Enter")
    assert codes[0] in clerk.path()
    assert "/ho-so/" in clerk.path()


def test_a_session_that_ended_leads_the_whole_page_to_the_sign_in(clerk: Visitor) -> None:
    clerk.context.clear_cookies()

    clerk.page.locator(".figure", has_text="Quá hạn").click()

    clerk.page.wait_for_url("**/login/?next=/xu-ly/**")
    assert clerk.page.locator("main input[name=login]").is_visible()
    assert "ngan" in clerk.path()


def test_what_goes_wrong_is_said_above_the_list_which_stays(
    clerk: Visitor, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = clerk.page.locator(".figure", has_text="Quá hạn")
    problem = clerk.page.get_by_role("alert")
    with monkeypatch.context() as broken:
        broken.setattr("motcua.workspace.views.worklist.worklist", lambda *_args, **_kwargs: 1 / 0)
        shelf.click()
        expect(problem).to_contain_text("Hệ thống đang gặp trục trặc")
    assert [fault[:3] for fault in clerk.faults] == ["500"]

    clerk.context.set_offline(True)
    shelf.click()
    expect(problem).to_contain_text("Danh sách chưa tải được")
    expect_codes(clerk, codes[:3])
    assert clerk.path() == "/xu-ly/"
    assert complaints(clerk) == []
    clerk.context.set_offline(False)
    assert "Failed to fetch" in clerk.faults[1]
    clerk.faults.clear()

    shelf.click()
    expect_codes(clerk, codes[:2])
    expect(problem).to_be_empty()


def test_without_scripts_the_same_addresses_are_pages(
    new_visitor: NewVisitor, clerk: Visitor, codes: list[str]
) -> None:
    plain = signed_in(new_visitor(java_script_enabled=False), person("tiepnhan.dbp"))
    plain.open("/xu-ly/")
    plain.press("Trang sau")
    expect_codes(plain, codes[3:])
    plain.page.locator(".figure", has_text="Quá hạn").click()
    expect_codes(plain, codes[:2])

    assert plain.path() == OVERDUE
    assert plain.answers == [200, 200, 200]
