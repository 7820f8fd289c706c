"""Loading the national records: every trap of the real ones in small, then the real ones."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from motcua.catalogue.models import Procedure, ProcedureVersion, RequiredPaper, Sector
from motcua.kernel.models import EventRecord
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.catalogue.portal_lines import Record, load, record
from tests.make import MONDAY

pytestmark = pytest.mark.django_db


def newest(code: str = "1.000001") -> ProcedureVersion:
    return ProcedureVersion.objects.select_related("procedure__sector").get(procedure__code=code, valid_until=None)


def test_a_record_becomes_a_published_version_with_its_parts(tmp_path: Path) -> None:
    report = load(tmp_path, record())

    version = newest()
    assert (report.loaded, report.changed, report.unchanged, report.rejected) == (1, 0, 0, ())
    assert (version.number, version.valid_from, version.published_at) == (1, date(2026, 1, 1), MONDAY)
    assert version.limit == TimeLimit(Decimal(5), LimitUnit.WORKING_DAY)
    assert (version.procedure.sector.code, version.level, version.online_level) == ("ho-tich", "COMMUNE", "AVAILABLE")
    assert [(paper.name, paper.originals, paper.is_required) for paper in version.papers.all()] == [
        ("Tờ khai", 1, True)
    ]
    assert [channel.method for channel in version.channels.order_by("position")] == ["DIRECT", "ONLINE"]
    assert [result.code for result in version.results.all()] == ["KQ.G15.000001"]
    assert not version.needs_review


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, record("1.000001"), record("1.000002"))

    report = load(tmp_path, record("1.000001"), record("1.000002"))

    assert (report.loaded, report.changed, report.unchanged) == (0, 0, 2)
    assert ProcedureVersion.objects.count() == 2
    assert EventRecord.objects.count() == 1


def test_where_a_record_was_taken_from_is_no_change(tmp_path: Path) -> None:
    load(tmp_path, record())

    report = load(tmp_path, record(source="another", source_date="2026-02", also_in=["x"]))

    assert report.unchanged == 1


def test_a_changed_record_makes_a_new_version_and_closes_the_old_one(tmp_path: Path) -> None:
    load(tmp_path, record())

    report = load(tmp_path, record(fee_amount_vnd=8000, fee_text="8.000 đồng", source_date="2026-02"))

    old, new = ProcedureVersion.objects.order_by("number")
    assert (report.changed, report.loaded) == (1, 0)
    assert (old.valid_from, old.valid_until, old.fee_vnd) == (date(2026, 1, 1), date(2026, 2, 1), 0)
    assert (new.valid_from, new.valid_until, new.fee_vnd) == (date(2026, 2, 1), None, 8000)


def test_a_change_from_the_same_month_holds_from_today(tmp_path: Path) -> None:
    load(tmp_path, record())

    load(tmp_path, record(title="Tên mới"))

    assert newest().valid_from == MONDAY.date()
    assert Procedure.objects.get().title == "Tên mới"


def test_a_second_change_on_one_day_holds_from_the_next(tmp_path: Path) -> None:
    for title in ("Một", "Hai", "Ba"):
        load(tmp_path, record(title=title))

    assert [row.valid_from for row in ProcedureVersion.objects.order_by("number")] == [
        date(2026, 1, 1),
        date(2026, 3, 2),
        date(2026, 3, 3),
    ]


@pytest.mark.parametrize("told", ["", "hôm qua", "2099-01"])
def test_a_record_of_no_known_day_holds_from_today(tmp_path: Path, told: str) -> None:
    load(tmp_path, record(source_date=told))

    assert newest().valid_from == MONDAY.date()


def test_a_record_without_channels_components_or_results_is_whole(tmp_path: Path) -> None:
    load(tmp_path, {"code": "1.000001", "title": "Thủ tục", "level": "commune", "channels": "", "components": None})

    assert (newest().channels.count(), newest().papers.count(), newest().procedure.sector.name) == (
        0,
        0,
        "Chưa phân lĩnh vực",
    )


def test_a_record_older_than_what_is_loaded_is_rejected(tmp_path: Path) -> None:
    load(tmp_path, record())

    report = load(tmp_path, record(title="Tên cũ", source_date="2025-11"))

    assert [one.fault for one in report.rejected] == ["OLDER_THAN_LOADED"]
    assert ProcedureVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "given", "limit", "needs_review"),
    [
        pytest.param("3 (đơn vị khác/không nêu)", None, None, True, id="a number without a unit is not guessed"),
        pytest.param("3 Ngày", None, TimeLimit(Decimal(3), LimitUnit.DAY), False, id="the text is clear"),
        pytest.param(
            "1 (đơn vị khác/không nêu)",
            {"amount": 0, "unit": "working_day", "rule": "same_day"},
            TimeLimit(Decimal(0), LimitUnit.SAME_DAY),
            True,
            id="same day, told by another version",
        ),
        pytest.param("", {"amount": 8, "unit": "hour"}, TimeLimit(Decimal(8), LimitUnit.HOUR), False, id="hours"),
        pytest.param("", {"amount": 2, "unit": "month"}, TimeLimit(Decimal(2), LimitUnit.MONTH), False, id="months"),
        pytest.param("x", {"amount": 2, "unit": "moon"}, None, True, id="an unknown unit"),
        pytest.param("x", {"amount": -2, "unit": "day"}, None, True, id="a negative amount"),
        pytest.param("x", {"amount": 10**9, "unit": "day"}, None, True, id="an absurd amount"),
        pytest.param(
            "5 Ngày làm việc", {"amount": 7, "unit": "working_day"},
            TimeLimit(Decimal(7), LimitUnit.WORKING_DAY), True, id="text and number disagree",
        ),
        pytest.param("", None, None, True, id="nothing at all"),
    ],
)  # fmt: skip
def test_limits_are_understood_or_flagged(
    tmp_path: Path, text: str, given: object, limit: TimeLimit | None, needs_review: bool
) -> None:
    report = load(tmp_path, record(time_limit_text=text, time_limit=given))

    version = newest()
    assert version.limit == limit
    assert (version.limit_text, version.limit_needs_review) == (text, needs_review)
    assert report.to_review == int(needs_review)


def test_a_title_without_content_needs_no_review(tmp_path: Path) -> None:
    load(
        tmp_path,
        record(completeness="catalogue", time_limit_text="", time_limit=None, fee_text="", fee_amount_vnd=None),
    )

    assert (newest().is_full, newest().needs_review) == (False, False)


@pytest.mark.parametrize(
    ("changes", "fee", "needs_review"),
    [
        pytest.param({"fee_amount_vnd": 0}, 0, False, id="free"),
        pytest.param({"fee_amount_vnd": None, "fee_text": ""}, None, False, id="not told"),
        pytest.param({"fee_amount_vnd": None, "fee_text": "theo nghị quyết"}, None, True, id="by resolution"),
        pytest.param({"fee_amount_vnd": 20, "fee_text": "20 VNĐ"}, None, True, id="20 for 20,000"),
        pytest.param({"fee_amount_vnd": 10000, "fee_needs_review": True}, 10000, True, id="flagged by the source"),
        pytest.param({"fee_amount_vnd": 10, "fee_currency": "USD", "fee_text": "10 USD"}, None, True, id="dollars"),
    ],
)
def test_fees_are_understood_or_flagged(tmp_path: Path, changes: Record, fee: int | None, needs_review: bool) -> None:
    load(tmp_path, {**record(), **changes})

    assert (newest().fee_vnd, newest().fee_needs_review) == (fee, needs_review)


def test_each_channel_keeps_its_own_fee_and_limit(tmp_path: Path) -> None:
    channels: list[Record] = [
        {
            "method": "online",
            "fee_amount_vnd": 150000,
            "fee_text": "150,000",
            "time_limit": {"amount": 2, "unit": "day"},
        },
        {"method": "direct", "fee_amount_vnd": 50000, "fee_text": "50,000", "note": "Tại quầy"},
        {"method": "direct", "fee_amount_vnd": None, "fee_currency": "USD", "fee_text": "10 USD (/bản)"},
    ]
    load(tmp_path, record(channels=channels, submission_methods=["direct", "online", "postal"]))

    rows = newest().channels.order_by("position")
    assert [(row.method, row.fee_vnd, row.fee_currency, row.note) for row in rows] == [
        ("ONLINE", 150000, "VND", ""),
        ("DIRECT", 50000, "VND", "Tại quầy"),
        ("DIRECT", None, "USD", ""),
        ("POSTAL", None, "VND", ""),
    ]
    assert rows[0].limit == TimeLimit(Decimal(2), LimitUnit.DAY)


def test_papers_keep_their_case_and_notes_are_no_papers(tmp_path: Path) -> None:
    components: list[Record] = [
        {
            "name": "Tờ khai",
            "originals": 1,
            "copies": 0,
            "form_no": "01",
            "case": "Giấy tờ phải nộp",
            "form_files": ["a.doc"],
        },
        {"name": "Giấy ủy quyền", "originals": 0, "copies": 0, "form_no": "", "case": "Trường hợp ủy quyền"},
        {"name": "Lưu ý chung", "originals": 0, "copies": 0, "form_no": "", "is_note": True},
        {"name": "Bản vẽ (nếu có)", "originals": 0, "copies": 2, "form_no": ""},
    ]
    load(tmp_path, record(components=components))

    papers = RequiredPaper.objects.order_by("position")
    assert [(row.is_required, row.is_note, row.copies) for row in papers] == [
        (True, False, 0),
        (False, False, 0),
        (False, True, 0),
        (False, False, 2),
    ]
    assert (papers[0].case, papers[0].form_files) == ("Giấy tờ phải nộp", ["a.doc"])


@pytest.mark.parametrize(
    ("written", "code"),
    [("1.001193.000.00.00.H18", "1.001193"), ("1.013978.H41", "1.013978"), ("1.000358.01", "1.000358.01")],
)
def test_a_code_is_kept_without_its_agency(tmp_path: Path, written: str, code: str) -> None:
    load(tmp_path, record(written))

    assert newest(code).procedure.code == code


def test_a_code_twice_in_a_file_is_reported_and_the_first_stays(tmp_path: Path) -> None:
    report = load(tmp_path, record(title="Một"), record("1.000001.000.00.00.H18", title="Hai"))

    assert [(one.line, one.fault) for one in report.rejected] == [(2, "REPEATED")]
    assert "line 1" in report.rejected[0].reason
    assert newest().title == "Một"


def test_two_codes_may_have_one_title_however_long(tmp_path: Path) -> None:
    title = "Cấp giấy phép " * 90

    load(tmp_path, record("1.000001", title=title), record("1.000002", title=title))

    assert Procedure.objects.filter(title=title.strip()).count() == 2


def test_sectors_that_differ_in_spelling_alone_are_one(tmp_path: Path) -> None:
    load(tmp_path, record("1.000001", field="Uỷ ban nhân dân"), record("1.000002", field="Ủy Ban  Nhân dân"))

    assert Sector.objects.get().name == "Uỷ ban nhân dân"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("{", "NOT_JSON", id="half a line"),
        pytest.param("[" * 100_000, "NOT_JSON", id="nested without end"),
        pytest.param("[1]", "NOT_NAMED_VALUES", id="a list"),
        pytest.param(b'{"code": "\xff"}', "NOT_UTF8", id="another encoding"),
        pytest.param(record("x"), "CODE_MALFORMED", id="a code that is none"),
        pytest.param(record(""), "CODE_MALFORMED", id="no code"),
        pytest.param(record(title=" . "), "TITLE_MISSING", id="no title"),
        pytest.param(record(title=["x"]), "NOT_TEXT", id="a title that is a list"),
        pytest.param(record(title="a\u0000b"), "NUL_CHARACTER", id="a character no database holds"),
        pytest.param(record(title="a\ud800b"), "NOT_UTF8", id="half a character"),
        pytest.param(record(level="planet"), "WORD_UNKNOWN", id="an unknown level"),
        pytest.param(record(online_level="maybe"), "WORD_UNKNOWN", id="an unknown online level"),
        pytest.param(record(channels=[{"method": "pigeon"}]), "WORD_UNKNOWN", id="an unknown way to file"),
        pytest.param(record(channels=7), "NOT_A_LIST", id="channels that are a number"),
        pytest.param(record(channels="[{"), "NOT_JSON", id="a cell that is half JSON"),
        pytest.param(record(fee_amount_vnd="nhiều"), "NOT_A_WHOLE_NUMBER", id="a fee in words"),
        pytest.param(record(steps={"a": 1}), "NOT_A_LIST", id="steps that are no list"),
        pytest.param(record(time_limit=[1]), "NOT_NAMED_VALUES", id="a limit that is a list"),
        pytest.param(record(components=[{"name": ""}]), "PAPER_WITHOUT_NAME", id="a paper without a name"),
        pytest.param(record(results=[{"name": ""}]), "RESULT_WITHOUT_NAME", id="a result without a name"),
        pytest.param(
            record(components=[{"name": "x", "originals": -1}]), "NOT_A_WHOLE_NUMBER", id="minus one original"
        ),
        pytest.param(
            record(components=[{"name": "x", "copies": 1.5}]), "NOT_A_WHOLE_NUMBER", id="one and a half copies"
        ),
        pytest.param(record(components=[{"name": "x", "copies": 9999}]), "NOT_A_WHOLE_NUMBER", id="9999 copies"),
        pytest.param(record(fee_amount_vnd=10**18), "NOT_A_WHOLE_NUMBER", id="a fee beyond belief"),
        pytest.param(record(one_stop="perhaps"), "NOT_YES_OR_NO", id="neither yes nor no"),
        pytest.param(record(decision_no="x" * 101), "TOO_LONG", id="a decision number too long"),
    ],
)
def test_a_broken_line_is_reported_and_the_rest_is_loaded(
    tmp_path: Path, line: Record | str | bytes, fault: str
) -> None:
    report = load(tmp_path, record("1.000007"), line, "", record("1.000009"))

    assert [(one.line, one.fault) for one in report.rejected] == [(2, fault)]
    assert sorted(Procedure.objects.values_list("code", flat=True)) == ["1.000007", "1.000009"]
    assert (report.loaded, report.lines) == (2, 3)


def test_what_the_database_refuses_spoils_no_other_line(tmp_path: Path) -> None:
    beyond_search = record("1.000002", field="Lĩnh vực mới", title=" ".join(map(str, range(170_000))))

    report = load(tmp_path, record("1.000001", field="Lĩnh vực mới"), beyond_search, record("1.000003"))

    assert [(one.line, one.fault) for one in report.rejected] == [(2, "STORE_REFUSED")]
    assert list(Procedure.objects.order_by("code").values_list("code", flat=True)) == ["1.000001", "1.000003"]


def test_a_withdrawn_procedure_does_not_come_back_by_itself(tmp_path: Path) -> None:
    load(tmp_path, record())
    Procedure.objects.update(withdrawn_on=MONDAY.date())

    report = load(tmp_path, record(title="Tên mới"))

    assert [one.fault for one in report.rejected] == ["WITHDRAWN"]


def test_sectors_alike_for_two_hundred_letters_are_still_two(tmp_path: Path) -> None:
    load(tmp_path, record("1.000001", field="a" * 210), record("1.000002", field="a" * 211))

    assert Sector.objects.count() == 2


def test_a_long_title_of_rare_words_can_be_stored(tmp_path: Path) -> None:
    title = " ".join(f"{number:x}" for number in range(4_000, 7_000))

    assert load(tmp_path, record(title=title)).loaded == 1
