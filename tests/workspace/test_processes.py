"""Internal processes on screen: a draft written row by row, read from a file, laid before the chairman, approved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.models import Workflow
from motcua.catalogue.process_sheets import read_sheet
from motcua.catalogue.process_table import steps_of_rows
from motcua.rules.permissions import Role
from motcua.workspace.flow_picture import flow_picture
from tests.catalogue.test_process_table import book, defined
from tests.make import Office, make_offering, make_officer, make_unit
from tests.rules.processes import two_legs, two_ways

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


@pytest.fixture
def drafter(office: Office) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)


@pytest.fixture
def home(office: Office) -> str:
    return f"/xu-ly/quy-trinh/{office.offering.procedure.code}/"


def typed(steps: list[dict[str, str]], do: str = "save") -> dict[str, str]:
    told = {"form-TOTAL_FORMS": str(len(steps)), "form-INITIAL_FORMS": str(len(steps)), "do": do}
    return told | {f"form-{n}-{name}": value for n, step in enumerate(steps) for name, value in step.items()}


def row(code: str, kind: str, /, **changes: str) -> dict[str, str]:
    place = "RECEIVING" if kind == "RETURN" else "COMPETENT"
    base = {"code": code, "name": f"Việc {code}", "kind": kind, "place": place, "unit": "", "hours": "0,5 ngày"}
    return {**base, "output": "Hồ sơ", "following": "", "branching": "CHOICE", **changes}


ROWS = [
    row("B1", "ASSIGN"),
    row("B2", "VERIFY", following="B3: phải kiểm tra; B4: đủ giấy tờ"),
    row("B3", "VERIFY"),
    row("B4", "SIGN"),
    row("B5", "ISSUE"),
    row("B6", "RETURN"),
]


def test_a_process_goes_from_draft_to_decision_on_screen(
    office: Office, drafter: User, home: str, at_work: AtWork
) -> None:
    client, leader = at_work(drafter), at_work(office.signer)
    assert office.offering.procedure.title in client.get("/xu-ly/quy-trinh/", {"q": "thu tuc"}).content.decode()

    begun = client.post(home, {"unit": office.offering.competent_unit.code})
    assert begun.headers["Location"] == f"{home}2/sua/"
    assert client.post(home, {"unit": office.offering.competent_unit.code}).status_code == 409
    assert "Chưa ghi kết quả của bước." in client.get(f"{home}2/sua/").content.decode()
    assert client.post(f"{home}2/trinh/").status_code == 409

    assert client.post(f"{home}2/sua/", typed(ROWS)).headers["Location"] == f"{home}2/"
    page = client.get(f"{home}2/").content.decode()
    assert "B3, nếu phải kiểm tra" in page
    assert "<svg" in page
    assert "Thêm B3" in page
    assert client.get(f"{home}2/trinh/").status_code == 302
    assert client.post(f"{home}2/trinh/").status_code == 302
    assert client.get(f"{home}2/sua/").status_code == 409

    assert leader.get(f"{home}2/phe-duyet/").status_code == 200
    assert leader.post(f"{home}2/phe-duyet/", {"do": "back", "reason": ""}).status_code == 422
    assert leader.post(f"{home}2/phe-duyet/", {"do": "back", "reason": "Thêm bước"}).status_code == 302
    assert "Thêm bước" in client.get(f"{home}2/").content.decode()
    client.post(f"{home}2/trinh/")
    decision = {"do": "approve", "decision_no": "12/QĐ-UBND", "valid_from": "01/03/2026"}
    assert "Sớm nhất" in leader.post(f"{home}2/phe-duyet/", decision).content.decode()
    assert leader.post(f"{home}2/phe-duyet/", decision | {"valid_from": "01/04/2026"}).status_code == 302

    assert Workflow.objects.get(number=2).valid_from == date(2026, 4, 1)
    assert "12/QĐ-UBND" in client.get(home).content.decode()
    assert leader.get(f"{home}2/phe-duyet/").status_code == 409


def started(client: Client, office: Office, home: str) -> Workflow:
    client.post(home, {"unit": office.offering.competent_unit.code})
    return Workflow.objects.get(procedure=office.offering.procedure, number=2)


def codes(workflow: Workflow) -> list[str]:
    return list(workflow.steps.order_by("position").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("do", "after"),
    [
        ("add-2", ["B1", "B2", "B7", "B3", "B4", "B5", "B6"]),
        ("up-2", ["B1", "B3", "B2", "B4", "B5", "B6"]),
        ("remove-5", ["B1", "B2", "B3", "B4", "B5"]),
    ],
)
def test_rows_are_added_moved_and_taken_away_without_a_script(
    do: str, after: list[str], office: Office, drafter: User, home: str, at_work: AtWork
) -> None:
    client = at_work(drafter)
    draft = started(client, office, home)

    answer = client.post(f"{home}2/sua/", typed(ROWS, do))

    assert answer.headers["Location"] == f"{home}2/sua/"
    assert codes(draft) == after


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hours": "lâu"}, "Ghi thời gian theo giờ hoặc ngày làm việc"),
        ({"unit": "H99"}, "Không có đơn vị mang mã này."),
        ({"code": "B2"}, "Mã bước này đã dùng cho dòng khác."),
        ({"following": "bước hai"}, "Không đọc được bước tiếp theo"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_row(
    changes: dict[str, str], said: str, office: Office, drafter: User, home: str, at_work: AtWork
) -> None:
    client = at_work(drafter)
    draft = started(client, office, home)

    answer = client.post(f"{home}2/sua/", typed([row("B1", "ASSIGN", **changes), row("B2", "VERIFY")]))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert codes(draft)[0] == "PHAN_CONG"


def test_a_file_fills_a_draft_and_names_what_it_left_out(
    office: Office, drafter: User, home: str, at_work: AtWork
) -> None:
    client = at_work(drafter)
    draft = started(client, office, home)
    table = book(("TT", "Nội dung", "Trách nhiệm", "Thời gian"), (1, "Phân công", "", "4 giờ"), (2, "Ký", "", "sớm"))

    answer = client.post(f"{home}2/doc-tep/", {"file": SimpleUploadedFile("quy-trinh.xlsx", table)}, follow=True)

    assert "D3: không có thời gian đọc được" in answer.content.decode()
    assert codes(draft) == ["B1"]
    assert client.post(f"{home}2/doc-tep/", {"file": SimpleUploadedFile("a.xlsx", b"x")}).status_code == 422
    assert client.post(f"{home}2/doc-tep/").status_code == 422
    assert client.get(f"{home}2/doc-tep/").status_code == 302


def test_a_version_is_handed_out_as_a_table_and_as_a_drawing(
    office: Office, drafter: User, home: str, at_work: AtWork
) -> None:
    client = at_work(drafter)

    sheet = client.get(f"{home}1/xlsx/").content
    drawing = client.get(f"{home}1/bpmn/").content

    assert steps_of_rows(read_sheet(sheet).rows)[0].code == "PHAN_CONG"
    assert b"userTask" in drawing
    started(client, office, home)
    client.post(f"{home}2/sua/", typed(ROWS[:2]))
    assert client.get(f"{home}2/bpmn/").status_code == 409
    assert client.get(f"{home}9/").status_code == 404


def test_nobody_else_writes_or_approves(office: Office, drafter: User, home: str, at_work: AtWork) -> None:
    started(at_work(drafter), office, home)
    stranger = at_work(make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit()))

    assert stranger.get(f"{home}2/").status_code == 200
    for address in ("2/sua/", "2/doc-tep/", "2/trinh/", "2/phe-duyet/"):
        assert stranger.post(f"{home}{address}").status_code == 403
    assert stranger.post(home).status_code == 403
    assert at_work(drafter).get(f"{home}2/phe-duyet/").status_code == 403


def test_the_versions_cost_the_same_for_one_agency_and_for_many(
    office: Office, drafter: User, home: str, at_work: AtWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_work(drafter)
    client.get(home)
    with CaptureQueriesContext(connection) as one:
        client.get(home)
    for _ in range(30):
        make_offering(procedure=office.offering.procedure)

    with django_assert_num_queries(len(one)):
        assert client.get(home).status_code == 200


def pictured(steps: tuple[StepDefinition, ...]) -> tuple[set[str], int]:
    picture = flow_picture(steps)
    assert picture is not None
    places = {(box.x, box.y) for box in picture.boxes}
    assert len(places) == len(picture.boxes) == len(steps)
    assert all(box.right < picture.width and box.y < picture.height for box in picture.boxes)
    return {box.branching for box in picture.boxes}, len(picture.lines)


def test_the_picture_has_a_box_a_step_and_a_line_a_way(now: object) -> None:
    assert pictured(defined(two_ways())) == ({"", "choice"}, 7)
    assert pictured(defined(two_legs())) == ({"", "parallel"}, 6)


def test_what_stands_in_a_box_does_not_reach_its_edge(now: object) -> None:
    step = replace(
        defined(two_legs())[0],
        code="KIEM_TRA_HO_SO_VA_TRINH",
        name="Kiểm tra thành phần hồ sơ, thẩm tra " * 5,
        next_codes=(),
    )
    picture = flow_picture((step,))
    assert picture is not None
    box = picture.boxes[0]

    assert len(box.short_code) <= 17
    assert box.short_code.endswith("…")
    assert len(box.lines) == 4
    assert max(len(line) for line in box.lines) <= 22


def test_a_drawing_that_goes_nowhere_has_no_picture() -> None:
    steps = defined(two_legs())

    assert flow_picture(()) is None
    assert flow_picture(steps[:2]) is None
    assert flow_picture((steps[4], replace(steps[5], next_codes=("i",)))) is None
