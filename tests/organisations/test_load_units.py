"""The nationwide lists of units: every trap of the real ones in small, then the real ones."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from motcua.kernel.models import EventRecord
from motcua.organisations.commands.load_units import FileUnreadable, LoadReport, load_units
from motcua.organisations.models import Succession, Unit, UnitIdentifier
from motcua.organisations.queries import predecessors_of, successors_of, unit_by_identifier
from tests.make import MONDAY
from tests.organisations.shared_data import real_file

pytestmark = pytest.mark.django_db

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)
COMMUNES = """gso_code,full_name,unit_type,province_gso_code,name_alt,note,source
03127,Phường Điện Biên Phủ,ward,11,,,x
03158,Xã Sín Thầu,commune,11,,,x
00859,Xã Ngọc Long,commune,08,,,x
11948,Đặc khu Bạch Long Vĩ,special_zone,31,,,x
"""
DISTRICTS = """gso_code,name,full_name,unit_type,province_gso_code,communes,source
094,Điện Biên Phủ,Thành phố Điện Biên Phủ,Thành phố,11,12,x
318,Bạch Long Vĩ,Huyện Bạch Long Vĩ,Huyện,31,0,x
"""
CONVERSION = """new_commune_code,old_commune_code,old_commune_name,old_district_code,old_province_code,how,source
03127,03127,Phường Him Lam,094,11,all,GSO
03127,03130,phường Thanh Bình,094,11,all,GSO
03158,03127,Phường Him Lam,094,11,part,GSO
00859,00859,Xã Ngọc Long,028,02,unchanged,GSO
11948,,,318,31,district_to_special_zone,GSO
"""


@pytest.fixture
def load(tmp_path: Path) -> "Loader":
    return Loader(tmp_path)


class Loader:
    """Loads a list written down in a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str, name: str = "list.csv") -> LoadReport:
        path = self.folder / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return load_units(path, at=MONDAY)

    def country(self) -> None:
        self(COMMUNES)
        self(DISTRICTS)
        self(CONVERSION)


def faults(report: LoadReport) -> list[tuple[int, str]]:
    return [(one.line, one.fault) for one in report.rejected]


def test_communes_come_with_their_provinces(load: Loader) -> None:
    report = load(COMMUNES)

    ward = unit_by_identifier("GSO", "03127", SINCE)
    assert (report.loaded, report.changed, report.unchanged, report.rejected) == (4, 0, 0, ())
    assert (ward.code, ward.name, ward.kind, ward.founded_on) == ("GSO-11-03127", "Phường Điện Biên Phủ", "WARD", SINCE)
    assert ward.parent is not None
    assert ward.parent.code == "H18"
    assert unit_by_identifier("AGENCY_OLD", "000.00.00.H18", BEFORE) == ward.parent


def test_a_recycled_code_names_two_units_each_in_its_time(load: Loader) -> None:
    load.country()

    before, since = unit_by_identifier("GSO", "03127", BEFORE), unit_by_identifier("GSO", "03127", SINCE)
    assert (before.name, since.name) == ("Phường Him Lam", "Phường Điện Biên Phủ")
    assert before.code == "GSO-11-03127-20250701"
    assert before.dissolved_on == SINCE
    assert before.parent is not None
    assert before.parent.name == "Thành phố Điện Biên Phủ"


def test_a_divided_commune_has_several_successors(load: Loader) -> None:
    load.country()

    divided = unit_by_identifier("GSO", "03127", BEFORE)
    assert [(row.successor.name, row.manner) for row in successors_of(divided, SINCE)] == [
        ("Phường Điện Biên Phủ", "ALL"),
        ("Xã Sín Thầu", "PART"),
    ]
    assert successors_of(divided, BEFORE) == []


def test_a_name_written_small_is_written_large(load: Loader) -> None:
    load.country()

    assert unit_by_identifier("GSO", "03130", BEFORE).name == "Phường Thanh Bình"


def test_an_unchanged_commune_is_one_unit_before_and_after(load: Loader) -> None:
    load.country()

    unit = unit_by_identifier("GSO", "00859", BEFORE)
    assert unit == unit_by_identifier("GSO", "00859", SINCE)
    assert unit.founded_on is None
    assert predecessors_of(unit, SINCE) == []


