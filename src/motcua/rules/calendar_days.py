"""Every day off and every worked Saturday of state agencies, 2017 to 2027, each with its source.

Source: docs/law/working-calendar.md. Days that are neither here nor on a weekend are working days. Lunar dates are
tabulated, never computed (L-04). A holiday that falls on a weekend stands here too: the day off that makes up for it is
its own row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayKind(StrEnum):
    """What a day is for an office; the first two follow from the weekday, the others stand in the table.

    CLOSED is a day on which an office could not work, announced for it alone: a flood, a move.
    """

    WORKING = "WORKING"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"
    COMPENSATORY = "COMPENSATORY"
    SWAPPED_OFF = "SWAPPED_OFF"
    SWAPPED_WORK = "SWAPPED_WORK"
    CLOSED = "CLOSED"


WORKED = frozenset({DayKind.WORKING, DayKind.SWAPPED_WORK})


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A dated exception to the plain week.

    `is_provisional` says that the calendar of its year is still open: working days around it may yet be swapped.
    """

    on: date
    kind: DayKind
    name: str
    name_en: str
    source: str
    is_provisional: bool = False


CALENDAR_FROM = date(2017, 1, 1)
CALENDAR_UNTIL = date(2028, 1, 1)
PROVISIONAL_FROM = date(2027, 1, 1)
"""From this day on the calendar is open: Tết and National Day are decided, swaps of working days are not."""

# Where a date comes from. "[3p]": read in a report of the document, not in the document itself. Fixed dates, and the
# tenth of the third lunar month, need none: they follow from the Code.
CODE_2012 = "Bộ luật Lao động 10/2012/QH13, Điều 115 khoản 1"
MADE_UP_2012 = "Bộ luật Lao động 10/2012/QH13, Điều 115 khoản 3"
CODE_2019 = "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1"
MADE_UP_2019 = "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3"
CHOSEN_2019 = "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 3"
TET_2017 = f"{CODE_2012}; Công văn 9794/VPCP-KGVX ngày 14/11/2016 [3p]"
TET_2018 = f"{CODE_2012}; thông báo ngày 22/12/2017 của Bộ LĐTBXH [3p]"
TET_2019 = f"{CODE_2012}; Công văn 6519/VPCP-KGVX năm 2018 [3p]"
SWAP_2019 = "Công văn 6519/VPCP-KGVX năm 2018 [3p]"
TET_2020 = f"{CODE_2012} [3p: Sở Công Thương Đắk Lắk, 07/01/2020; chưa đối chiếu số thông báo]"
NOTICE_2021 = f"{CHOSEN_2019}; Thông báo 4875/TB-LĐTBXH [3p]"
NOTICE_2022 = f"{CHOSEN_2019}; Thông báo 119/TB-LĐTBXH [3p]"
NOTICE_2023 = f"{CHOSEN_2019}; Thông báo 5034/TB-LĐTBXH [3p]"
NOTICE_2024 = f"{CHOSEN_2019}; Thông báo 5015/TB-LĐTBXH ngày 22/11/2023 [3p]"
SWAP_2024 = "Công văn 2450/VPCP-KGVX ngày 12/4/2024 [3p]"
NOTICE_2025 = f"{CHOSEN_2019}; Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024 [3p]"
SWAP_2025 = "Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024 [3p]"
NOTICE_2026 = f"{CHOSEN_2019}; Thông báo 9441/TB-BNV ngày 16/10/2025 [3p]"
SWAP_NEW_YEAR_2026 = "Công văn 12729/VPCP-KGVX ngày 25/12/2025 [3p]"
SWAP_2026 = "Thông báo 9441/TB-BNV ngày 16/10/2025 [3p]"
CULTURE = "Nghị quyết 28/2026/QH16, Điều 2"
LETTER_2027 = f"{CHOSEN_2019}; Công văn 10065/VPCP-KGVX ngày 02/10/2026 [3p]"

