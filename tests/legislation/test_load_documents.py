"""Loading legal documents from a file, and the real ones twice."""

import json
from pathlib import Path
from time import perf_counter

import pytest

from motcua.kernel.models import EventRecord
from motcua.legislation.commands.keep import change_document
from motcua.legislation.commands.load_documents import FileUnreadable, LoadReport, load_documents
from motcua.legislation.models import DocumentRelation, LegalDocument
from tests.legislation.law import described, make_document, make_legal_officer
from tests.make import MONDAY
from tests.organisations.shared_data import real_file

pytestmark = pytest.mark.django_db


def record(number: str, **values: object) -> dict[str, object]:
    said = {"type": "Nghị định", "title": f"Về {number}", "issuing_agency": "Chính phủ", "effect_status": "unknown"}
    return {"number": number, **said, **values}


def load(folder: Path, *records: object) -> LoadReport:
    file = folder / "documents.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in records))
    return load_documents(file, at=MONDAY)


def told(report: LoadReport) -> tuple[int, int, int, int]:
    return report.loaded, report.changed, report.unchanged, len(report.rejected)


def test_a_file_is_loaded_once_and_says_nothing_new_the_second_time(tmp_path: Path) -> None:
    records = [record("4/2023/NĐ-CP", issue_date="2023-02-01"), record("61/2018/NĐ-CP", replaced_by=["118/2025/NĐ-CP"])]

    first, second = load(tmp_path, *records), load(tmp_path, *records)

    assert (told(first), told(second)) == ((2, 0, 0, 0), (0, 0, 2, 0))
    assert LegalDocument.objects.get(code="04-2023-nd-cp").issued_on is not None
    assert EventRecord.objects.filter(kind="DocumentsLoaded").count() == 1


def test_a_number_named_by_another_is_entered_alone_and_filled_in_when_it_is_described(tmp_path: Path) -> None:
    load(tmp_path, record("61/2018/NĐ-CP", replaced_by=["118/2025/NĐ-CP"]))
    stub = LegalDocument.objects.get(code="118-2025-nd-cp")

    report = load(tmp_path, record("118/2025/NĐ-CP"))

    assert stub.is_stub
    assert told(report) == (0, 1, 0, 0)
    assert not LegalDocument.objects.get(pk=stub.pk).is_stub
    relation = DocumentRelation.objects.get()
    assert (relation.source_id, relation.target.code, relation.kind) == (stub.pk, "61-2018-nd-cp", "REPLACES")


def test_a_local_number_stays_with_its_province(tmp_path: Path) -> None:
    one, other = record("02/2021/NQ-HĐND", province="Kiên Giang"), record("02/2021/NQ-HĐND", province="An Giang")

    report = load(tmp_path, {**one, "replaced_by": ["07/2025/NQ-HĐND"]}, other)

    assert told(report) == (2, 0, 0, 0)
    codes = {"02-2021-nq-hdnd-an-giang", "02-2021-nq-hdnd-kien-giang", "07-2025-nq-hdnd-kien-giang"}
    assert set(LegalDocument.objects.values_list("code", flat=True)) == codes


def test_lines_that_cannot_be_used_are_named_and_the_others_loaded(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        record("61/2018/NĐ-CP"),
        record("61/2018/NĐ-CP"),
        record("Luật Hộ tịch"),
        record("62/2018/NĐ-CP", issue_date="31/12/2018"),
        "{",
    )

    assert [(one.line, one.fault) for one in report.rejected] == [
        (2, "REPEATED"),
        (3, "NOT_A_NUMBER"),
        (4, "NOT_A_DAY"),
        (5, "NOT_JSON"),
    ]
    assert report.loaded == 1


def test_what_a_legal_officer_wrote_by_hand_stays(tmp_path: Path) -> None:
    make_document("61/2018/NĐ-CP", title="Viết tay")

    report = load(tmp_path, record("61/2018/NĐ-CP"))

    assert (told(report), report.kept) == ((0, 0, 1, 0), 1)
    assert LegalDocument.objects.get().title == "Viết tay"


