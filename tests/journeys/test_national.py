"""A file of the national database in the browser: brought, a name mapped, what differs taken over (C-09)."""

from pathlib import Path

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.models import NameMapping
from tests.exchange.national import told_as_here, written
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import COPIES, NAMED
from tests.journeys.stage import person
from tests.journeys.visitor import Visitor, signed_in
from tests.journeys.visits import CONTROL

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
HOME = "/xu-ly/co-so-du-lieu-quoc-gia/"


@pytest.fixture
def keeper(new_visitor: NewVisitor) -> Visitor:
    return signed_in(new_visitor(), person(CONTROL))


def test_a_file_is_brought_a_name_mapped_and_a_difference_taken_over(keeper: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "quoc-gia.jsonl"
    file.write_bytes(written(told_as_here(COPIES, YEUCAU="Bản chính còn nguyên vẹn, đọc được.")))
    keeper.open(f"{HOME}tep/")
    keeper.page.locator("main input[type=file]").set_input_files(file)
    keeper.press("Nhận tệp")
    keeper.page.get_by_text("Đã nhận tệp").wait_for()
    listed = keeper.text()

    keeper.open(f"{HOME}ghep-ten/{NAMED}/")
    keeper.page.get_by_role("radio").first.check()
    keeper.press("Ghép tên")
    keeper.page.get_by_text("Đã ghép tên").wait_for()

    keeper.open(f"{HOME}thu-tuc/{COPIES}/")
    compared = keeper.text()
    keeper.press("Nhận nội dung này")
    keeper.page.get_by_text("Đã nhận nội dung của Cơ sở dữ liệu quốc gia").wait_for()

    assert "Yêu cầu, điều kiện" in listed
    assert "Bản chính còn nguyên vẹn, đọc được." in compared
    assert NameMapping.objects.get(key=NAMED).ours == "Hộ tịch"
    version = ProcedureVersion.objects.open_ended().get(procedure__code=COPIES)
    assert version.conditions == "Bản chính còn nguyên vẹn, đọc được."
    assert keeper.faults == []
