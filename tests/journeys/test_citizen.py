"""A citizen in a real browser: search, procedure, look-up; with JavaScript and without."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.make import make_dossier, make_offering, make_office, make_procedure

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("MOTCUA_CHROMIUM") or shutil.which("chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the synchronous Playwright runs its own loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_citizen_finds_a_procedure_and_follows_a_dossier(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    procedure = make_procedure(title="Đăng ký khai sinh")
    office = make_office(offering=make_offering(procedure=procedure))
    dossier: Dossier = make_dossier(
        status=Status.IN_PROGRESS, office=office, at=timezone.now().replace(hour=1) - timedelta(days=3)
    )
    page = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 740}).new_page()

    page.goto(live_server.url)
    page.locator("input[name=q]").first.fill("đăng ký khai sinh")
    page.locator("input[name=q]").first.press("Enter")
    page.goto(f"{live_server.url}/thu-tuc/{procedure.code}/")
    assert "Tờ khai theo mẫu" in page.inner_text("main")

    page.goto(f"{live_server.url}/tra-cuu/")
    page.fill("input[name=code]", dossier.public_code)
    page.fill("input[name=pin]", dossier.lookup_pin)
    page.locator("main form button").first.click()
    page.wait_for_url("**/tra-cuu/*/")
    told = page.inner_text("main")
    assert dossier.public_code in told
    assert "Vàng Thị Mỷ" not in told
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
