"""Taking in what the national database tells: each record whole or not at all, and twice as once (C-09)."""

import gzip
import json
from datetime import timedelta

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.compare import compare
from motcua.exchange.commands.take_records import FileCutOff, FileUnreadable, MayNotExchange, Told, take_records
from motcua.exchange.models import NameMapping, NationalDifference, NationalRecord, NationalSnapshot
from motcua.kernel.models import EventRecord
from motcua.rules.national_entry import DifferenceKind, MappingKind
from motcua.rules.permissions import Role
from tests.catalogue.publishing import make_province
from tests.exchange.national import taken, told_as_here, written
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def kinds() -> list[str]:
    rows = EventRecord.objects.filter(subject="national-database").order_by("seq")
    return [row.kind for row in rows]


def test_a_file_is_taken_in_and_our_catalogue_stays() -> None:
    province, procedure = make_province(), make_procedure()
    before = ProcedureVersion.objects.count()

    report = taken(province, told_as_here(procedure.code, TENTTHC="Tên khác"), foreign(MATTHC="2.999999"))

    assert (report.loaded, report.changed, report.unchanged, report.rejected) == (2, 0, 0, ())
    assert NationalRecord.objects.get(code=procedure.code).title == "Tên khác"
    assert ProcedureVersion.objects.count() == before
    snapshot = NationalSnapshot.objects.get()
    assert (snapshot.taken_by, snapshot.record_count) == (province.officer, 2)
    assert kinds() == ["NationalRecordsTaken", "NationalDifferencesListed"]


def test_the_same_a_second_time_changes_nothing() -> None:
    province, record = make_province(), foreign(MATTHC="2.999999")
    taken(province, record, whole=True)
    events, rows = EventRecord.objects.count(), [dict(row) for row in NationalRecord.objects.values()]
    assert [row.pop("seen_at") for row in rows] == [MONDAY]

    report = taken(province, dict(reversed(record.items())), whole=True, at=LATER)

    assert (report.loaded, report.changed, report.unchanged) == (0, 0, 1)
    assert EventRecord.objects.count() == events
    again = [dict(row) for row in NationalRecord.objects.values()]
    assert [row.pop("seen_at") for row in again] == [LATER]
    assert again == rows
    assert NationalSnapshot.objects.count() == 1


def test_a_line_that_cannot_be_used_spoils_no_other() -> None:
    province = make_province()

    report = taken(province, foreign(MATTHC="khai sinh"), "{", "[1]", foreign(), foreign(TENTTHC="Lần nữa"))

    assert [(one.line, one.fault) for one in report.rejected] == [
        (1, "CODE_MALFORMED"),
        (2, "NOT_JSON"),
        (3, "NOT_NAMED_VALUES"),
        (5, "REPEATED"),
    ]
    assert NationalRecord.objects.get().title == "Đăng ký khai sinh"


@pytest.mark.parametrize("shape", ["list", "answer", "one", "gzip", "lines"])
def test_every_shape_of_a_file_is_read(shape: str) -> None:
    one, two = foreign(), foreign(MATTHC="2.999999")
    shapes = {
        "list": json.dumps([one, two]).encode(),
        "answer": json.dumps({"error_code": "0", "result": [one, two]}, indent=1).encode(),
        "one": json.dumps(one, indent=1).encode(),
        "gzip": gzip.compress(written(one, two)),
        "lines": b"\xef\xbb\xbf" + written(one, two) + b"\n\n",
    }

    report = take_records(told=Told(shapes[shape]), actor=None, at=MONDAY)

    assert report.loaded == (1 if shape == "one" else 2)


