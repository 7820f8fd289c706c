from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadlines import (
    CountingMode,
    DerivationLine,
    LineKind,
    derivation_as_json,
    due_at,
    due_moment,
    due_moment_as_json,
)
from motcua.rules.time_limits import AT_ONCE, WHOLE_ONLY, LimitUnit, TimeLimit, parse_time_limit
from motcua.rules.working_time import HANOI, OfficeHours, working_calendar

CALENDAR = working_calendar()
K = LineKind


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def lines(received: str, limit: str | TimeLimit, mode: CountingMode = CountingMode.CIVIL) -> tuple[DerivationLine, ...]:
    asked = parse_time_limit(limit) if isinstance(limit, str) else limit
    return due_moment(at(received), asked, CALENDAR, mode).derivation


def texts(told: tuple[DerivationLine, ...]) -> list[str]:
    return [f"{line.on:%d/%m} {line.text_vi}" for line in told]


def test_five_working_days_over_tet_are_told_day_by_day() -> None:
    told = lines("2021-02-08T10:00", "5 ngày làm việc")

    assert [(line.on.day, line.kind, line.rule_ids) for line in told] == [
        (8, K.RECEIVED, ("L-06",)),
        (9, K.COUNTED, ("L-06",)),
        *((day, K.HOLIDAY, ("L-03",)) for day in range(10, 15)),
        (15, K.COMPENSATORY, ("L-03",)),
        (16, K.COMPENSATORY, ("L-03",)),
        (17, K.COUNTED, ("L-06",)),
        (18, K.COUNTED, ("L-06",)),
        (19, K.COUNTED, ("L-06",)),
        (20, K.WEEKEND, ("L-01",)),
        (21, K.WEEKEND, ("L-01",)),
        (22, K.DUE, ("L-06", "L-08")),
    ]


def test_the_sentences_name_the_holiday_and_number_the_days() -> None:
    told = lines("2021-02-08T10:00", "5 ngày làm việc")

    assert told[0].text("vi") == "Tiếp nhận lúc 10:00; ngày tiếp nhận không tính vào thời hạn."
    assert told[2].text("vi") == "Nghỉ lễ, tết: Tết Nguyên đán (29 tháng Chạp); không tính."
    assert told[2].text("en") == "Public holiday: Tết, 29th of the twelfth lunar month; not counted."
    assert told[-1].text("vi") == "Ngày làm việc thứ 5, ngày cuối: hết hạn lúc 17:00."
    assert told[-1].text("en") == "Working day 5, the last: due at 17:00."


def test_a_swapped_day_off_and_its_worked_saturday_are_named() -> None:
    told = lines("2026-08-20T10:00", "8 ngày làm việc")
    kinds = {line.on: line.kind for line in told}

    assert kinds[date(2026, 8, 22)] is K.SWAPPED_WORK
    assert kinds[date(2026, 8, 31)] is K.SWAPPED_OFF
    assert "22/08 Ngày làm việc thứ 2: làm bù do hoán đổi ngày làm việc (Quốc khánh)." in texts(told)
    assert "31/08 Nghỉ hoán đổi: Quốc khánh; không tính." in texts(told)


def test_a_limit_may_end_on_a_worked_saturday() -> None:
    last = lines("2026-08-20T10:00", "2 ngày làm việc")[-1]

    assert last.rule_ids == ("L-04", "L-06", "L-08")
    assert last.text_vi == (
        "Ngày làm việc thứ 2, làm bù do hoán đổi ngày làm việc (Quốc khánh), ngày cuối: hết hạn lúc 17:00."
    )