_NAMES = {
    "new-year": ("Tết Dương lịch", "New Year's Day"),
    "tet-28": ("Tết Nguyên đán (28 tháng Chạp)", "Tết, 28th of the twelfth lunar month"),
    "tet-29": ("Tết Nguyên đán (29 tháng Chạp)", "Tết, 29th of the twelfth lunar month"),
    "tet-30": ("Tết Nguyên đán (30 tháng Chạp)", "Tết, 30th of the twelfth lunar month"),
    "tet-1": ("Tết Nguyên đán (mùng 1)", "Tết, first day of the lunar year"),
    "tet-2": ("Tết Nguyên đán (mùng 2)", "Tết, second day of the lunar year"),
    "tet-3": ("Tết Nguyên đán (mùng 3)", "Tết, third day of the lunar year"),
    "tet-4": ("Tết Nguyên đán (mùng 4)", "Tết, fourth day of the lunar year"),
    "tet": ("Tết Nguyên đán", "Tết"),
    "hung-kings": ("Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration Day"),
    "victory": ("Ngày Chiến thắng 30/4", "Victory Day"),
    "labour": ("Ngày Quốc tế lao động 1/5", "Labour Day"),
    "national": ("Quốc khánh", "National Day"),
    "national-adjacent": ("Quốc khánh (ngày liền kề)", "day adjacent to National Day"),
    "culture": ("Ngày Văn hóa Việt Nam", "Vietnamese Culture Day"),
}

_H, _C, _OFF, _WORK = DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAPPED_OFF, DayKind.SWAPPED_WORK

