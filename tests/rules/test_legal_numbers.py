"""Numbers of legal documents: read, written as we store them, found in a text (J-02, J-10)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.legal_numbers import (
    KIND_OF_MARK,
    Kind,
    LegalNumber,
    NumberUnclear,
    address_of,
    canonical,
    citations_in,
    kind_of,
    read_number,
)


@pytest.mark.parametrize(
    ("written", "stored", "kind", "is_normative"),
    [
        ("61/2018/NĐ-CP", "61/2018/NĐ-CP", Kind.DECREE, True),
        ("4/2023/NĐ-CP", "04/2023/NĐ-CP", Kind.DECREE, True),
        (" 01/2018/TT - VPCP ", "01/2018/TT-VPCP", Kind.CIRCULAR, True),
        ("64/2025/QH15", "64/2025/QH15", Kind.LAW, True),
        ("06/2013/UBTVQH13", "06/2013/UBTVQH13", Kind.ORDINANCE, True),
        ("28/2005/PL-UBTVQH11", "28/2005/PL-UBTVQH11", Kind.ORDINANCE, True),
        ("20/2013/TTLT-BYT-BCT-BNNPTNT", "20/2013/TTLT-BYT-BCT-BNNPTNT", Kind.JOINT_CIRCULAR, True),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", Kind.RESOLUTION, True),
        ("9b/2013/TT-BTP", "09b/2013/TT-BTP", Kind.CIRCULAR, True),
        ("30a/2008/NQ-CP", "30a/2008/NQ-CP", Kind.RESOLUTION, True),
        ("60/QĐ-UBND", "60/QĐ-UBND", Kind.DECISION, False),
        ("581/BNV-CCHC", "581/BNV-CCHC", Kind.LETTER, False),
        ("12/CTr-UBND", "12/CTr-UBND", Kind.PROGRAMME, False),
    ],
)
def test_a_number_is_read_in_parts_and_written_as_we_store_it(
    written: str, stored: str, kind: Kind, is_normative: bool
) -> None:
    number = read_number(written)

    assert (str(number), kind_of(number), number.looks_normative) == (stored, kind, is_normative)


@pytest.mark.parametrize("text", ["", "Luật Hộ tịch", "61", "61/2018", "61/2018/", "abc/2018/NĐ-CP", "61/2018/NĐ"])
def test_what_is_no_number_is_refused_and_kept_as_it_is(text: str) -> None:
    with pytest.raises(NumberUnclear):
        read_number(text)

    assert canonical(text) == text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1/2018/TT-VPCP", "01/2018/TT-VPCP"),
        ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", "61/2018/NĐ-CP"),
        ("61/2018/NĐ-CP và 107/2021/NĐ-CP", "61/2018/NĐ-CP và 107/2021/NĐ-CP"),
    ],
)
def test_a_basis_is_stored_by_the_one_number_it_names(typed: str, stored: str) -> None:
    assert canonical(typed) == stored


def test_a_mark_nobody_knows_is_a_letter() -> None:
    assert kind_of(LegalNumber("01", None, "XX", "UBND")) is Kind.OTHER
    assert kind_of(read_number("01/XX-UBND")) is Kind.LETTER


@given(
    st.integers(1, 9999),
    st.none() | st.integers(1945, 2099),
    st.sampled_from(sorted(KIND_OF_MARK)),
    st.sampled_from(["CP", "TTg", "UBND", "HĐND", "BTP"]),
)
def test_what_is_written_is_read_back(number: int, year: int | None, mark: str, issuer: str) -> None:
    whole = LegalNumber(str(number).zfill(2), year, mark, issuer)

    assert read_number(str(whole)) == whole
    assert [cited.number for cited in citations_in(f"theo {whole} và sau đó")] == [whole]


def test_the_address_tells_local_numbers_apart() -> None:
    assert address_of("61/2018/NĐ-CP") == "61-2018-nd-cp"
    assert address_of("02/2021/NQ-HĐND", "Kiên Giang") == "02-2021-nq-hdnd-kien-giang"


def test_citations_are_found_with_their_day_and_articles() -> None:
    text = (
        "Căn cứ điểm a khoản 2 Điều 5 Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025; "
        "Công văn số 581/BNV-CCHC; Quyết định số 60/QĐ-UBND ngày 31/02/2018, hồ sơ 12/34."
    )

    found = list(citations_in(text))

    assert [(str(one.number), one.on, one.articles) for one in found] == [
        ("61/2018/NĐ-CP", date(2018, 4, 23), "điểm a khoản 2 Điều 5"),
        ("72/2025/QH15", date(2025, 6, 16), ""),
        ("581/BNV-CCHC", None, ""),
        ("60/QĐ-UBND", None, ""),
    ]


def test_a_number_cited_twice_is_found_twice_and_inside_a_word_never() -> None:
    found = [one.start for one in citations_in("61/2018/NĐ-CP, 61/2018/NĐ-CP; x61/2018/NĐ-CP")]

    assert found == [0, 15]
