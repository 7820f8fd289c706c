"""Files of procedures: what can be read, how far a load tells, and the real records."""

import gzip
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.catalogue.commands.load_procedures import FileUnreadable, load_procedures
from motcua.catalogue.commands.teach_synonyms import teach_synonyms
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.search import find_procedures
from motcua.kernel.models import EventRecord
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.catalogue.portal_lines import load, record, write_lines, write_sheet
from tests.make import MONDAY
from tests.organisations.shared_data import real_file

pytestmark = pytest.mark.django_db

# What a citizen would type, and what must be among the first three of all real procedures.
TYPED = {
    "khai sinh": "1.001193",
    "khai sjnh": "1.001193",
    "khai si": "1.001193",
    "giay phep xay dung": "1.013225",
    "gpxd": "1.013225",
    "xay dung giay phep": "1.013225",
    "giay pheep xay dung": "1.013225",
    "xin giay phep xay nha": "1.013225",
    "lam giay khai sinh cho con": "1.001193",
    "khai sihn": "1.001193",
    "giay chung tu": "1.000656",
    "báo tử": "1.000656",
    "xac nhan doc than": "1.004873",
    "giấy độc thân": "1.004873",
    "chung thuc ban sao": "2.000815",
    "công chứng giấy tờ": "2.000815",
    "chứng thực chữ ký": "2.000884",
    "nhap ho khau": "1.004222",
    "tam truu": "1.004194",
    "sửa khai sinh": "1.004859",
    "mo ho kinh doanh": "1.001612",
    "dong cua ho kinh doanh": "1.001266",
    "trợ cấp người già": "1.014027",
    "trợ cấp người khuyết tật": "1.001776",
    "giay xac nhan khuyet tat": "1.001653",
    "mai tang phi": "1.001731",
    "nhan con nuoi": "2.001263",
    "giay phep kinh doanh karaoke": "1.001029",
    "ban le ruou": "2.000620",
    "sổ đỏ bị mất": "1.012786",
    "cap doi so do": "1.012783",
    "tranh chap dat dai": "1.012812",
    "ket hon voi nguoi nuoc ngoai": "2.000806",
    "lltp": "3.000333",
    "ly lich tu phap": "3.000333",
    "cccd": "1.014063",
    "ho ngheo": "1.011607",
    "thanh lap cong ty tnhh": "2.001583",
    "di chuc": "2.001019",
}


def newest(code: str) -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure__code=code, valid_until=None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(gzip.compress(json.dumps(record()).encode())[:80], id="gzip cut off"),
        pytest.param(b"PK\x03\x04 not a workbook", id="a zip that is none"),
        pytest.param(b"x" * (4 * 1024 * 1024 + 1), id="a line without end"),
        pytest.param(b"\n\n", id="nothing"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3\n", id="something else"),
        pytest.param(b"code,title\n1.000001,x\n", id="a table"),
        pytest.param(json.dumps([record()]).encode(), id="one list of all"),
        pytest.param(json.dumps(record(), indent=1).encode(), id="a record over many lines"),
        pytest.param(json.dumps(record()).encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), id="an old or locked workbook"),
    ],
)
def test_an_unreadable_file_loads_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "procedures.jsonl"
    path.write_bytes(content)

    with pytest.raises(FileUnreadable):
        load_procedures(path, at=MONDAY)

    assert not Procedure.objects.exists()
    assert not EventRecord.objects.exists()


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "word/document.xml"])
def test_a_damaged_workbook_or_another_document_loads_nothing(tmp_path: Path, part: str) -> None:
    path = tmp_path / "procedures.xlsx"
    with zipfile.ZipFile(path, "w") as document:
        document.writestr(part, "<broken")

    with pytest.raises(FileUnreadable, match="no workbook"):
        load_procedures(path, at=MONDAY)


def test_a_sheet_and_json_lines_say_the_same(tmp_path: Path) -> None:
    records = [record("1.000001"), record("1.000002", steps=["Một\ndòng", "Hai"], one_stop=False)]
    records[1]["steps"] = ["Một", "Hai"]
    load_procedures(write_sheet(tmp_path / "procedures.xlsx", *records), at=MONDAY)

    report = load(tmp_path, *records)

    assert (report.unchanged, report.changed, report.loaded) == (2, 0, 0)


def test_lines_of_a_sheet_are_counted_from_its_header(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "procedures.xlsx", record("1.000001"), record("bad"), record("1.000003"))

    report = load_procedures(path, at=MONDAY)

    assert [one.line for one in report.rejected] == [3]
    assert report.loaded == 2


@pytest.mark.parametrize("column", ["code", "title", "components", "fee_text"])
def test_a_sheet_that_was_cut_down_empties_nothing(tmp_path: Path, column: str) -> None:
    cut = record()
    del cut[column]
    path = write_sheet(tmp_path / "procedures.xlsx", cut)

    with pytest.raises(FileUnreadable, match=f"the first row lacks {column}$"):
        load_procedures(path, at=MONDAY)


def test_gzipped_lines_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "procedures.data"
    path.write_bytes(gzip.compress(json.dumps(record()).encode()))

    assert load_procedures(path, at=MONDAY).loaded == 1


def test_a_load_is_one_event_and_tells_its_progress(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "many.jsonl", *(record(f"1.{number:06}") for number in range(1, 302)), "{")
    told: list[tuple[int, int]] = []

    load_procedures(path, at=MONDAY, progress=lambda done, total: told.append((done, total)))

    event = EventRecord.objects.get()
    assert told == [(250, 302), (302, 302)]
    assert (event.subject, event.payload["loaded_count"], event.payload["rejected_count"]) == ("procedures", 301, 1)


@pytest.mark.long
def test_all_real_procedures_load_and_a_second_load_changes_nothing() -> None:
    path = real_file("procedures.jsonl.gz")

    first = load_procedures(path, at=MONDAY)
    second = load_procedures(path, at=MONDAY)

    assert (first.loaded, first.rejected) == (4605, ())
    assert (second.loaded, second.changed, second.unchanged) == (0, 0, 4605)
    assert EventRecord.objects.count() == 1
    assert newest("1.001193").limit == TimeLimit(Decimal(0), LimitUnit.SAME_DAY)
    assert (newest("1.004873").limit, newest("1.004873").limit_needs_review) == (None, True)
    assert newest("2.000815").fee_vnd == 2000
    assert newest("1.001612").limit == TimeLimit(Decimal(3), LimitUnit.WORKING_DAY)
    assert {row.fee_vnd for row in newest("1.001612").channels.all()} == {50_000, 150_000}
    assert ProcedureVersion.objects.needing_review().count() == first.to_review
    teach_synonyms(at=MONDAY)
    first_three = {text: [hit.code for hit in find_procedures(text, on=MONDAY.date(), limit=3)] for text in TYPED}
    assert {text for text, code in TYPED.items() if code not in first_three[text]} == set()
