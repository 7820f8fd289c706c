"""Lines in the format of the national portal, as small as a test can use."""

import json
from pathlib import Path

import openpyxl

from motcua.catalogue.commands.load_procedures import LoadReport, load_procedures
from tests.make import MONDAY

Record = dict[str, object]


def record(code: str = "1.000001", **changes: object) -> Record:
    """A whole record; what a test cares about is changed by keyword."""
    whole: Record = {
        "code": code,
        "title": f"Thủ tục {code}",
        "field": "Hộ tịch",
        "level": "commune",
        "levels": ["commune"],
        "scope": "national",
        "issuing_authority": "Bộ Tư pháp",
        "decision_no": "163/QĐ-BTP",
        "procedure_type": "TTHC được giao luật quy định chi tiết",
        "applicants": ["Công dân Việt Nam"],
        "deciding_agency": "Ủy ban nhân dân cấp xã",
        "deciding_agency_inferred": True,
        "implementing_agencies": ["Ủy ban nhân dân cấp xã"],
        "time_limit_text": "5 Ngày làm việc",
        "time_limit": {"amount": 5, "unit": "working_day"},
        "fee_text": "Miễn phí",
        "fee_amount_vnd": 0,
        "fee_needs_review": False,
        "submission_methods": ["direct", "online"],
        "online_level": "available",
        "channels": [
            {"method": "direct", "time_limit_text": "", "time_limit": None, "fee_text": "", "fee_amount_vnd": None}
        ],
        "components": [{"name": "Tờ khai", "originals": 1, "copies": 0, "form_no": "01"}],
        "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000001"}],
        "legal_basis": ["60/2014/QH13"],
        "requirements": "",
        "steps": ["Nộp hồ sơ.", "Nhận kết quả."],
        "steps_truncated": False,
        "completeness": "full",
        "source": "test",
        "source_date": "2026-01",
        "handled_by": ["commune"],
        "one_stop": True,
        "legacy_authority": False,
    }
    return {**whole, **changes}


def write_lines(path: Path, *lines: Record | str | bytes) -> Path:
    """Write JSON lines; text and bytes stand as they are."""
    written = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    path.write_bytes(b"\n".join(written) + b"\n")
    return path


def write_sheet(path: Path, *records: Record) -> Path:
    """Write a sheet with a header; lists of words one to a line, everything else as JSON."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    columns = list(records[0])
    sheet.append(columns)
    for row in records:
        sheet.append([_cell(row[column]) for column in columns])
    book.save(path)
    return path


def load(folder: Path, *lines: Record | str | bytes, name: str = "procedures.jsonl") -> LoadReport:
    """Write the lines to a file in `folder` and load it."""
    return load_procedures(write_lines(folder / name, *lines), at=MONDAY)


def _cell(value: object) -> object:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
