"""A package as the administrator follows it: made, the same as what is here, and shown beside a change."""

import pytest

from motcua.organisations.models import Unit
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import complaints
from tests.journeys.province import WARD, WARD_NAME
from tests.journeys.stage import person
from tests.journeys.visitor import signed_in
from tests.journeys.visits import ADMINISTRATOR

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_a_package_is_made_compared_and_brought_back(site: str, new_visitor: NewVisitor) -> None:
    admin = signed_in(new_visitor(), person(ADMINISTRATOR))

    admin.open("/xu-ly/goi-cau-hinh/")
    admin.press("Lập gói từ cấu hình hiện tại")
    address = admin.page.url
    assert "Không có khác biệt nào để áp dụng." in admin.text()
    with admin.page.expect_download() as sent:
        admin.page.get_by_role("link", name="Tải gói về").click()
    file = sent.value.path()

    Unit.objects.filter(code=WARD).update(name="Phường Đã Đổi Tên")
    admin.open("/xu-ly/goi-cau-hinh/nhan/")
    admin.page.get_by_label("Tệp gói cấu hình").set_input_files(file)
    admin.press("Kiểm tra và xem trước")
    assert admin.page.url == address
    assert "Phường Đã Đổi Tên" in admin.text()
    assert WARD_NAME in admin.text()
    assert complaints(admin) == []

    admin.press("Áp dụng các phần đã chọn")
    assert "Đã áp dụng 1 mục của gói." in admin.text()
    assert "Không có khác biệt nào để áp dụng." in admin.text()
    assert Unit.objects.get(code=WARD).name == WARD_NAME
    assert complaints(admin) == []
