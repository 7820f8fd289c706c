"""A desk confirms its whole board with one photo, and the province sees it at once (C-10)."""

import pytest
from playwright.sync_api import FilePayload

from motcua.posting.models import PostingConfirmation
from tests.documents.make_files import image_bytes, picture
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import complaints
from tests.journeys.province import DESK_CODE
from tests.journeys.stage import person
from tests.journeys.visitor import signed_in
from tests.journeys.visits import CONTROL, DESK

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
PLACE = f"/xu-ly/niem-yet/noi/{DESK_CODE}/"


def test_a_board_is_confirmed_with_a_photo_and_the_province_sees_it(new_visitor: NewVisitor) -> None:
    desk, control = signed_in(new_visitor(), person(DESK)), signed_in(new_visitor(), person(CONTROL))
    control.open("/xu-ly/niem-yet/?loi=F06")
    assert control.page.locator(f'main a[href="{PLACE}"]').count() == 1

    desk.open("/xu-ly/niem-yet/")
    desk.page.locator(f'main a[href="{PLACE}"]').first.click()
    assert "Quá hạn, chưa niêm yết" in desk.text()
    desk.press("Xác nhận đã niêm yết")
    photo = FilePayload(name="bang.jpg", mimeType="image/jpeg", buffer=image_bytes("JPEG", picture(size=(1200, 900))))
    desk.page.locator("input[name=photo]").set_input_files(photo)
    desk.page.locator("[data-upload-state][data-state=good]").wait_for()
    desk.page.get_by_label("Có niêm yết địa chỉ và hướng dẫn phản ánh, kiến nghị").check()
    count = desk.page.locator("main [name=posted]:checked").count()
    desk.press("Xác nhận")

    desk.page.get_by_text("Đã ghi nhận xác nhận niêm yết.").wait_for()
    assert "Không còn gì phải niêm yết" in desk.text()
    assert complaints(desk) == []
    row = PostingConfirmation.objects.latest("pk")
    assert row.lines.count() == count > 5
    assert row.photo is not None
    control.open("/xu-ly/niem-yet/?loi=F06")
    assert control.page.locator(f'main a[href="{PLACE}"]').count() == 0
    control.open(PLACE)
    with control.page.expect_navigation():
        control.page.get_by_role("link", name="Xem ảnh").first.click()
    assert control.page.locator("img").count() == 1