def test_a_loaded_document_that_an_officer_changed_is_theirs_from_then_on(tmp_path: Path) -> None:
    load(tmp_path, record("61/2018/NĐ-CP", source="tệp trước"))
    document = LegalDocument.objects.get()
    change_document(
        document=document, definition=described("61/2018/NĐ-CP", title="Sửa"), actor=make_legal_officer(), at=MONDAY
    )

    report = load(tmp_path, record("61/2018/NĐ-CP", title="Tên khác", source="tệp sau"))

    assert LegalDocument.objects.get().source == "tệp trước"
    assert (told(report), report.kept) == ((0, 0, 1, 0), 1)


def test_a_status_without_a_day_is_a_note_and_a_day_is_an_end(tmp_path: Path) -> None:
    noted = record("61/2018/NĐ-CP", effect_status="expired", effect_note="abolish")
    dated = record("62/2018/NĐ-CP", effective_from="2018-06-01", effective_until="2025-07-01")

    load(tmp_path, noted, dated)

    assert LegalDocument.objects.get(number="61/2018/NĐ-CP").note == "expired · abolish"
    assert [(one.status, str(one.on)) for one in LegalDocument.objects.get(number="62/2018/NĐ-CP").changes.all()] == [
        ("IN_FORCE", "2018-06-01"),
        ("EXPIRED_ALL", "2025-07-01"),
    ]


def test_a_file_that_is_none_loads_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        load(tmp_path, "nothing")
    assert not LegalDocument.objects.exists()


def test_the_real_documents_load_and_a_second_load_changes_nothing() -> None:
    path = real_file("legal_documents.jsonl.gz")
    began = perf_counter()
    first = load_documents(path, at=MONDAY)
    second = load_documents(path, at=MONDAY)

    assert perf_counter() - began < 180
    assert first.loaded > 2_700
    assert told(second) == (0, 0, first.lines, 0)
    assert DocumentRelation.objects.filter(kind="REPLACES").count() > 70


def test_numbers_without_a_year_are_told_apart_by_their_day(tmp_path: Path) -> None:
    one = record("60/QĐ-UBND", type="Quyết định", issue_date="2024-01-12")
    other = record("60/QĐ-UBND", type="Quyết định", issue_date="2025-01-14", replaced_by=["9/QĐ-UBND"])
    without = record("60/QĐ-UBND", type="Quyết định")

    first, again = load(tmp_path, one, other, other, without), load(tmp_path, other, one)

    assert (told(first), told(again)) == ((2, 0, 0, 2), (0, 0, 2, 0))
    days = {row.code: str(row.issued_on) for row in LegalDocument.objects.filter(number="60/QĐ-UBND")}
    assert days == {"60-qd-ubnd": "2024-01-12", "60-qd-ubnd-2025-01-14": "2025-01-14"}
    assert DocumentRelation.objects.get().target.code == "60-qd-ubnd-2025-01-14"


def test_a_relation_goes_when_the_file_no_longer_says_it_and_one_entered_by_hand_stays(tmp_path: Path) -> None:
    load(tmp_path, record("61/2018/NĐ-CP", amended_by=["107/2021/NĐ-CP"], replaced_by=["118/2025/NĐ-CP"]))
    target, hand = LegalDocument.objects.get(code="61-2018-nd-cp"), make_document("01/2020/NĐ-CP")
    DocumentRelation.objects.create(source=hand, target=target, kind="AMENDS")

    load(tmp_path, record("61/2018/NĐ-CP", replaced_by=["118/2025/NĐ-CP"]))

    left = {(row.source.code, row.kind) for row in target.relations_in.select_related("source")}
    assert left == {("01-2020-nd-cp", "AMENDS"), ("118-2025-nd-cp", "REPLACES")}
