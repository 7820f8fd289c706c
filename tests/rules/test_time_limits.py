from decimal import Decimal
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.time_limits import (
    AT_ONCE,
    WHOLE_ONLY,
    Language,
    LimitUnit,
    TimeLimit,
    TimeLimitUnclear,
    format_time_limit,
    parse_time_limit,
)
from motcua.rules.vietnamese import unaccented

U = LimitUnit


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5 ngày làm việc", "5", U.WORKING_DAY),
        ("5 Ngày làm việc", "5", U.WORKING_DAY),
        ("05 ngày làm việc.", "5", U.WORKING_DAY),
        ("0,5 ngày làm việc", "0.5", U.WORKING_DAY),
        ("0.5 ngày làm việc", "0.5", U.WORKING_DAY),
        ("1,25 ngày làm việc", "1.25", U.WORKING_DAY),
        ("nửa ngày làm việc", "0.5", U.WORKING_DAY),
        ("1/2 ngày làm việc", "0.5", U.WORKING_DAY),
        ("½ ngày làm việc", "0.5", U.WORKING_DAY),
        ("5 ngay lam viec", "5", U.WORKING_DAY),
        ("5 NGAY LAM VIEC", "5", U.WORKING_DAY),
        ("0,5 ngay lam viec", "0.5", U.WORKING_DAY),
        ("nua ngay lam viec", "0.5", U.WORKING_DAY),
        ("hai (02) ngay lam viec", "2", U.WORKING_DAY),
        ("02 (hai) ngay lam viec ke tu ngay nhan du ho so", "2", U.WORKING_DAY),
        ("khong qua 8 gio lam viec", "8", U.WORKING_HOUR),
        ("15 ngay", "15", U.DAY),
        ("nam ngay", "5", U.DAY),
        ("3 thang", "3", U.MONTH),
        ("1 nam", "1", U.YEAR),
        ("trong ngay", "0", U.IMMEDIATE),
        ("ngay", "0", U.IMMEDIATE),
        ("tra ket qua ngay", "0", U.IMMEDIATE),
        ("8h làm việc", "8", U.WORKING_HOUR),
        ("8h lam viec", "8", U.WORKING_HOUR),
        ("24h", "24", U.HOUR),
        ("5 NGÀY LÀM VIỆC", "5", U.WORKING_DAY),
        ("hai (02) ngày làm việc", "2", U.WORKING_DAY),
        ("03 (ba) ngày làm việc", "3", U.WORKING_DAY),
        ("Hai mươi (20) ngày làm việc", "20", U.WORKING_DAY),
        ("mười lăm ngày", "15", U.DAY),
        ("bốn mươi lăm ngày", "45", U.DAY),
        ("năm ngày làm việc", "5", U.WORKING_DAY),
        ("năm năm", "5", U.YEAR),
        ("20 ngày", "20", U.DAY),
        ("2 tuần", "14", U.DAY),
        ("4 giờ làm việc", "4", U.WORKING_HOUR),
        ("8 giờ", "8", U.HOUR),
        ("24 Giờ", "24", U.HOUR),
        ("1,5 giờ", "1.5", U.HOUR),
        ("1 tháng", "1", U.MONTH),
        ("03 năm", "3", U.YEAR),
        ("Không quá 10 ngày làm việc.", "10", U.WORKING_DAY),
        ("Trong thời hạn 03 (ba) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.", "3", U.WORKING_DAY),
        ("15 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ", "15", U.WORKING_DAY),
        ("trong vòng 7 ngày, tính từ khi nhận đủ hồ sơ", "7", U.DAY),
        ("08 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ, hợp lệ", "8", U.WORKING_DAY),
        ("5 working days", "5", U.WORKING_DAY),
        ("5 business days", "5", U.WORKING_DAY),
        ("half a working day", "0.5", U.WORKING_DAY),
        ("a working day", "1", U.WORKING_DAY),
        ("three (3) working days", "3", U.WORKING_DAY),
        ("within 10 calendar days from receipt of a complete dossier", "10", U.DAY),
        ("8 working hours", "8", U.WORKING_HOUR),
        ("2 hours", "2", U.HOUR),
        ("1 month", "1", U.MONTH),
        ("2 weeks", "14", U.DAY),
        ("trong ngày", "0", U.IMMEDIATE),
        ("Ngay trong ngày làm việc", "0", U.IMMEDIATE),
        ("trong ngày tiếp nhận hồ sơ", "0", U.IMMEDIATE),
        ("ngay khi nhận đủ hồ sơ", "0", U.IMMEDIATE),
        ("Ngay sau khi nhận được hồ sơ", "0", U.IMMEDIATE),
        ("giải quyết ngay", "0", U.IMMEDIATE),
        ("Trả kết quả ngay", "0", U.IMMEDIATE),
        ("same day", "0", U.IMMEDIATE),
        ("immediately", "0", U.IMMEDIATE),
        (
            (
                "Ngay trong ngày tiếp nhận yêu cầu, trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì "
                "trả kết quả trong ngày làm việc tiếp theo."
            ),
            "0",
            U.SAME_DAY,
        ),
        (
            (
                "Trong ngày cơ quan, tổ chức tiếp nhận yêu cầu hoặc trong ngày làm việc tiếp theo, nếu tiếp nhận yêu "
                "cầu sau 15 giờ"
            ),
            "0",
            U.SAME_DAY,
        ),
    ],
)
def test_a_limit_is_read(text: str, amount: str, unit: LimitUnit) -> None:
    assert parse_time_limit(text) == TimeLimit(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("3", id="a bare number"),
        pytest.param("1 (đơn vị khác/không nêu)", id="a number whose unit is not named"),
        pytest.param("", id="nothing"),
        pytest.param("Không quy định", id="not set"),
        pytest.param("0 giờ", id="no time at all"),
        pytest.param("0 ngày làm việc", id="no day at all"),
        pytest.param("1.000 ngày", id="a thousand or one"),
        pytest.param("99999 ngày", id="beyond reason"),
        pytest.param("-5 ngày", id="a negative amount"),
        pytest.param("nửa ngày", id="half a day: twelve hours or four"),
        pytest.param("nua ngay", id="half a day, typed without marks"),
        pytest.param("sau ngay lam viec", id="six days or after the day: not to be told without marks"),
        pytest.param("5 ngày lam viec", id="marks on half the words"),
        pytest.param("5 ngay lam viec hoac 10 ngay lam viec", id="two amounts, typed without marks"),
        pytest.param("5 ngay; truong hop khac 10", id="two cases, typed without marks"),
        pytest.param("0,5 tháng", id="half a month"),
        pytest.param("03 (bốn) ngày làm việc", id="digits and words disagree"),
        pytest.param("03 (x) ngày làm việc", id="a bracket that says nothing"),
        pytest.param("02 tháng và 15 ngày làm việc", id="two units"),
        pytest.param("07 ngày làm việc; trường hợp phải xác minh thì không quá 12 ngày làm việc", id="two cases"),
        pytest.param("07 ngày làm việc hoặc 30 ngày làm việc", id="two amounts"),
        pytest.param("10 ngày kể từ ngày nhận hồ sơ, 15 ngày kể từ ngày nhận ý kiến", id="two limits from receipt"),
        pytest.param("10 ngày làm việc kể từ khi kết thúc thời hạn nộp hồ sơ", id="not counted from the receipt"),
        pytest.param("5 ngày kể từ ngày nhận hồ sơ, các cơ quan liên quan góp ý", id="somebody else's limit"),
        pytest.param("05 ngày làm việc đối với việc đăng ký giám hộ", id="one case only"),
        pytest.param("03 năm một lần vào dịp kỷ niệm ngày Quốc khánh 2/9", id="a recurrence"),
        pytest.param("25 ngày làm việ c", id="a broken word"),
        pytest.param("Ngay trước khi tàu rời cảng", id="before something else"),
        pytest.param("Ngay trong ngày nếu đủ điều kiện thanh toán", id="on a condition"),
        pytest.param("ngay trong ngày, chậm nhất 3 ngày làm việc", id="at once or later"),
        pytest.param(
            "Ngay trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo. Cần xác minh thì 3 ngày làm việc",
            id="at once, or three days in another case",
        ),
    ],
)
def test_what_is_not_clear_is_refused(text: str) -> None:
    with pytest.raises(TimeLimitUnclear) as refused:
        parse_time_limit(text)

    assert refused.value.text == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["5 ngày làm việc", "Năm (05) NGÀY làm việc kể từ ngày nhận đủ hồ sơ"])