_ROWS: tuple[tuple[str, DayKind, str, str], ...] = (
    ("2017-01-01", _H, "new-year", CODE_2012),
    ("2017-01-02", _C, "new-year", MADE_UP_2012),
    ("2017-01-26", _H, "tet-29", TET_2017),
    ("2017-01-27", _H, "tet-30", TET_2017),
    ("2017-01-28", _H, "tet-1", TET_2017),
    ("2017-01-29", _H, "tet-2", TET_2017),
    ("2017-01-30", _H, "tet-3", TET_2017),
    ("2017-01-31", _C, "tet", MADE_UP_2012),
    ("2017-02-01", _C, "tet", MADE_UP_2012),
    ("2017-04-06", _H, "hung-kings", CODE_2012),
    ("2017-04-30", _H, "victory", CODE_2012),
    ("2017-05-01", _H, "labour", CODE_2012),
    ("2017-05-02", _C, "victory", MADE_UP_2012),
    ("2017-09-02", _H, "national", CODE_2012),
    ("2017-09-04", _C, "national", MADE_UP_2012),
    ("2018-01-01", _H, "new-year", CODE_2012),
    ("2018-02-14", _H, "tet-29", TET_2018),
    ("2018-02-15", _H, "tet-30", TET_2018),
    ("2018-02-16", _H, "tet-1", TET_2018),
    ("2018-02-17", _H, "tet-2", TET_2018),
    ("2018-02-18", _H, "tet-3", TET_2018),
    ("2018-02-19", _C, "tet", MADE_UP_2012),
    ("2018-02-20", _C, "tet", MADE_UP_2012),
    ("2018-04-25", _H, "hung-kings", CODE_2012),
    ("2018-04-30", _H, "victory", CODE_2012),
    ("2018-05-01", _H, "labour", CODE_2012),
    ("2018-09-02", _H, "national", CODE_2012),
    ("2018-09-03", _C, "national", MADE_UP_2012),
    ("2018-12-31", _OFF, "new-year", SWAP_2019),
    ("2019-01-01", _H, "new-year", CODE_2012),
    ("2019-01-05", _WORK, "new-year", SWAP_2019),
    ("2019-02-04", _H, "tet-30", TET_2019),
    ("2019-02-05", _H, "tet-1", TET_2019),
    ("2019-02-06", _H, "tet-2", TET_2019),
    ("2019-02-07", _H, "tet-3", TET_2019),
    ("2019-02-08", _H, "tet-4", TET_2019),
    ("2019-04-14", _H, "hung-kings", CODE_2012),
    ("2019-04-15", _C, "hung-kings", MADE_UP_2012),
    ("2019-04-29", _OFF, "victory", SWAP_2019),
    ("2019-04-30", _H, "victory", CODE_2012),
    ("2019-05-01", _H, "labour", CODE_2012),
    ("2019-05-04", _WORK, "victory", SWAP_2019),
    ("2019-09-02", _H, "national", CODE_2012),
    ("2020-01-01", _H, "new-year", CODE_2012),
    ("2020-01-23", _H, "tet-29", TET_2020),
    ("2020-01-24", _H, "tet-30", TET_2020),
    ("2020-01-25", _H, "tet-1", TET_2020),
    ("2020-01-26", _H, "tet-2", TET_2020),
    ("2020-01-27", _H, "tet-3", TET_2020),
    ("2020-01-28", _C, "tet", MADE_UP_2012),
    ("2020-01-29", _C, "tet", MADE_UP_2012),
    ("2020-04-02", _H, "hung-kings", CODE_2012),
    ("2020-04-30", _H, "victory", CODE_2012),
    ("2020-05-01", _H, "labour", CODE_2012),
    ("2020-09-02", _H, "national", CODE_2012),
    ("2021-01-01", _H, "new-year", CODE_2019),
    ("2021-02-10", _H, "tet-29", NOTICE_2021),
    ("2021-02-11", _H, "tet-30", NOTICE_2021),
    ("2021-02-12", _H, "tet-1", NOTICE_2021),
    ("2021-02-13", _H, "tet-2", NOTICE_2021),
    ("2021-02-14", _H, "tet-3", NOTICE_2021),
    ("2021-02-15", _C, "tet", MADE_UP_2019),
    ("2021-02-16", _C, "tet", MADE_UP_2019),
    ("2021-04-21", _H, "hung-kings", CODE_2019),
    ("2021-04-30", _H, "victory", CODE_2019),
    ("2021-05-01", _H, "labour", CODE_2019),
    ("2021-05-03", _C, "labour", MADE_UP_2019),
    ("2021-09-02", _H, "national", CODE_2019),
    ("2021-09-03", _H, "national-adjacent", NOTICE_2021),
    ("2022-01-01", _H, "new-year", CODE_2019),
    ("2022-01-03", _C, "new-year", MADE_UP_2019),
    ("2022-01-31", _H, "tet-29", NOTICE_2022),
    ("2022-02-01", _H, "tet-1", NOTICE_2022),
    ("2022-02-02", _H, "tet-2", NOTICE_2022),
    ("2022-02-03", _H, "tet-3", NOTICE_2022),
    ("2022-02-04", _H, "tet-4", NOTICE_2022),
    ("2022-04-10", _H, "hung-kings", CODE_2019),
    ("2022-04-11", _C, "hung-kings", MADE_UP_2019),
    ("2022-04-30", _H, "victory", CODE_2019),
    ("2022-05-01", _H, "labour", CODE_2019),
    ("2022-05-02", _C, "victory", MADE_UP_2019),
    ("2022-05-03", _C, "labour", MADE_UP_2019),
    ("2022-09-01", _H, "national-adjacent", NOTICE_2022),
    ("2022-09-02", _H, "national", CODE_2019),
    ("2023-01-01", _H, "new-year", CODE_2019),
    ("2023-01-02", _C, "new-year", MADE_UP_2019),
    ("2023-01-20", _H, "tet-29", NOTICE_2023),
    ("2023-01-21", _H, "tet-30", NOTICE_2023),
    ("2023-01-22", _H, "tet-1", NOTICE_2023),
    ("2023-01-23", _H, "tet-2", NOTICE_2023),
    ("2023-01-24", _H, "tet-3", NOTICE_2023),
    ("2023-01-25", _C, "tet", MADE_UP_2019),
    ("2023-01-26", _C, "tet", MADE_UP_2019),
    ("2023-04-29", _H, "hung-kings", CODE_2019),
    ("2023-04-30", _H, "victory", CODE_2019),
    ("2023-05-01", _H, "labour", CODE_2019),
    ("2023-05-02", _C, "hung-kings", MADE_UP_2019),
    ("2023-05-03", _C, "victory", MADE_UP_2019),
    ("2023-09-01", _H, "national-adjacent", NOTICE_2023),
    ("2023-09-02", _H, "national", CODE_2019),
    ("2023-09-04", _C, "national", MADE_UP_2019),
    ("2024-01-01", _H, "new-year", CODE_2019),
    ("2024-02-08", _H, "tet-29", NOTICE_2024),
    ("2024-02-09", _H, "tet-30", NOTICE_2024),
    ("2024-02-10", _H, "tet-1", NOTICE_2024),
    ("2024-02-11", _H, "tet-2", NOTICE_2024),
    ("2024-02-12", _H, "tet-3", NOTICE_2024),
    ("2024-02-13", _C, "tet", MADE_UP_2019),
    ("2024-02-14", _C, "tet", MADE_UP_2019),
    ("2024-04-18", _H, "hung-kings", CODE_2019),
    ("2024-04-29", _OFF, "victory", SWAP_2024),
    ("2024-04-30", _H, "victory", CODE_2019),
    ("2024-05-01", _H, "labour", CODE_2019),
    ("2024-05-04", _WORK, "victory", SWAP_2024),
    ("2024-09-02", _H, "national", CODE_2019),
    ("2024-09-03", _H, "national-adjacent", NOTICE_2024),
    ("2025-01-01", _H, "new-year", CODE_2019),
    ("2025-01-27", _H, "tet-28", NOTICE_2025),
    ("2025-01-28", _H, "tet-29", NOTICE_2025),
    ("2025-01-29", _H, "tet-1", NOTICE_2025),
    ("2025-01-30", _H, "tet-2", NOTICE_2025),
    ("2025-01-31", _H, "tet-3", NOTICE_2025),
    ("2025-04-07", _H, "hung-kings", CODE_2019),
    ("2025-04-26", _WORK, "labour", SWAP_2025),
    ("2025-04-30", _H, "victory", CODE_2019),
    ("2025-05-01", _H, "labour", CODE_2019),
    ("2025-05-02", _OFF, "labour", SWAP_2025),
    ("2025-09-01", _H, "national-adjacent", NOTICE_2025),
    ("2025-09-02", _H, "national", CODE_2019),
    ("2026-01-01", _H, "new-year", CODE_2019),
    ("2026-01-02", _OFF, "new-year", SWAP_NEW_YEAR_2026),
    ("2026-01-10", _WORK, "new-year", SWAP_NEW_YEAR_2026),
    ("2026-02-16", _H, "tet-29", NOTICE_2026),
    ("2026-02-17", _H, "tet-1", NOTICE_2026),
    ("2026-02-18", _H, "tet-2", NOTICE_2026),
    ("2026-02-19", _H, "tet-3", NOTICE_2026),
    ("2026-02-20", _H, "tet-4", NOTICE_2026),
    ("2026-04-26", _H, "hung-kings", CODE_2019),
    ("2026-04-27", _C, "hung-kings", MADE_UP_2019),
    ("2026-04-30", _H, "victory", CODE_2019),
    ("2026-05-01", _H, "labour", CODE_2019),
    ("2026-08-22", _WORK, "national", SWAP_2026),
    ("2026-08-31", _OFF, "national", SWAP_2026),
    ("2026-09-01", _H, "national-adjacent", NOTICE_2026),
    ("2026-09-02", _H, "national", CODE_2019),
    ("2026-11-24", _H, "culture", CULTURE),
    ("2027-01-01", _H, "new-year", CODE_2019),
    ("2027-02-04", _H, "tet-28", LETTER_2027),
    ("2027-02-05", _H, "tet-29", LETTER_2027),
    ("2027-02-06", _H, "tet-1", LETTER_2027),
    ("2027-02-07", _H, "tet-2", LETTER_2027),
    ("2027-02-08", _H, "tet-3", LETTER_2027),
    ("2027-02-09", _C, "tet", MADE_UP_2019),
    ("2027-02-10", _C, "tet", MADE_UP_2019),
    ("2027-04-16", _H, "hung-kings", CODE_2019),
    ("2027-04-30", _H, "victory", CODE_2019),
    ("2027-05-01", _H, "labour", CODE_2019),
    ("2027-05-03", _C, "labour", MADE_UP_2019),
    ("2027-09-02", _H, "national", CODE_2019),
    ("2027-09-03", _H, "national-adjacent", LETTER_2027),
    ("2027-11-24", _H, "culture", CULTURE),
)


def _days(rows: Iterable[tuple[str, DayKind, str, str]]) -> Iterable[CalendarDay]:
    for text, kind, occasion, source in rows:
        on = date.fromisoformat(text)
        name, name_en = _NAMES[occasion]
        yield CalendarDay(on, kind, name, name_en, source, is_provisional=on >= PROVISIONAL_FROM)


CALENDAR_DAYS: dict[date, CalendarDay] = {day.on: day for day in _days(_ROWS)}