@pytest.mark.parametrize(
    ("received", "limit", "told"),
    [
        pytest.param(
            "2021-03-26T10:00",
            "0,5 ngày làm việc",
            [
                "26/03 Tiếp nhận lúc 10:00; thời hạn tính từ thời điểm này.",
                "26/03 Tính 4 giờ làm việc: hết hạn lúc 15:30.",
            ],
            id="half a day within the day",
        ),
        pytest.param(
            "2021-03-26T15:30",
            "4 giờ làm việc",
            [
                "26/03 Tiếp nhận lúc 15:30; thời hạn tính từ thời điểm này, trong ngày tính được 1 giờ 30 phút.",
                "27/03 Nghỉ hằng tuần; không tính.",
                "28/03 Nghỉ hằng tuần; không tính.",
                "29/03 Tính 2 giờ 30 phút làm việc: hết hạn lúc 10:00.",
            ],
            id="half a day over a weekend",
        ),
        pytest.param(
            "2026-08-21T18:00",
            "8,5 giờ làm việc",
            [
                "21/08 Tiếp nhận lúc 18:00, ngoài giờ làm việc; thời hạn tính từ khi cơ quan làm việc trở lại.",
                "22/08 Làm bù do hoán đổi ngày làm việc (Quốc khánh): tính 8 giờ làm việc, còn lại 30 phút.",
                "23/08 Nghỉ hằng tuần; không tính.",
                "24/08 Tính 30 phút làm việc: hết hạn lúc 08:00.",
            ],
            id="working hours over a worked Saturday",
        ),
        pytest.param(
            "2021-03-03T16:00",
            "10 giờ làm việc",
            [
                "03/03 Tiếp nhận lúc 16:00; thời hạn tính từ thời điểm này, trong ngày tính được 1 giờ.",
                "04/03 Tính 8 giờ làm việc, còn lại 1 giờ.",
                "05/03 Tính 1 giờ làm việc: hết hạn lúc 08:30.",
            ],
            id="working hours over a whole day",
        ),
        pytest.param(
            "2021-03-04T17:00",
            "0,5 ngày làm việc",
            [
                "04/03 Tiếp nhận lúc 17:00, khi hết giờ làm việc; thời hạn tính từ khi cơ quan làm việc trở lại.",
                "05/03 Tính 4 giờ làm việc: hết hạn lúc 11:30.",
            ],
            id="half a day from the minute of closing",
        ),
        pytest.param(
            "2021-03-04T10:00",
            "1,5 ngày làm việc",
            [
                "04/03 Tiếp nhận lúc 10:00; ngày tiếp nhận không tính vào thời hạn.",
                "05/03 Ngày làm việc thứ 1.",
                "06/03 Nghỉ hằng tuần; không tính.",
                "07/03 Nghỉ hằng tuần; không tính.",
                "08/03 Tính thêm 4 giờ làm việc: hết hạn lúc 11:30.",
            ],
            id="a day and a half",
        ),
        pytest.param(
            "2021-05-01T10:00",
            "1 ngày",
            [
                "01/05 Tiếp nhận lúc 10:00; ngày tiếp nhận không tính vào thời hạn.",
                (
                    "02/05 Ngày thứ 1, ngày cuối của thời hạn; nghỉ hằng tuần, nên thời hạn kéo dài đến hết ngày làm "
                    "việc tiếp theo."
                ),
                "03/05 Nghỉ bù: Ngày Quốc tế lao động 1/5; thời hạn kéo dài đến hết ngày làm việc tiếp theo.",
                "04/05 Ngày làm việc tiếp theo sau ngày nghỉ: hết hạn lúc 17:00.",
            ],
            id="a calendar day ending on a day off",
        ),
        pytest.param(
            "2021-03-05T10:00",
            "4 ngày",
            [
                "05/03 Tiếp nhận lúc 10:00; ngày tiếp nhận không tính vào thời hạn.",
                "06/03 Ngày thứ 1; nghỉ hằng tuần, vẫn tính.",
                "07/03 Ngày thứ 2; nghỉ hằng tuần, vẫn tính.",
                "08/03 Ngày thứ 3.",
                "09/03 Ngày thứ 4, ngày cuối: hết hạn lúc 17:00.",
            ],
            id="calendar days over a weekend",
        ),
        pytest.param(
            "2021-03-01T08:00",
            "8 giờ",
            ["01/03 Tiếp nhận lúc 08:00; thời hạn tính từ thời điểm này.", "01/03 Hết hạn lúc 16:00."],
            id="clock hours within the day",
        ),
        pytest.param(
            "2021-03-05T14:00",
            "8 giờ",
            [
                "05/03 Tiếp nhận lúc 14:00; thời hạn tính từ thời điểm này.",
                "06/03 Nghỉ hằng tuần; không tính.",
                "07/03 Nghỉ hằng tuần; không tính.",
                (
                    "08/03 Thời hạn hết lúc 22:00 ngày 05/03/2021, ngoài giờ làm việc: hết hạn khi cơ quan làm việc "
                    "trở lại, lúc 07:30."
                ),
            ],
            id="clock hours ending on a Friday night",
        ),
        pytest.param(
            "2021-03-02T18:00",
            "24 giờ",
            [
                "02/03 Tiếp nhận lúc 18:00; thời hạn tính từ thời điểm này.",
                "03/03 Thời hạn tính bằng giờ vẫn chạy.",
                (
                    "04/03 Thời hạn hết lúc 18:00 ngày 03/03/2021, ngoài giờ làm việc: hết hạn khi cơ quan làm việc "
                    "trở lại, lúc 07:30."
                ),
            ],
            id="clock hours ending on the evening of a day between",
        ),
        pytest.param(
            "2021-03-04T10:00",
            "48 giờ",
            [
                "04/03 Tiếp nhận lúc 10:00; thời hạn tính từ thời điểm này.",
                "05/03 Thời hạn tính bằng giờ vẫn chạy.",
                "06/03 Thời hạn hết lúc 10:00; nghỉ hằng tuần, nên thời hạn kéo dài đến hết ngày làm việc tiếp theo.",
                "07/03 Nghỉ hằng tuần; thời hạn kéo dài đến hết ngày làm việc tiếp theo.",
                "08/03 Ngày làm việc tiếp theo sau ngày nghỉ: hết hạn lúc 17:00.",
            ],
            id="clock hours ending on a Saturday",
        ),
        pytest.param(
            "2021-03-05T09:00",
            "trong ngày",
            [
                "05/03 Tiếp nhận lúc 09:00; giải quyết ngay trong ngày.",
                "05/03 Hết hạn khi hết giờ làm việc, lúc 17:00.",
            ],
            id="at once",
        ),
        pytest.param(
            "2021-03-06T09:00",
            "trong ngày",
            [
                "06/03 Tiếp nhận lúc 09:00, khi cơ quan không làm việc; giải quyết trong ngày làm việc tiếp theo.",
                "07/03 Nghỉ hằng tuần; không tính.",
                "08/03 Hết hạn khi hết giờ làm việc, lúc 17:00.",
            ],
            id="at once, on a Saturday",
        ),
        pytest.param(
            "2021-03-04T15:30",
            TimeLimit(Decimal(0), LimitUnit.SAME_DAY),
            [
                "04/03 Tiếp nhận lúc 15:30, sau 15 giờ; được trả trong ngày làm việc tiếp theo.",
                "05/03 Hết hạn khi hết giờ làm việc, lúc 17:00.",
            ],
            id="the same day, after 15:00",
        ),
    ],
)
def test_each_way_of_counting_has_its_sentences(received: str, limit: str | TimeLimit, told: list[str]) -> None:
    assert texts(lines(received, limit)) == told


