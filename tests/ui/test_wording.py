from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from motcua.ui import wording

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ENDS_AT = datetime(2021, 2, 22, 17, 0, tzinfo=HANOI)


def test_a_moment_reads_like_the_promise_on_a_receipt() -> None:
    assert wording.moment_in_words(ENDS_AT) == "17:00 thứ Hai, 22/02/2021"


def test_a_moment_stored_in_utc_is_told_at_hanoi_time() -> None:
    new_year = datetime(2025, 12, 31, 18, 30, tzinfo=UTC)

    assert wording.moment_in_words(new_year) == "01:30 thứ Năm, 01/01/2026"
    assert wording.date_in_words(new_year) == "01/01/2026"


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 7, 26), "Chủ nhật, 26/07/2026"),
        (date(2026, 7, 25), "thứ Bảy, 25/07/2026"),
        (date(2026, 1, 2), "thứ Sáu, 02/01/2026"),
    ],
)
def test_a_day_is_named_in_full(on: date, words: str) -> None:
    assert wording.day_in_words(on) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0 đồng"), (8_000, "8.000 đồng"), (150_000, "150.000 đồng"), (12_345_678, "12.345.678 đồng")],
)
def test_dong_are_grouped_by_points(amount: int, words: str) -> None:
    assert wording.dong_in_words(amount) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(hours=11), "còn 1 ngày 3 giờ"),
        (timedelta(hours=8), "còn 1 ngày"),
        (timedelta(hours=7, minutes=59), "còn 7 giờ 59 phút"),
        (timedelta(hours=40, minutes=20), "còn 5 ngày"),
        (timedelta(minutes=20), "còn 20 phút"),
        (timedelta(seconds=59), "đến hạn ngay bây giờ"),
        (timedelta(0), "đến hạn ngay bây giờ"),
        (timedelta(seconds=-1), "vừa quá hạn"),
        (timedelta(hours=-2), "quá hạn 2 giờ"),
        (timedelta(hours=-19), "quá hạn 2 ngày 3 giờ"),
    ],
)
def test_time_left_counts_days_of_eight_working_hours(span: timedelta, words: str) -> None:
    assert wording.time_left(span) == words


@pytest.mark.usefixtures("_in_english")
def test_every_day_and_month_has_its_english_name() -> None:
    week = [wording.day_in_words(date(2026, 3, day)).split()[0] for day in range(2, 9)]
    year = [wording.date_in_words(date(2026, month, 1)).split()[1] for month in range(1, 13)]

    assert week == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    assert year == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.usefixtures("_in_english")
def test_english_follows_the_active_language() -> None:
    assert wording.moment_in_words(ENDS_AT) == "17:00 on Monday 22 Feb 2021"
    assert wording.date_in_words(date(2026, 1, 2)) == "2 Jan 2026"
    assert wording.dong_in_words(150_000) == "150,000 dong"
    assert wording.time_left(timedelta(hours=11)) == "1 day 3 hours left"
    assert wording.time_left(timedelta(hours=-17)) == "2 days 1 hour overdue"