def test_an_island_district_became_a_special_zone(load: Loader) -> None:
    load.country()

    zone = unit_by_identifier("GSO", "11948", SINCE)
    assert [row.predecessor.kind for row in predecessors_of(zone, SINCE)] == ["DISTRICT"]


def test_a_province_that_took_over_a_code_keeps_its_own_past(load: Loader) -> None:
    load("gso_code,full_name,unit_type,province_gso_code\n02647,Phường Cam Đường,ward,15\n")
    load("gso_code,name,full_name,unit_type,province_gso_code,communes\n132,Yên Bái,Thành phố Yên Bái,Thành phố,15,1\n")

    assert unit_by_identifier("GSO", "15", SINCE).name == "Tỉnh Lào Cai"
    assert unit_by_identifier("GSO", "15", BEFORE).name == "Tỉnh Yên Bái"
    assert unit_by_identifier("GSO", "10", BEFORE).name == "Tỉnh Lào Cai"
    assert [row.successor.code for row in successors_of(unit_by_identifier("GSO", "15", BEFORE), SINCE)] == ["H38"]


@pytest.mark.parametrize("name", ["list.csv", "list.csv.gz"])
def test_loading_twice_changes_nothing(load: Loader, name: str) -> None:
    lists = [COMMUNES, DISTRICTS, CONVERSION]
    for text in lists:
        load(text, name)
    rows = (Unit.objects.count(), UnitIdentifier.objects.count(), Succession.objects.count())

    reports = [load(text, name) for text in lists]

    assert [(report.loaded, report.changed) for report in reports] == [(0, 0)] * 3
    assert (Unit.objects.count(), UnitIdentifier.objects.count(), Succession.objects.count()) == rows
    assert EventRecord.objects.count() == len(lists)


def test_a_commune_that_became_a_ward_is_the_same_unit(load: Loader) -> None:
    load(COMMUNES)
    code = unit_by_identifier("GSO", "03158", SINCE).code

    report = load(COMMUNES.replace("Xã Sín Thầu,commune", "Phường Sín Thầu,ward"))

    unit = unit_by_identifier("GSO", "03158", SINCE)
    assert (report.changed, unit.code, unit.kind, unit.search_key) == (1, code, "WARD", "phuong sin thau")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("3127,Phường A,ward,11,,,x", "CODE_MALFORMED"),
        ("03999,Phường A,ward,99,,,x", "PROVINCE_UNKNOWN"),
        ("03999,Phường A,town,11,,,x", "KIND_UNKNOWN"),
        ("03999,,ward,11,,,x", "NAME_MISSING"),
        ("03999,Phường A\x00,ward,11,,,x", "NAME_UNUSABLE"),
        (f"03999,Phường {'A' * 250},ward,11,,,x", "NAME_UNUSABLE"),
        ("03158,Xã Sín Thầu,commune,11,,,x", "REPEATED"),
        ("03999,Phường A,ward", "COLUMN_COUNT"),
        ("03999,Phường A,ward,11,,,x,more", "COLUMN_COUNT"),
    ],
)
def test_a_broken_line_is_reported_and_the_rest_is_loaded(load: Loader, line: str, fault: str) -> None:
    report = load(COMMUNES + line + "\n03160,Xã Mường Nhé,commune,11,,,x\n")

    assert faults(report) == [(6, fault)]
    assert report.loaded == 5
    assert report.lines == 6


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("99999,03130,Phường Thanh Bình,094,11,all,GSO", "SUCCESSOR_UNKNOWN"),
        ("03127,03130,Phường Khác,094,11,part,GSO", "CODE_NAMES_ANOTHER_UNIT"),
        ("03127,03131,Xuân Quang 3,094,11,all,GSO", "KIND_UNKNOWN"),
        ("03127,03131,Xã A,094,11,swallowed,GSO", "MANNER_UNKNOWN"),
        ("03127,,,999,11,district_to_special_zone,GSO", "DISTRICT_UNKNOWN"),
        ("03127,03130,phường Thanh Bình,094,11,all,GSO", "REPEATED"),
        ("03158,00001,Xã A,094,11,unchanged,GSO", "CODE_NAMES_ANOTHER_UNIT"),
    ],
)
def test_a_broken_conversion_is_reported(load: Loader, line: str, fault: str) -> None:
    load(COMMUNES)
    load(DISTRICTS)

    report = load(CONVERSION + line + "\n")

    assert faults(report) == [(7, fault)]
    assert Succession.objects.count() == 4


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"a,b\n1,2\n", id="columns of nothing we know"),
        pytest.param("gso_code,full_name\n1,Xã\n".encode("utf-16"), id="another encoding"),
        pytest.param(b'gso_code,full_name,unit_type,province_gso_code\n"03127,x\n', id="a quote that never closes"),
        pytest.param(gzip.compress(COMMUNES.encode())[:60], id="cut off"),
        pytest.param(gzip.compress(COMMUNES.encode())[:30] + b"\xff" * 90, id="damaged"),
    ],
)
def test_a_file_that_is_no_list_loads_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(FileUnreadable):
        load_units(path, at=MONDAY)

    assert not Unit.objects.exists()
    assert not EventRecord.objects.exists()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("gso_code,full_name,h_code_kept\n11,Tỉnh Điện Biên,H19\n", "11 H19"),
        ("gso_code,full_name,h_code_kept\n99,Tỉnh Mới,H99\n", "99 H99"),
        ("gso_code,full_name,province_gso_code,communes\n094,Huyện A,99,1\n", "99"),
    ],
)
def test_a_province_nobody_knows_is_reported(load: Loader, text: str, line: str) -> None:
    report = load(text)

    assert [(one.fault, one.detail) for one in report.rejected] == [("PROVINCE_UNKNOWN", line)]