def test_hours_that_would_outlast_the_days_of_the_law_are_told_to_be_held() -> None:
    four_hours = working_calendar(OfficeHours.parse("08:00-12:00"))
    moment = due_moment(at("2021-03-04T10:00"), parse_time_limit("2 ngày làm việc"), four_hours, CountingMode.ROLLING)

    assert texts(moment.derivation) == [
        "04/03 Tiếp nhận lúc 10:00; thời hạn tính từ thời điểm này, trong ngày tính được 2 giờ.",
        "05/03 Tính 4 giờ làm việc, còn lại 10 giờ.",
        "06/03 Nghỉ hằng tuần; không tính.",
        "07/03 Nghỉ hằng tuần; không tính.",
        "08/03 Tính 4 giờ làm việc: hết hạn khi hết giờ làm việc, lúc 12:00, vì không được quá 2 ngày làm việc.",
    ]
    assert moment.derivation[-1].rule_ids == ("L-06", "L-08")


def test_rolling_days_are_told_in_hours() -> None:
    told = lines("2021-03-04T10:00", "1 ngày làm việc", CountingMode.ROLLING)

    assert [(line.kind, line.rule_ids) for line in told] == [(K.RECEIVED, ("L-08",)), (K.DUE, ("L-08",))]
    assert told[0].text_en == "Received at 10:00; the limit runs from this moment and uses 5 h 30 min of this day."
    assert told[1].text_en == "Uses 2 h 30 min of working time: due at 10:00."


