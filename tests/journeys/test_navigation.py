"""The places of officials who have many: on a phone, by keyboard, without script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.keyboard import has_focus, walk_to
from tests.journeys.stage import person
from tests.journeys.visitor import PHONE, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("kiemsoat", "/xu-ly/niem-yet/"),
        ("kiemsoat", "/xu-ly/co-so-du-lieu-quoc-gia/"),
        ("tiepnhan.dbp", "/xu-ly/"),
        ("chutich", "/xu-ly/"),
    ],
)
def test_the_heading_of_a_page_stands_in_the_first_screen_of_a_phone(
    new_visitor: NewVisitor, who: str, address: str
) -> None:
    visitor = signed_in(new_visitor(viewport=PHONE), person(who))
    visitor.open(address)

    box = visitor.page.locator("main h1").bounding_box()

    assert box is not None
    assert box["y"] + box["height"] <= PHONE["height"] * 0.6


def test_a_heading_opens_by_keyboard_leads_on_and_closes(new_visitor: NewVisitor) -> None:
    visitor = signed_in(new_visitor(), person("kiemsoat"))
    visitor.open("/xu-ly/niem-yet/")
    heading = visitor.page.locator(".site-nav summary", has_text="Pháp luật")
    place = visitor.page.locator(".site-nav a", has_text="Văn bản pháp luật")
    walk_to(visitor, heading)
    visitor.page.keyboard.press("Enter")
    expect(place).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(place).to_be_hidden()
    assert has_focus(heading)

    visitor.page.keyboard.press("Enter")
    walk_to(visitor, place)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")

    expect(visitor.page.locator(".site-nav summary[aria-current]")).to_have_text("Pháp luật: Văn bản pháp luật")


def test_without_script_one_heading_is_open_at_a_time(new_visitor: NewVisitor) -> None:
    visitor = signed_in(new_visitor(viewport=PHONE, java_script_enabled=False), person("kiemsoat"))
    visitor.open("/xu-ly/niem-yet/")
    headings = visitor.page.locator(".site-nav summary")
    headings.nth(1).click()
    headings.nth(2).click()

    shown = visitor.page.locator(".site-nav details[open]")

    expect(shown).to_have_count(1)
    shown.get_by_role("link", name="Rà soát căn cứ").click()
    assert visitor.path().startswith("/xu-ly/van-ban/ra-soat/"), visitor.path()
