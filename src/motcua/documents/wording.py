"""Moments and text as papers print them."""

import unicodedata
from datetime import date, datetime

from motcua.documents.fonts import printable

STAND_IN = "□"
_FIRST_MONTHS = 2
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
REGISTER_COLUMNS = (
    "TT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Số bộ",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Ngày nhận hồ sơ",
    "Ngày hẹn trả kết quả",
    "Ngày trả kết quả",
    "Phương thức nhận kết quả",
    "Người nhận",
    "Ghi chú",
)
"""The columns of the prescribed register (B-37), as a table that is taken away has them."""


def date_in_words(at: datetime) -> str:
    """Write the day as Decree 30/2020 asks: "ngày 09 tháng 3 năm 2026"; days below 10, months 1 and 2 take a zero."""
    month = f"{at.month:02}" if at.month <= _FIRST_MONTHS else f"{at.month}"
    return f"ngày {at.day:02} tháng {month} năm {at.year}"


def moment_in_words(at: datetime) -> str:
    """Write the moment as forms do: "17 giờ 00 phút, ngày 09 tháng 3 năm 2026"."""
    return f"{at:%H} giờ {at:%M} phút, {date_in_words(at)}"


def moment_in_short(at: datetime) -> str:
    """Write the moment as fits a narrow column: "17 giờ 00, 09/03/2026"."""
    return f"{at:%H} giờ {at:%M}, {at:%d/%m/%Y}"


def day_with_weekday(day: date) -> str:
    """Write a day as a table of days has it: "Thứ Hai, 02/03/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def count_in_words(count: int) -> str:
    """Write a small count as forms do, "01"; nothing for zero."""
    return f"{count:02}" if count else ""


def typeset(text: str) -> str:
    """Return `text` with only what can be printed: line breaks stay, other control signs go, unknown signs become □."""
    return "".join(map(_sign, unicodedata.normalize("NFC", text)))


def _sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if unicodedata.category(sign).startswith("C"):
        return ""
    return sign if ord(sign) in printable() else STAND_IN
