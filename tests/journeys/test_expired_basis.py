"""Seed 002 in the browser: a decree ends, and within the minute all that stands on it is listed with a task (J-07)."""

from time import monotonic

import pytest

from motcua.catalogue.models import ProcedureVersion
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import BIRTH
from tests.journeys.stage import person
from tests.journeys.visitor import Visitor, signed_in
from tests.journeys.visits import LEGAL

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def keeper(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person(LEGAL))


def entered(keeper: Visitor, number: str, effective_from: str, title: str = "") -> None:
    keeper.open("/xu-ly/van-ban/them/")
    keeper.fill("Số, ký hiệu", number)
    keeper.fill("Trích yếu", title)
    keeper.fill("Có hiệu lực từ ngày", effective_from)
    keeper.page.get_by_label("Do tỉnh ban hành").set_checked("UBND" in number)
    keeper.press("Lưu")
    keeper.page.wait_for_url("**/van-ban/so/**")


def said(keeper: Visitor, does: str, number: str) -> None:
    keeper.page.get_by_label("Văn bản này").select_option(label=does)
    keeper.fill("Số, ký hiệu văn bản kia", number)
    keeper.press("Ghi quan hệ")
    keeper.page.get_by_text("Đã ghi quan hệ").wait_for()


def test_an_ended_decree_is_entered_and_all_that_stands_on_it_has_a_task_within_the_minute(keeper: Visitor) -> None:
    version = ProcedureVersion.objects.open_ended().get(procedure__code=BIRTH)
    basis = version.legal_basis[0]
    entered(keeper, basis, "01/01/2016", "Về hộ tịch")
    entered(keeper, "30/2020/QĐ-UBND", "01/01/2021", "Quy chế phối hợp về hộ tịch")
    said(keeper, "Căn cứ vào", basis)
    keeper.open("/xu-ly/van-ban/ra-soat/")
    before = keeper.text()

    began = monotonic()
    entered(keeper, "99/2026/NĐ-CP", "01/03/2026", "Về hộ tịch, thay thế")
    said(keeper, "Thay thế", basis)
    keeper.open("/xu-ly/van-ban/ra-soat/")
    keeper.page.get_by_role("link", name=basis, exact=True).first.click()
    keeper.page.wait_for_url("**/so/**/ra-soat/")
    listed = keeper.text()
    took = monotonic() - began

    assert basis not in before
    assert took < 60
    assert "30/2020/QĐ-UBND Quy chế phối hợp về hộ tịch" in listed
    assert f"Thủ tục · {BIRTH}" in listed
    assert f"Quy trình nội bộ · {BIRTH}/1" in listed
    keeper.page.get_by_label("Kết quả rà soát").first.select_option(label="Đề nghị sửa đổi")
    keeper.press("Ghi kết quả")
    assert "Đề nghị sửa đổi" in keeper.text()
