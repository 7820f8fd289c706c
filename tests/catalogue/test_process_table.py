"""The step table as people write it, in XLSX and in BPMN, and back."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.process_bpmn import read_bpmn, write_bpmn
from motcua.catalogue.process_files import FileUnreadable, ReadProblem, UnreadPlace, guess_kind
from motcua.catalogue.process_reading import read_process
from motcua.catalogue.process_sheets import read_sheet, write_sheet
from motcua.catalogue.process_table import (
    FollowingUnclear,
    TableRow,
    differences,
    read_hours,
    rows_of_steps,
    steps_of_rows,
)
from motcua.demo.definitions import workflows
from motcua.organisations.models import Unit
from motcua.rules.workflow import Branching, StepKind, StepSpec
from tests.make import make_unit
from tests.rules.processes import sound_processes, two_legs, two_ways


def defined(specs: Sequence[StepSpec]) -> tuple[StepDefinition, ...]:
    return tuple(
        StepDefinition(
            code=spec.code,
            name=f"Bước {spec.code}",
            kind=spec.kind,
            role=spec.role,
            place=spec.place,
            hours=Decimal(int(spec.time.total_seconds())) / 3600,
            next_codes=spec.next_codes,
            next_labels=spec.next_labels,
            branching=spec.branching,
            output=spec.output,
        )
        for spec in specs
    )


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("4 giờ", "4"),
        ("0,5 ngày", "4"),
        ("1/2 ngày làm việc", "4"),
        ("½ ngày", "4"),
        ("1 ngày 4 giờ", "12"),
        ("01 buổi", "4"),
        ("Không quá 30 phút", "0.5"),
        ("02h", "2"),
        ("3", "3"),
        ("2.5 ngày", "20"),
        ("trong ngày", None),
        ("0 giờ", None),
        ("1/0 ngày", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_officials_write_it(text: str, hours: str | None) -> None:
    assert read_hours(text) == (None if hours is None else Decimal(hours))


@pytest.mark.parametrize(
    ("name", "who", "kind"),
    [
        ("Phân công xử lý", "Lãnh đạo phòng", StepKind.ASSIGN),
        ("Thẩm định hồ sơ, dự thảo kết quả", "Chuyên viên", StepKind.VERIFY),
        ("Trình lãnh đạo ký", "Chuyên viên", StepKind.VERIFY),
        ("Xem xét dự thảo", "Trưởng phòng", StepKind.APPROVE),
        ("Ký duyệt", "Chủ tịch UBND xã", StepKind.SIGN),
        ("Chuyển kết quả", "Văn thư", StepKind.ISSUE),
        ("Trả kết quả cho công dân", "Bộ phận Một cửa", StepKind.RETURN),
        ("Quyết định", "Giám đốc Sở", StepKind.SIGN),
        ("Họp", "Tổ công tác", None),
    ],
)
def test_the_kind_of_a_step_is_guessed_from_its_words(name: str, who: str, kind: StepKind | None) -> None:
    assert guess_kind(name, who) is kind


def test_what_follows_is_written_only_where_it_is_not_the_row_below() -> None:
    rows = rows_of_steps(defined(two_ways()))

    assert [row.following for row in rows] == ["", "site: xa; d: gần", "", "", "", "", ""]
    assert steps_of_rows(rows) == defined(two_ways())
    assert rows_of_steps(defined(two_legs()))[0].following == "v; w"


def test_what_cannot_be_read_as_next_steps_is_refused() -> None:
    row = rows_of_steps(defined(two_ways()))[0]

    with pytest.raises(FollowingUnclear, match="bước hai"):
        steps_of_rows([TableRow(row.step, "bước hai")])
    assert steps_of_rows([TableRow(row.step, "–"), row])[0].next_codes == ()


def test_versions_are_told_apart_step_by_step() -> None:
    before = defined(two_ways())
    after = (*before[:3], replace(before[3], hours=Decimal(9)), *before[5:], replace(before[0], code="new"))

    found = {change.code: change for change in differences(before, after)}

    assert found["d"].fields == ("hours",)
    assert found["new"].before is None
    assert found["s"].after is None
    assert set(found) == {"d", "new", "s"}


@given(sound_processes())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_table_and_a_drawing_read_back_what_was_written(specs: list[StepSpec]) -> None:
    steps = defined(specs)

    for reading in (read_process(write_sheet("Thủ tục", steps)), read_process(write_bpmn("Thủ tục", steps))):
        assert steps_of_rows(reading.rows) == steps
        assert reading.problems == ()


@pytest.mark.django_db
def test_an_agency_in_support_is_found_again_by_its_code() -> None:
    unit = make_unit()
    legs = defined(two_legs())
    steps = (legs[0], legs[1], replace(legs[2], unit=unit), *legs[3:])

    assert steps_of_rows(read_sheet(write_sheet("T", steps)).rows) == steps
    assert steps_of_rows(read_bpmn(write_bpmn("T", steps)).rows) == steps
    table, drawing = write_sheet("T", steps), write_bpmn("T", steps)
    Unit.objects.filter(pk=unit.pk).update(code="H18.99")
    assert read_sheet(table).problems == (UnreadPlace("I7", ReadProblem.UNIT_UNKNOWN),)
    assert read_bpmn(drawing).problems == (UnreadPlace("Bước w", ReadProblem.UNIT_UNKNOWN),)


def book(*rows: Sequence[object], merged: Sequence[str] = ()) -> bytes:
    made = Workbook()
    page = made.create_sheet("Phụ lục", 0)
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_the_templates_of_the_demonstration_are_read_from_an_officials_table() -> None:
    template = workflows()["LICENCE"]
    rows = [(n, s.name, "", f"{s.hours_within(Decimal(80))} giờ", s.output) for n, s in enumerate(template.steps, 1)]

    reading = read_sheet(book(("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian", "Kết quả"), *rows))

    assert [row.step.kind for row in reading.rows] == [step.kind for step in template.steps]
    assert [row.step.hours for row in reading.rows] == [step.hours_within(Decimal(80)) for step in template.steps]
    assert reading.problems == ()


def test_titles_above_reception_and_a_sum_below_are_no_steps() -> None:
    reading = read_sheet(
        book(
            ("ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN",),
            ("Quy trình số 12: Cấp giấy phép",),
            (),
            ("TT", "Trình tự thực hiện", "Người thực hiện", "Thời gian thực hiện (ngày)", "Biểu mẫu/Kết quả"),
            ("B1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", 0.5, "Giấy tiếp nhận"),
            ("B2", "Phân công", "Lãnh đạo phòng", 0.5, "Phiếu kiểm soát"),
            ("B3", "Thẩm định", "Chuyên viên", 3, "Dự thảo"),
            ("B4", "Họp", "Tổ công tác", "1 buổi", "Biên bản"),
            ("B5", "Ký", "Giám đốc", "theo quy định", "Giấy phép"),
            ("", "", "", "", "Bản điện tử"),
            ("Tổng thời gian giải quyết", "", "", 5, ""),
        )
    )

    assert [(row.step.code, row.step.hours) for row in reading.rows] == [
        ("B1", Decimal(4)),
        ("B2", Decimal(24)),
        ("B3", Decimal(4)),
    ]
    assert reading.problems == (
        UnreadPlace("B5", ReadProblem.RECEPTION),
        UnreadPlace("B8", ReadProblem.KIND_GUESSED),
        UnreadPlace("D9", ReadProblem.NO_TIME),
    )


def test_merged_cells_are_one_step_and_a_shared_time_is_named() -> None:
    reading = read_sheet(
        book(
            ("STT", "", "Các bước", "Trách nhiệm thực hiện", "Thời hạn", "Sản phẩm"),
            (1, "", "Phân công", "Chánh Văn phòng", "2 giờ", "Phiếu"),
            (2, "", "Thẩm tra", "Công chức", "2 ngày", "Dự thảo"),
            ("", "", "", "", "", "Tờ trình"),
            (3, "", "Ký", "Chủ tịch", "4 giờ", "Quyết định"),
            (4, "", "Đóng dấu", "Văn thư", "", "Quyết định"),
            (5, "", "", "Văn thư", "1 giờ", ""),
            merged=["A3:A4", "C3:C4", "E3:E4", "E5:E6"],
        )
    )

    assert [row.step.name for row in reading.rows] == ["Phân công", "Thẩm tra", "Ký"]
    assert reading.problems == (
        UnreadPlace("E6", ReadProblem.SHARED_TIME),
        UnreadPlace("C7", ReadProblem.NO_NAME),
    )


def test_a_table_broken_by_a_second_head_goes_on() -> None:
    head = ("Bước", "Mô tả công việc", "Đơn vị thực hiện", "Thời gian", "Hồ sơ liên quan")
    reading = read_sheet(book(head, (1, "Phân công", "", "4", ""), head, (2, "Trả kết quả", "", "30 phút", "")))

    assert [row.step.kind for row in reading.rows] == [StepKind.ASSIGN, StepKind.RETURN]
    assert reading.rows[1].step.hours == Decimal("0.5")


@pytest.mark.parametrize(
    "content",
    [b"PK nothing", book(("TT", "Họ tên")), book(("TT", "Nội dung", "Thời gian")), b"<a", b"<a/>", b"<!DOCTYPE a><a/>"],
    ids=["no workbook", "another table", "no rows", "broken", "another drawing", "a document type"],
)
def test_a_file_without_a_process_is_refused(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        read_process(content)


FOREIGN = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:process:1" targetNamespace="x">
  <process id="p">
    <startEvent id="s"/>
    <task id="a" name="Giao ban"><extensionElements><m:step hours="4"/></extensionElements></task>
    <task id="b" name="Ky"><extensionElements><m:step hours="x"/></extensionElements></task>
    <callActivity id="c" name="Goi ra"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
    <endEvent id="e"/>
  </process>
</definitions>"""


