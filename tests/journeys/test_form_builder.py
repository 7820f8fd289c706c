"""A declaration built in the browser with a condition and a repeated group, published, filled in without a script."""

from datetime import timedelta

import pytest

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from tests.catalogue import publishing
from tests.journeys import citizen
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import DEATH, MORNING, WARD_NAME
from tests.journeys.stage import person
from tests.journeys.visitor import PHONE, Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def add(officer: Visitor, label: str, kind: str, *, group: str = "") -> None:
    officer.press("Thêm câu hỏi")
    typed(officer, label, kind, group=group)
    keep(officer)


def typed(officer: Visitor, label: str, kind: str, *, group: str = "") -> None:
    officer.fill("Câu hỏi", label)
    officer.page.get_by_label("Loại", exact=True).select_option(label=kind)
    if group:
        officer.page.get_by_label("Thuộc nhóm lặp lại").select_option(label=group)


def keep(officer: Visitor) -> None:
    officer.press("Lưu câu hỏi")
    officer.page.get_by_text("Đã lưu tờ khai.").wait_for()


def build(officer: Visitor) -> None:
    """Ask whether the dead are buried, where if so, and for relatives, one row each."""
    add(officer, "Đã mai táng chưa", "Có hoặc không")
    officer.press("Thêm câu hỏi")
    typed(officer, "Nơi mai táng", "Chữ, một dòng")
    officer.page.get_by_label("Điều kiện dựa vào câu").select_option(label="Đã mai táng chưa")
    officer.press("Chọn giá trị")
    officer.page.get_by_label("Có", exact=True).check()
    keep(officer)
    add(officer, "Người thân", "Nhóm lặp lại")
    add(officer, "Họ tên người thân", "Chữ, một dòng", group="Người thân")


def answer(plain: Visitor) -> None:
    plain.page.get_by_label("Có", exact=True).last.check()
    plain.press("Thêm một mục")
    plain.page.get_by_label("Họ tên người thân").nth(0).fill("Lò Văn Inh")
    plain.page.get_by_label("Họ tên người thân").nth(1).fill("Lò Thị Panh")
    plain.fill("Nơi mai táng", "Nghĩa trang bản Phủ")
    fill_in_the_rest(plain)
    plain.press("Lưu và tiếp tục")
    plain.page.wait_for_url("**/giay-to/")


def test_an_officer_builds_a_declaration_and_a_citizen_fills_it_in_without_a_script(new_visitor: NewVisitor) -> None:
    people = User.objects.in_bulk(["kiemsoat", "chutich"], field_name="username")
    place = publishing.Province(Unit.objects.get(code="H18"), people["kiemsoat"], people["chutich"])
    Procedure.objects.filter(code=DEATH).update(scope="LOCAL")
    death = Procedure.objects.get(code=DEATH)
    decision = publishing.begun(place, effective_on=MORNING.date())
    publishing.line_of(decision, place, death)

    officer = signed_in(new_visitor(), person("kiemsoat"))
    officer.open(f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/thu-tuc/{DEATH}/soan/")
    officer.press("Tờ khai điện tử")
    build(officer)
    assert "Chỉ hiện khi “Đã mai táng chưa” là: Có" in officer.text()

    officer.press("Xem thử như người dân")
    assert "Nơi mai táng" not in officer.text()
    officer.page.get_by_label("Có", exact=True).check()
    officer.press("Cập nhật câu hỏi")
    assert "Nơi mai táng" in officer.text()
    publishing.published(decision, place, at=MORNING - timedelta(hours=1))

    plain = new_visitor(viewport=PHONE, java_script_enabled=False)
    plain.open(f"/thu-tuc/{DEATH}/")
    reference = citizen.begin(plain, WARD_NAME)
    citizen.say_who(plain)
    answer(plain)

    said = Dossier.objects.get(reference=reference).applicant.declaration
    assert said["noi_mai_tang"] == "Nghĩa trang bản Phủ"
    assert (said["nguoi_than-1-ho_ten_nguoi_than"], said["nguoi_than-2-ho_ten_nguoi_than"]) == (
        "Lò Văn Inh",
        "Lò Thị Panh",
    )
    assert officer.faults == []
    assert plain.faults == []


def fill_in_the_rest(plain: Visitor) -> None:
    """Answer what the procedure asked before, whatever it is."""
    version = ProcedureVersion.objects.open_ended().get(procedure__code=DEATH)
    answers = {"date": "01/03/2026", "citizen_id": "011090000001", "number": "1", "phone": "0900000001"}
    for field in version.declaration:
        box = plain.page.locator(f"[name={field['key']}]")
        if field["kind"] in {"text", "longtext", *answers} and "group" not in field and not box.input_value():
            box.fill(answers.get(field["kind"], "Bản Phủ"))
        elif field["kind"] == "choice":
            box.first.check()
