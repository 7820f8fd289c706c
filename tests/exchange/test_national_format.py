"""The national structure, both ways: what is written is read as it was, and what others write is read whole (C-04)."""

import gzip
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ProcedureDefinition,
    ResultDefinition,
    TermsDefinition,
)
from motcua.catalogue.portal_format import definition_of as portal_definition
from motcua.exchange.national_format import (
    NationalRecord,
    clean,
    document_of_records,
    lines_of_records,
    packed,
    record_of,
)
from motcua.exchange.national_reading import code_of, definition_of, digest_of
from motcua.exchange.national_words import LEVELS, ONLINE
from motcua.organisations.records import RecordUnclear, Values
from motcua.rules.declarations import Condition, Effect, FieldDefinition
from motcua.rules.time_limits import AT_ONCE, LimitUnit, TimeLimit
from tests.catalogue.publishing import WHOLE
from tests.organisations.shared_data import real_file

WHOLE_DEFINITION = ProcedureDefinition(
    "1.001193", "Lâm nghiệp", WHOLE, "LOCAL", "UBND tỉnh", "TTHC không được luật giao"
)
WORDS = st.text(alphabet="aăâđêơư AB1-;\n\t\u0301", max_size=20)
NAMED = WORDS.filter(lambda text: bool(clean(text)))
TITLES = st.text(alphabet="aâđ 1", min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
LIMITS = st.one_of(
    st.none(),
    st.builds(TimeLimit, st.integers(1, 999).map(Decimal), st.sampled_from(sorted(set(LimitUnit) - AT_ONCE))),
    st.builds(TimeLimit, st.just(Decimal("0.5")), st.just(LimitUnit.WORKING_DAY)),
    st.builds(TimeLimit, st.just(Decimal(0)), st.sampled_from(sorted(AT_ONCE))),
)
VND_TERMS = st.builds(
    TermsDefinition,
    limit=LIMITS,
    limit_text=st.one_of(WORDS, st.just("3 ngày làm việc")),
    limit_needs_review=st.booleans(),
    fee_vnd=st.one_of(st.none(), st.integers(0, 10**9)),
    fee_text=WORDS,
    fee_basis=WORDS,
    fee_needs_review=st.booleans(),
)
TERMS = st.one_of(VND_TERMS, st.builds(TermsDefinition, fee_currency=st.just("USD"), fee_text=WORDS))
PAPERS = st.builds(
    PaperDefinition,
    name=NAMED,
    case=st.sampled_from(["", "Trường hợp 1", "Trường  hợp 2"]),
    originals=st.integers(0, 9),
    copies=st.integers(0, 9),
    form_no=WORDS,
    form_files=st.lists(WORDS, max_size=3).map(tuple),
    is_required=st.booleans(),
)
CONTENTS = st.builds(
    Content,
    title=TITLES,
    level=st.sampled_from(sorted(LEVELS)),
    terms=TERMS,
    papers=st.lists(
        st.one_of(PAPERS, st.just(PaperDefinition("Lưu ý", is_note=True, is_required=False))), max_size=5
    ).map(tuple),
    channels=st.lists(
        st.builds(ChannelDefinition, method=st.sampled_from(["DIRECT", "ONLINE", "POSTAL"]), terms=TERMS, note=WORDS),
        max_size=4,
    ).map(tuple),
    results=st.lists(st.builds(ResultDefinition, name=NAMED, code=WORDS), max_size=3).map(tuple),
    declaration=st.lists(
        st.builds(
            FieldDefinition,
            key=NAMED,
            label=NAMED,
            kind=st.just("text"),
            required=st.booleans(),
            options=st.lists(NAMED, max_size=2).map(tuple),
            least=st.one_of(st.none(), st.integers(0, 9)),
            most=st.one_of(st.none(), st.integers(0, 9)),
            condition=st.one_of(
                st.none(),
                st.builds(Condition, NAMED, st.lists(NAMED, max_size=2).map(tuple), st.sampled_from(Effect)),
            ),
            group=WORDS,
            prefill=WORDS,
            default=WORDS,
        ),
        max_size=2,
    ).map(tuple),
    short_title=WORDS,
    summary=WORDS,
    keywords=st.lists(WORDS, max_size=2).map(tuple),
    life_events=st.lists(WORDS, max_size=2).map(tuple),
    decision_no=WORDS,
    levels=st.lists(st.sampled_from(sorted(LEVELS)), max_size=2).map(tuple),
    online_level=st.sampled_from(sorted(ONLINE)),
    handled_by=st.lists(WORDS, max_size=2).map(tuple),
    is_one_stop=st.booleans(),
    names_abolished_body=st.booleans(),
    deciding_agency=WORDS,
    is_deciding_agency_inferred=st.booleans(),
    implementing_agencies=st.lists(WORDS, max_size=2).map(tuple),
    coordinating_agencies=WORDS,
    delegated_agency=WORDS,
    receiving_address=WORDS,
    subjects=st.lists(WORDS, max_size=2).map(tuple),
    set_count=st.integers(1, 9),
    conditions=WORDS,
    steps=st.lists(WORDS, max_size=3).map(tuple),
    are_steps_shortened=st.booleans(),
    legal_basis=st.lists(WORDS, max_size=2).map(tuple),
    is_full=st.booleans(),
)
DEFINITIONS = st.builds(
    ProcedureDefinition,
    code=st.sampled_from(["1.001193", "2.000635.01"]),
    sector=TITLES,
    content=CONTENTS,
    scope=st.sampled_from(["NATIONAL", "LOCAL"]),
    issuing_authority=WORDS,
    kind=WORDS,
)


def foreign(**changes: object) -> NationalRecord:
    """A record as the service answers it: none of our own keys."""
    record: NationalRecord = {
        "MATTHC": "1.001193.000.00.00.H18",
        "TENTTHC": "Đăng ký khai sinh",
        "TRANGTHAI": "1",
        "MACOQUANCONGBO": "G15",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-LV01", "TENLINHVUC": "Hộ tịch"}],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "Tại xã", "TRINHTU": [{"TENTRINHTU": "Nộp"}, {"TENTRINHTU": "Nhận"}]}],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "2",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "3",
                        "DONVITINH": "Ngày làm việc",
                        "MOTA": "",
                        "PHILEPHI": [
                            {"MAPHILEPHI": "P1", "SOTIEN": "8000", "DONVI": "VNĐ", "MOTA": "Lệ phí"},
                            {"MAPHILEPHI": "P2", "SOTIEN": "50000", "DONVI": "VNĐ", "MOTA": "Phí"},
                        ],
                    },
                    {"THOIGIANGIAIQUYET": "4", "DONVITINH": "Tuần trăng", "MOTA": "khi phải xác minh", "PHILEPHI": []},
                ],
            }
        ],
        "THANHPHANHOSO": [
            {"TRUONGHOP": "", "GIAYTO": [{"MAGIAYTO": "G1", "TENGIAYTO": "Tờ khai", "TENMAUDON": "01", "URL": ""}]}
        ],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": "Công dân Việt Nam"}],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ1", "TENKETQUA": "Giấy khai sinh"}],
        "CANCUPHAPLY": [{"SOVANBAN": "60/2014/QH13", "TENVANBAN": "Luật Hộ tịch"}],
        "COQUANTHUCHIEN": [{"TENDONVI": "UBND cấp xã", "MADONVI": "H18.1"}],
        "YEUCAU": "",
    }
    return {**record, **changes}  # type: ignore[dict-item]  # a test may write what no record should hold