@pytest.mark.parametrize(
    ("spoilt", "fault", "place"),
    [
        ({"YEUCAU": "a\x00b"}, "NUL_CHARACTER", "YEUCAU"),
        ({"KHONGDOC": {"SAU": ["\x00"]}}, "NUL_CHARACTER", "KHONGDOC.SAU[1]"),
        ({"KHONGDOC": {"\x00": 1}}, "NUL_CHARACTER", "KHONGDOC.\\x00"),
        ({"KHONGDOC": [float("nan")]}, "NOT_A_NUMBER", "KHONGDOC[1]"),
        ({"KHONGDOC": float("inf")}, "NOT_A_NUMBER", "KHONGDOC"),
        ({"KHONGDOC": "\ud800"}, "NOT_UTF8", "KHONGDOC"),
        ({"TENTTHC": "\udfff"}, "NOT_UTF8", "TENTTHC"),
    ],
)
@pytest.mark.parametrize("shape", ["list", "lines"])
def test_what_no_database_keeps_spoils_its_own_record_alone(
    spoilt: dict[str, object], fault: str, place: str, shape: str
) -> None:
    records = [foreign(**spoilt), foreign(MATTHC="2.999999")]
    lines = "\n".join(map(json.dumps, records))
    content = (json.dumps(records) if shape == "list" else lines).encode()

    report = take_records(told=Told(content), actor=None, at=MONDAY)

    assert [(one.line, one.fault, one.detail) for one in report.rejected] == [(1, fault, place)]
    assert [row.code for row in NationalRecord.objects.all()] == ["2.999999"]


def test_what_is_nested_without_end_or_no_text_spoils_its_own_line_alone() -> None:
    deep = json.dumps(foreign(KHONGDOC=0)).replace('"KHONGDOC": 0', f'"KHONGDOC": {"[" * 500}{"]" * 500}')
    content = b"\n".join([deep.encode(), b'{"MATTHC": "\xff"}', written(foreign(MATTHC="2.999999"))])

    report = take_records(told=Told(content), actor=None, at=MONDAY)

    assert [(one.line, one.fault) for one in report.rejected] == [(1, "TOO_DEEP"), (2, "NOT_UTF8")]
    assert report.loaded == 1


def test_a_line_separator_within_a_record_ends_no_line() -> None:
    content = written(foreign(YEUCAU="Một\u2028hai\u0085ba"), foreign(MATTHC="2.999999")).replace(b"\n", b"\r\n")

    report = take_records(told=Told(content), actor=None, at=MONDAY)

    assert (report.loaded, report.rejected) == (2, ())


def test_every_member_of_a_packed_file_is_read() -> None:
    content = gzip.compress(written(foreign()) + b"\n") + gzip.compress(written(foreign(MATTHC="2.999999")))

    assert take_records(told=Told(content, is_whole=True), actor=None, at=MONDAY).loaded == 2


@pytest.mark.parametrize("cut", [5, 12, 40])
def test_a_packed_file_that_is_cut_off_is_refused_and_drops_nothing(cut: int) -> None:
    take_records(told=Told(written(foreign(), foreign(MATTHC="2.999999")), is_whole=True), actor=None, at=MONDAY)
    content = gzip.compress(written(foreign()) + b"\n") + gzip.compress(written(foreign(MATTHC="2.999999")))[:-cut]

    with pytest.raises(FileCutOff):
        take_records(told=Told(content, is_whole=True), actor=None, at=LATER)

    assert NationalRecord.objects.count() == 2


@pytest.mark.parametrize("content", [b"[]", b'{"error_code": "0", "result": []}', b"\n\n"])
def test_a_file_of_nothing_never_says_that_everything_is_gone(content: bytes) -> None:
    take_records(told=Told(written(foreign()), is_whole=True), actor=None, at=MONDAY)

    with pytest.raises(FileUnreadable):
        take_records(told=Told(content, is_whole=True), actor=None, at=LATER)

    assert NationalRecord.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x1f\x8bkhong phai", b"ma,ten\n1,2"])