def test_what_is_not_ours_in_a_drawing_is_named() -> None:
    reading = read_bpmn(FOREIGN)

    assert [(row.step.code, row.step.kind) for row in reading.rows] == [("B1", StepKind.VERIFY)]
    assert reading.rows[0].step.branching is Branching.CHOICE
    assert reading.problems == (
        UnreadPlace("Goi ra", ReadProblem.NOT_OURS),
        UnreadPlace("Giao ban", ReadProblem.KIND_GUESSED),
        UnreadPlace("Ky", ReadProblem.NO_TIME),
    )


def spiff_reads(steps: tuple[StepDefinition, ...]) -> BpmnProcessSpec:
    parser = BpmnParser()
    parser.add_bpmn_str(write_bpmn("Thủ tục", steps))
    return parser.get_spec("process")


@given(sound_processes())
@settings(max_examples=10, deadline=None)
def test_another_programs_library_reads_the_drawing(specs: list[StepSpec]) -> None:
    spec = spiff_reads(defined(specs))

    assert {f"step_{number}" for number in range(1, len(specs) + 1)} <= set(spec.task_specs)


def test_another_programs_engine_waits_at_the_join() -> None:
    run, done = BpmnWorkflow(spiff_reads(defined(two_legs()))), list[str]()
    run.do_engine_steps()
    while ready := run.get_tasks(state=TaskState.READY):
        task = ready[-1]
        done.append(task.task_spec.bpmn_name)
        task.run()
        run.do_engine_steps()

    assert run.completed
    assert sorted(done[:3]) == ["Bước a", "Bước v", "Bước w"]
    assert done[3:] == ["Bước s", "Bước i", "Bước r"]