@settings(max_examples=60, deadline=None)
@example(
    replace(WHOLE_DEFINITION, content=replace(WHOLE, declaration=(FieldDefinition("n", "n", "text", default=" "),)))
)
@given(DEFINITIONS)
def test_what_is_exported_imported_and_exported_again_is_the_same(definition: ProcedureDefinition) -> None:
    record = record_of(definition)

    read = definition_of(json.loads(json.dumps(record)))

    assert record_of(read) == record
    assert definition_of(record_of(read)) == read


def test_a_procedure_in_the_form_we_store_comes_back_itself() -> None:
    assert definition_of(record_of(WHOLE_DEFINITION)) == WHOLE_DEFINITION


@pytest.mark.long
def test_every_real_procedure_comes_back_itself() -> None:

    path, count = real_file("procedures.jsonl.gz"), 0
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        ours = portal_definition(Values(json.loads(line)))
        record = record_of(ours)
        read = definition_of(record)
        assert read.digest == ours.digest, ours.code
        assert record_of(read) == record
        count += 1
    assert count > 4_000


def test_the_bytes_are_the_same_each_time_and_hold_no_moment() -> None:
    record = record_of(ProcedureDefinition("1.001193", "Hộ tịch", WHOLE))

    assert packed(lines_of_records([record])) == packed(lines_of_records([record]))
    assert json.loads(document_of_records([record, record])) == {"error_code": "0", "result": [record, record]}
    assert lines_of_records([record]).count(b"\n") == 1