def test_what_is_no_file_of_records_is_refused_whole(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        take_records(told=Told(content, "a"), actor=None, at=MONDAY)

    assert not NationalRecord.objects.exists()


def test_of_a_whole_catalogue_what_is_gone_is_dropped_unless_a_line_was_rejected() -> None:
    province = make_province()
    taken(province, foreign(), foreign(MATTHC="2.999999"), whole=True)

    spoilt = taken(province, foreign(), "{", whole=True, at=LATER)
    assert NationalRecord.objects.count() == 2
    taken(province, foreign(), whole=True, at=LATER)

    assert len(spoilt.rejected) == 1
    assert [row.code for row in NationalRecord.objects.all()] == ["1.001193"]


def test_only_who_controls_procedures_at_the_province_brings_a_file() -> None:
    stranger = make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit())

    with pytest.raises(MayNotExchange):
        take_records(told=Told(written(foreign())), actor=stranger, at=MONDAY)


def test_names_that_nobody_here_knows_wait_for_an_officer() -> None:
    province, procedure = make_province(), make_procedure()
    paper = ProcedureVersion.objects.get(procedure=procedure).papers.order_by("position")[0].name
    record = told_as_here(
        procedure.code,
        LINHVUCTHUCHIEN=[{"MALINHVUC": "G15-LV01", "TENLINHVUC": "Hộ tịch, quốc tịch"}],
        COQUANTHUCHIEN=[{"TENDONVI": "Ủy ban nhân dân xã nào đó", "MADONVI": "H18.9"}],
        THANHPHANHOSO=[{"TRUONGHOP": "", "GIAYTO": [{"TENGIAYTO": f"{paper} (mẫu)"}, {"TENGIAYTO": "Hộ chiếu"}]}],
        THOIGIANCHUNG={"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày công"},
    )

    taken(province, record)

    waiting = {(row.kind, row.theirs, row.theirs_code) for row in NameMapping.objects.all()}
    assert waiting == {
        (MappingKind.SECTOR, "Hộ tịch, quốc tịch", "G15-LV01"),
        (MappingKind.AGENCY, "Ủy ban nhân dân xã nào đó", "H18.9"),
        (MappingKind.PAPER, f"{paper} (mẫu)", ""),
        (MappingKind.TIME_UNIT, "Ngày công", ""),
    }


def test_what_differs_is_listed_with_its_parts() -> None:
    province = make_province()
    same, other, ours = make_procedure(), make_procedure(), make_procedure()
    taken(
        province,
        told_as_here(same.code),
        told_as_here(other.code, YEUCAU="Phải đủ 18 tuổi", CANCUPHAPLY=[{"SOVANBAN": "1/2026/NĐ-CP"}]),
        foreign(MATTHC="2.999999"),
        foreign(MATTHC="2.999998", TRANGTHAI="0"),
        whole=True,
    )

    count = compare(at=MONDAY)

    found = {row.code: (row.kind, row.parts) for row in NationalDifference.objects.all()}
    assert count == 3
    assert found == {
        other.code: (DifferenceKind.DIFFERING, ["CONDITIONS", "LEGAL_BASIS"]),
        ours.code: (DifferenceKind.MISSING_THERE, []),
        "2.999999": (DifferenceKind.MISSING_HERE, []),
    }


def test_a_comparison_that_finds_the_same_leaves_no_event_and_keeps_the_day() -> None:
    province = make_province()
    taken(province, foreign(MATTHC="2.999999"), whole=True)
    compare(at=MONDAY)
    events = EventRecord.objects.count()

    compare(at=LATER)

    assert EventRecord.objects.count() == events
    assert NationalDifference.objects.get().since == MONDAY.date()


def test_nothing_is_missing_there_before_a_whole_catalogue_was_told() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, foreign(MATTHC="2.999999"))

    compare(at=MONDAY)

    assert not NationalDifference.objects.filter(code=procedure.code).exists()


def test_what_agrees_again_leaves_the_list() -> None:
    province, procedure = make_province(), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác"))
    assert NationalDifference.objects.filter(code=procedure.code).exists()

    taken(province, told_as_here(procedure.code), at=LATER)

    assert not NationalDifference.objects.exists()
