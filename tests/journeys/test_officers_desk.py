"""The officer's desk without a mouse: keys of the list, a bulk act watched to its end, papers in the viewer."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from motcua.dossiers.commands.bulk import do_next
from motcua.dossiers.models import BulkJob, Dossier
from motcua.rules.transitions import Status
from tests.journeys.conftest import NewVisitor
from tests.journeys.keyboard import focused, has_focus, press, walk_to
from tests.journeys.looking import complaints
from tests.journeys.stage import dossier_in, person
from tests.journeys.visitor import Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def dispatcher(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person("phancong.dbp"))


@pytest.fixture
def clerk(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person("tiepnhan.dbp"))


def test_the_keys_select_assign_and_tell_of_themselves(dispatcher: Visitor) -> None:
    for _ in range(2):
        dossier_in(Status.TRANSFERRED)
    dispatcher.open("/xu-ly/")
    page = dispatcher.page
    page.keyboard.press("?")
    expect(page.locator("[data-keys-help]")).to_be_visible()
    page.keyboard.press("j")
    assert page.locator("[data-cursor]").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-selected-count]")).to_have_text("1")

    walk_to(dispatcher, page.locator("#bulk-act"))
    page.keyboard.press("x")
    expect(page.locator("[data-selected-count]")).to_have_text("1")
    page.locator("[data-open]").first.focus()
    page.keyboard.press("s")
    expect(page.locator("[data-list-news]")).to_have_text("Việc này không làm được với hồ sơ đang chọn lúc này.")
    with page.expect_navigation():
        page.keyboard.press("a")

    assert dispatcher.path().endswith("/phan-cong/")


def test_a_bulk_act_is_ordered_and_watched_to_its_end(clerk: Visitor) -> None:
    for _ in range(2):
        dossier_in(Status.ACCEPTED)
    clerk.open("/xu-ly/?buoc=ACCEPTED")
    for key in ("j", "x", "j", "x"):
        clerk.page.keyboard.press(key)
    walk_to(clerk, clerk.page.locator("#bulk-act"))
    clerk.page.keyboard.type("Chuyển")
    with clerk.page.expect_navigation():
        press(clerk, "Xem trước")
    assert complaints(clerk) == []
    with clerk.page.expect_navigation():
        press(clerk, "Làm 2 hồ sơ")
    expect(clerk.page.get_by_role("button", name="Hoàn tác")).to_be_visible()

    job = BulkJob.objects.get(act="TRANSFER")
    while not do_next(job=job, at=timezone.now()):
        continue

    expect(clerk.page.get_by_text("Đã xong.")).to_be_visible()
    assert complaints(clerk) == []
    done = Dossier.objects.filter(pk__in=job.items.values("dossier"))
    assert [dossier.stage for dossier in done] == [Status.TRANSFERRED] * 2


def test_papers_and_forms_open_in_the_viewer_of_one_page(clerk: Visitor) -> None:
    dossier = dossier_in(Status.ACCEPTED)
    clerk.open(f"/xu-ly/ho-so/{dossier.public_code}/")
    form = clerk.page.locator("a[data-view]", has_text="Mẫu 01")
    walk_to(clerk, form)
    clerk.page.keyboard.press("Enter")

    expect(clerk.page.locator("[data-viewer-name]")).to_contain_text("Mẫu 01")
    assert len(clerk.context.pages) == 1
    assert has_focus(form), focused(clerk)