def test_a_corrected_conversion_corrects_the_manner_and_the_district(load: Loader) -> None:
    load(COMMUNES)
    load(CONVERSION.replace("11948,,,318,31,district_to_special_zone,GSO\n", ""))
    load(DISTRICTS)

    report = load(CONVERSION.replace("Him Lam,094,11,part", "Him Lam,094,11,part_area"))

    divided = unit_by_identifier("GSO", "03127", BEFORE)
    assert report.changed == 3  # two lines name the district that was not loaded before
    assert divided.parent is not None
    assert divided.parent.kind == "DISTRICT"
    assert [row.manner for row in successors_of(divided, SINCE)] == ["ALL", "PART_AREA"]


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = "".join(f"{number:05},Xã {number},commune,11\n" for number in range(501))
    path.write_text(f"gso_code,full_name,unit_type,province_gso_code\n{lines}", encoding="utf-8")
    told: list[tuple[int, int]] = []

    load_units(path, at=MONDAY, progress=lambda done, total: told.append((done, total)))

    assert told == [(500, 501), (501, 501)]


def test_a_load_is_one_event_and_tells_its_progress(load: Loader, tmp_path: Path) -> None:
    load(COMMUNES)
    told: list[tuple[int, int]] = []
    load_units(tmp_path / "list.csv", at=MONDAY, progress=lambda done, total: told.append((done, total)))

    assert told == [(4, 4)]
    event = EventRecord.objects.get(subject="units")
    assert (event.kind, event.payload["loaded_count"]) == ("UnitsLoaded", 4)


@pytest.mark.long
def test_the_real_lists_load_and_load_again() -> None:
    names = [
        "admin_provinces_2026.csv",
        "admin_communes_2026.csv",
        "admin_districts_pre2025.csv",
        "admin_conversion_2025.csv.gz",
    ]
    paths = [real_file(name) for name in names]

    first = [load_units(path, at=MONDAY) for path in paths]
    second = [load_units(path, at=MONDAY) for path in paths]

    assert [(report.lines, report.loaded) for report in first[:3]] == [(34, 34), (3321, 3321), (696, 696)]
    assert Counter(one.fault for one in first[3].rejected) == {
        "SUCCESSOR_UNKNOWN": 5,  # code 06970, which the current list has as 06978
        "CODE_NAMES_ANOTHER_UNIT": 3,
        "KIND_UNKNOWN": 2,
    }
    assert [(report.loaded, report.changed) for report in second] == [(0, 0)] * 4
    assert Unit.objects.on(SINCE).communes().count() == 3321
    assert Unit.objects.on(SINCE).communes().filter(parent__code="H18").count() == 45