def test_a_due_moment_is_given_as_plain_values() -> None:
    moment = due_moment(at("2021-03-04T10:00"), parse_time_limit("1 ngày làm việc"), CALENDAR)

    assert due_moment_as_json(moment, "en") == {
        "due_at": "2021-03-05T17:00:00+07:00",
        "is_provisional": False,
        "derivation": [
            {
                "date": "2021-03-04",
                "kind": "RECEIVED",
                "text": "Received at 10:00; the day of receipt is not counted.",
                "rules": ["L-06"],
            },
            {
                "date": "2021-03-05",
                "kind": "DUE",
                "text": "Working day 1, the last: due at 17:00.",
                "rules": ["L-06", "L-08"],
            },
        ],
    }
    assert derivation_as_json(moment)[1]["text"] == "Ngày làm việc thứ 1, ngày cuối: hết hạn lúc 17:00."


RECEIPTS = st.datetimes(datetime(2017, 1, 1), datetime(2026, 12, 31), timezones=st.just(HANOI))
MODES = st.sampled_from(CountingMode)


def amounts(unit: LimitUnit) -> st.SearchStrategy[Decimal]:
    if unit in AT_ONCE:
        return st.just(Decimal(0))
    if unit in WHOLE_ONLY:
        return st.integers(1, 1 if unit is LimitUnit.YEAR else 11).map(Decimal)
    return st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4)


LIMITS = st.sampled_from(LimitUnit).flatmap(lambda unit: st.builds(TimeLimit, amounts(unit), st.just(unit)))


@given(received=RECEIPTS, limit=LIMITS, mode=MODES)
def test_the_fast_path_and_the_derivation_agree(received: datetime, limit: TimeLimit, mode: CountingMode) -> None:
    moment = due_moment(received, limit, CALENDAR, mode)
    first, last = moment.derivation[0], moment.derivation[-1]

    assert moment.due_at == due_at(received, limit, CALENDAR, mode)
    assert (first.on, first.kind) == (received.date(), K.RECEIVED)
    assert (last.on, last.kind) == (moment.due_at.date(), K.DUE)
    assert f"{moment.due_at:%H:%M}" in last.text_vi
    assert f"{moment.due_at:%H:%M}" in last.text_en


@given(received=RECEIPTS, limit=LIMITS, mode=MODES)
def test_every_day_between_stands_exactly_once(received: datetime, limit: TimeLimit, mode: CountingMode) -> None:
    days = [line.on for line in due_moment(received, limit, CALENDAR, mode).derivation]

    assert len(days) == max(2, (days[-1] - days[0]).days + 1)
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days[1:]))


@given(received=RECEIPTS, days=st.integers(1, 60))
def test_the_lines_count_as_many_working_days_as_the_limit_has(received: datetime, days: int) -> None:
    limit = TimeLimit(Decimal(days), LimitUnit.WORKING_DAY)
    kinds = [line.kind for line in due_moment(received, limit, CALENDAR).derivation]

    assert sum(kind in {K.COUNTED, K.SWAPPED_WORK, K.DUE} for kind in kinds) == days


@given(received=RECEIPTS, limit=LIMITS, mode=MODES)
def test_no_line_is_left_with_a_blank(received: datetime, limit: TimeLimit, mode: CountingMode) -> None:
    for line in due_moment(received, limit, CALENDAR, mode).derivation:
        assert line.rule_ids
        for text in (line.text_vi, line.text_en):
            assert "{" not in text
            assert ": ;" not in text
            assert text.endswith(".")
            assert text[0].isupper()
