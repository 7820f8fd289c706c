"""The cost table of a review in the browser: its sums follow while one types, and saving keeps them."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.stage import person
from tests.journeys.visitor import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_the_sums_follow_while_the_table_is_typed(new_visitor: NewVisitor) -> None:
    visitor = signed_in(new_visitor(), person("kiemsoat"))
    visitor.open("/xu-ly/ra-soat/2026/1/chi-phi/hien-hanh/")
    total = visitor.page.locator("[data-total]")
    expect(total).to_have_text("30.000.000")

    visitor.page.locator("[name=form-0-hours]").fill("4,5")
    expect(total).to_have_text("67.500.000")
    visitor.page.locator("[name=form-0-hours]").fill("lâu")
    expect(visitor.page.locator("[data-year]")).to_have_text("–")
    visitor.page.locator("[name=form-0-hours]").fill("1")
    expect(visitor.page.locator("[data-year]")).to_have_text("15.000.000")

    assert visitor.faults == []