def test_a_record_of_the_service_is_read_whole() -> None:
    read = definition_of(foreign())

    said = read.content
    assert read.code == "1.001193"
    assert read.sector == "Hộ tịch"
    assert said.steps == ("Tại xã", "Nộp", "Nhận")
    assert said.terms.limit == TimeLimit(Decimal(3), LimitUnit.WORKING_DAY)
    assert [channel.method for channel in said.channels] == ["ONLINE", "ONLINE"]
    assert said.papers == (PaperDefinition("Tờ khai", form_no="01"),)
    assert said.implementing_agencies == ("UBND cấp xã",)


def test_no_fee_of_several_is_dropped() -> None:
    fees = definition_of(foreign()).content.channels[0].terms

    assert fees.fee_vnd is None
    assert fees.fee_needs_review
    assert fees.fee_text == "P1: 8000 VNĐ; Lệ phí; P2: 50000 VNĐ; Phí"


def test_a_unit_of_time_that_nobody_knows_is_kept_as_text() -> None:
    terms = definition_of(foreign()).content.channels[1].terms

    assert terms.limit is None
    assert terms.limit_needs_review
    assert terms.limit_text == "4 Tuần trăng; khi phải xác minh"


@pytest.mark.parametrize(
    ("fee", "vnd", "currency", "text", "is_doubtful"),
    [
        ({"SOTIEN": 8000, "DONVI": "Đồng", "MOTA": "Lệ phí"}, 8000, "VND", "Lệ phí", False),
        ({"SOTIEN": "0", "DONVI": "", "MOTA": ""}, 0, "VND", "", False),
        ({"SOTIEN": "10.5", "DONVI": "USD", "MOTA": "Phí"}, None, "USD", "10.5 USD; Phí", True),
        ({"SOTIEN": 2000, "DONVI": "đồng/trang", "MOTA": ""}, None, "VND", "2000 đồng/trang", True),
        ({"SOTIEN": None, "DONVI": "VNĐ", "MOTA": "Theo nghị quyết"}, None, "VND", "Theo nghị quyết", True),
    ],
)
def test_a_fee_is_understood_or_kept_as_text(
    fee: dict[str, object], vnd: int | None, currency: str, text: str, *, is_doubtful: bool
) -> None:
    way = {"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": "", "DONVITINH": "", "PHILEPHI": [fee]}]}

    terms = definition_of(foreign(CACHTHUCTHUCHIEN=[way])).content.terms

    assert (terms.fee_vnd, terms.fee_currency, terms.fee_text) == (vnd, currency, text)
    assert terms.fee_needs_review is is_doubtful


def test_what_a_record_does_not_speak_of_stays_ours() -> None:
    ours = ProcedureDefinition("1.001193", "Hộ tịch", WHOLE)

    read = definition_of({"MATTHC": "1.001193", "TENTTHC": "Tên mới"}, ours).content

    assert read.title == "Tên mới"
    assert read.papers == WHOLE.papers
    assert read.terms == WHOLE.terms
    assert read.level == WHOLE.level


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"MATTHC": "khai sinh"}, "CODE_MALFORMED"),
        ({"TENTTHC": " "}, "TITLE_MISSING"),
        ({"CACHTHUCTHUCHIEN": [{"KENH": "9"}]}, "WORD_UNKNOWN"),
        ({"CAPTHUCHIEN": "Cấp vũ trụ"}, "WORD_UNKNOWN"),
        ({"THANHPHANHOSO": [{"GIAYTO": [{"TENGIAYTO": ""}]}]}, "PAPER_WITHOUT_NAME"),
        ({"THANHPHANHOSO": [{"GIAYTO": [{"TENGIAYTO": "A", "SOBANCHINH": 1000}]}]}, "NOT_A_WHOLE_NUMBER"),
        ({"TRINHTUTHUCHIEN": "Nộp"}, "NOT_JSON"),
        ({"KETQUATHUCHIEN": [1]}, "NOT_A_LIST"),
    ],
)
def test_a_record_that_cannot_be_used_says_why(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(RecordUnclear) as unclear:
        definition_of(foreign(**changes))

    assert unclear.value.fault == fault


@pytest.mark.parametrize(("amount", "unit"), [("1e9", "Ngày"), ("0,5", "Tháng"), ("ba", "Ngày"), ("9" * 30, "Ngày")])
def test_an_impossible_limit_is_kept_as_text(amount: str, unit: str) -> None:
    way = {"KENH": "1", "THOIGIAN": [{"THOIGIANGIAIQUYET": amount, "DONVITINH": unit}]}

    terms = definition_of(foreign(CACHTHUCTHUCHIEN=[way])).content.terms

    assert terms.limit is None
    assert terms.limit_text == f"{amount} {unit}"


def test_the_order_of_the_keys_is_no_difference() -> None:
    record = foreign()

    assert digest_of(record) == digest_of(dict(reversed(record.items())))
    assert code_of(record) == "1.001193"