def test_composed_and_decomposed_letters_are_read(form: Literal["NFC", "NFD"], text: str) -> None:
    assert parse_time_limit(normalize(form, text)) == TimeLimit(Decimal(5), U.WORKING_DAY)


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("-1", U.DAY), ("0", U.DAY), ("1", U.IMMEDIATE), ("1", U.SAME_DAY), ("0.5", U.DAY), ("1.5", U.MONTH)],
)
def test_a_unit_refuses_an_amount_it_does_not_know(amount: str, unit: LimitUnit) -> None:
    with pytest.raises(TimeLimitUnclear):
        TimeLimit(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("limit", "language", "text"),
    [
        (TimeLimit(Decimal("0.5"), U.WORKING_DAY), "vi", "0,5 ngày làm việc"),
        (TimeLimit(Decimal("5.00"), U.WORKING_DAY), "vi", "5 ngày làm việc"),
        (TimeLimit(Decimal(30), U.DAY), "vi", "30 ngày"),
        (TimeLimit(Decimal("0.5"), U.WORKING_DAY), "en", "0.5 working day"),
        (TimeLimit(Decimal(1), U.MONTH), "en", "1 month"),
        (TimeLimit(Decimal(20), U.DAY), "en", "20 days"),
        (TimeLimit(Decimal(0), U.IMMEDIATE), "en", "the same day"),
    ],
)
def test_a_limit_is_written(limit: TimeLimit, language: Language, text: str) -> None:
    assert format_time_limit(limit, language) == text


def limits() -> st.SearchStrategy[TimeLimit]:
    whole = st.integers(1, 999).map(Decimal)
    parts = st.integers(1, 9999).map(lambda hundredths: Decimal(hundredths) / 100)
    return st.sampled_from(LimitUnit).flatmap(
        lambda unit: st.builds(
            TimeLimit,
            st.just(Decimal(0)) if unit in AT_ONCE else whole if unit in WHOLE_ONLY else parts,
            st.just(unit),
        )
    )


@given(limit=limits())
def test_what_is_written_is_read_back_when_typed_without_marks(limit: TimeLimit) -> None:
    typed = unaccented(format_time_limit(limit))

    assert typed.isascii()
    assert parse_time_limit(typed) == limit


@given(limit=limits(), language=st.sampled_from(["vi", "en"]))
def test_what_is_written_is_read_back(limit: TimeLimit, language: Language) -> None:
    assert parse_time_limit(format_time_limit(limit, language)) == limit
