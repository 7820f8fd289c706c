"""Two versions of one procedure compared: every part of the form, and the real records of two years."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.commands.publish_procedure import publish_procedure
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ProcedureDefinition,
    Publication,
    ResultDefinition,
    TermsDefinition,
)
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries.comparison import comparison
from motcua.catalogue.version_text import lines_of
from motcua.rules.declarations import Condition, Effect, FieldDefinition
from motcua.rules.procedure_parts import Part
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.version_differences import Change, PartLine, PieceKind, part_differences
from tests.make import MONDAY
from tests.organisations.shared_data import real_file

pytestmark = pytest.mark.django_db

WHOLE = Content(
    title="Đăng ký khai sinh",
    level="COMMUNE",
    terms=TermsDefinition(limit=TimeLimit(Decimal("5.0"), LimitUnit.WORKING_DAY), limit_text="05 ngày", fee_vnd=8000),
    papers=(
        PaperDefinition("Tờ khai", originals=1, form_no="01", form_files=("01.docx",)),
        PaperDefinition("Giấy ủy quyền", case="Nộp thay", copies=1, is_required=False),
        PaperDefinition("Xuất trình khi nộp", is_required=False, is_note=True),
        PaperDefinition("Đơn", originals=1, form_files=("don.docx",)),
        PaperDefinition("Bản cam kết", originals=1, form_no="02"),
    ),
    channels=(
        ChannelDefinition("DIRECT"),
        ChannelDefinition("ONLINE", TermsDefinition(fee_vnd=0), note="Cổng dịch vụ"),
    ),
    results=(ResultDefinition("Giấy khai sinh"),),
    declaration=(FieldDefinition("ten", "Tên con", "choice", options=("A", "B")),),
    online_level="PARTIAL",
    deciding_agency="Ủy ban nhân dân xã",
    implementing_agencies=("Ủy ban nhân dân xã",),
    coordinating_agencies="Công an xã",
    subjects=("Công dân",),
    conditions="Một.\nHai.",
    steps=("Nộp hồ sơ.", "Nhận kết quả."),
    legal_basis=("60/2014/QH13",),
)


def publish(content: Content, day: date) -> ProcedureVersion:
    definition = ProcedureDefinition(code="1.001193", sector="Hộ tịch", content=content)
    return publish_procedure(publication=Publication(definition=definition, valid_from=day), actor=None, at=MONDAY)


def texts(content: Content) -> dict[str, list[str]]:
    return {part.value: [line.text for line in lines] for part, lines in lines_of(content).items()}


def test_every_part_is_written_as_it_is_published() -> None:
    assert texts(WHOLE) == {
        "NAME": ["Đăng ký khai sinh"],
        "STEPS": ["Nộp hồ sơ.", "Nhận kết quả."],
        "MANNER": ["Mức trực tuyến: Một phần", "Trực tiếp", "Trực tuyến: miễn phí; Cổng dịch vụ"],
        "PAPERS": [
            "Tờ khai; 1 bản chính; 0 bản sao",
            "Giấy ủy quyền; 0 bản chính; 1 bản sao; chỉ khi cần; trường hợp: Nộp thay",
            "Xuất trình khi nộp; lời ghi chú",
            "Đơn; 1 bản chính; 0 bản sao",
            "Bản cam kết; 1 bản chính; 0 bản sao",
        ],
        "SETS": ["1 bộ"],
        "LIMIT": ["5 ngày làm việc"],
        "SUBJECTS": ["Công dân"],
        "AGENCIES": [
            "Cấp thực hiện: Cấp xã",
            "Có thẩm quyền: Ủy ban nhân dân xã",
            "Phối hợp: Công an xã",
            "Thực hiện: Ủy ban nhân dân xã",
        ],
        "FORMS": [
            "Mẫu 01: 1 tệp",
            "Mẫu Đơn: 1 tệp",
            "Mẫu 02: không có tệp",
            "Tờ khai điện tử: Tên con; lựa chọn: A, B",
        ],
        "RESULT": ["Giấy khai sinh"],
        "CONDITIONS": ["Một.", "Hai."],
        "FEES": ["8.000 đồng"],
        "LEGAL_BASIS": ["60/2014/QH13"],
    }


@pytest.mark.parametrize(
    ("terms", "limit", "fee"),
    [
        (TermsDefinition(limit=TimeLimit(Decimal(0), LimitUnit.SAME_DAY)), ["trong ngày"], []),
        (
            TermsDefinition(limit_text="Tùy trường hợp", fee_text="Theo nghị quyết"),
            ["Tùy trường hợp"],
            ["Theo nghị quyết"],
        ),
        (TermsDefinition(fee_vnd=0), [], ["miễn phí"]),
        (TermsDefinition(), [], []),
    ],
)
def test_a_limit_and_a_fee_are_written_as_far_as_understood(
    terms: TermsDefinition, limit: list[str], fee: list[str]
) -> None:
    written = texts(replace(WHOLE, terms=terms))

    assert (written["LIMIT"], written["FEES"]) == (limit, fee)


def test_a_stored_version_says_what_its_definition_said() -> None:
    version = publish(WHOLE, date(2026, 1, 1))

    assert content_of(ProcedureVersion.objects.get(pk=version.pk)) == WHOLE


def test_two_versions_differ_in_what_was_changed_and_in_nothing_else() -> None:
    publish(WHOLE, date(2026, 1, 1))
    limit = replace(WHOLE.terms, limit=TimeLimit(Decimal(3), LimitUnit.WORKING_DAY))
    publish(replace(WHOLE, terms=limit, papers=WHOLE.papers[:1], level="PROVINCE"), date(2026, 2, 1))

    with CaptureQueriesContext(connection) as queries:
        page = comparison("1.001193", 1, 2)

    told = {difference.part: [line.change for line in difference.lines] for difference in page.differences}
    assert told == {
        Part.PAPERS: [Change.DROPPED] * 4,
        Part.LIMIT: [Change.CHANGED],
        Part.AGENCIES: [Change.CHANGED],
        Part.FORMS: [Change.DROPPED] * 2,
    }
    assert len(page.unchanged) == 9
    assert (page.before.number, page.after.valid_from, len(queries)) == (1, date(2026, 2, 1), 4)
    assert comparison("1.001193", 2, 2).differences == ()


def test_a_draft_and_a_version_that_is_not_there_cannot_be_compared() -> None:
    version = publish(WHOLE, date(2026, 1, 1))
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_until=date(2026, 2, 1))
    ProcedureVersion.objects.create(
        procedure=version.procedure, number=2, valid_from=date(2026, 2, 1), title="Dự thảo", level="COMMUNE"
    )

    with pytest.raises(ProcedureVersion.DoesNotExist):
        comparison("1.001193", 1, 2)


def records(path: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {line["code"]: line for line in map(json.loads, file)}


def written(record: dict[str, Any]) -> dict[Part, list[PartLine]]:
    """The parts that both files have; the older one cuts the names of papers at 160 characters."""
    papers = [paper if isinstance(paper, str) else paper["name"] for paper in record["components"]]
    lines = {
        Part.NAME: [record["title"]],
        Part.PAPERS: [paper[:160] for paper in papers],
        Part.LIMIT: [record["time_limit_text"]],
        Part.AGENCIES: [record["deciding_agency"]],
        Part.FEES: [record["fee_text"]],
        Part.LEGAL_BASIS: record["legal_basis"],
    }
    keyed = {Part.PAPERS, Part.LEGAL_BASIS}
    return {
        part: [PartLine(text if part in keyed else part.value, text) for text in texts if text]
        for part, texts in lines.items()
    }


def test_the_real_pairs_of_two_years_differ_readably() -> None:
    older = records(real_file("procedure_versions_2025-11.jsonl.gz"))
    newer = records(real_file("procedures.jsonl.gz"))
    pairs = [(written(older[code]), written(newer[code])) for code in sorted(older.keys() & newer.keys())]

    found = [part_differences(before, after) for before, after in pairs]

    assert (len(older), len(pairs)) == (712, 665)
    assert sum(not differences for differences in found) == 33
    parts = Counter(difference.part for differences in found for difference in differences)
    assert parts == {
        Part.FEES: 533,
        Part.LEGAL_BASIS: 405,
        Part.PAPERS: 263,
        Part.LIMIT: 223,
        Part.AGENCIES: 204,
        Part.NAME: 64,
    }
    for (before, after), differences in zip(pairs, found, strict=True):
        for difference in differences:
            kept = [line for line in difference.lines if line.change is Change.CHANGED]
            assert all({piece.kind for piece in line.pieces} - {PieceKind.KEPT} for line in kept)
            dropped = sum(line.change is Change.DROPPED for line in difference.lines)
            added = sum(line.change is Change.ADDED for line in difference.lines)
            assert len(before[difference.part]) - dropped == len(after[difference.part]) - added


def test_what_became_of_the_declaration_is_told_field_by_field() -> None:
    after = replace(
        WHOLE,
        declaration=(
            *WHOLE.declaration,
            FieldDefinition("kin", "Người thân", "group", required=False, least=1, most=3),
            FieldDefinition(
                "why", "Vì sao", "text", group="kin", prefill="", default="Mới", condition=Condition("ten", ("A",))
            ),
            FieldDefinition("who", "Ai khai", "text", prefill="NAME", condition=Condition("ten", (), Effect.REQUIRE)),
        ),
    )

    [forms] = part_differences(lines_of(WHOLE), lines_of(after))

    assert forms.part is Part.FORMS
    assert [line.pieces[0].text for line in forms.lines] == [
        "Tờ khai điện tử: Người thân; không bắt buộc; tối thiểu 1; tối đa 3",
        "Tờ khai điện tử: Vì sao; thuộc nhóm Người thân; hiện khi Tên con: A; trả lời sẵn: Mới",
        "Tờ khai điện tử: Ai khai; bắt buộc khi Tên con: đã trả lời; điền sẵn",
    ]
