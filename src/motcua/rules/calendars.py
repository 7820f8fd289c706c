"""Which days an office works: the built-in table, and what was announced since.

Source: docs/law/working-calendar.md (L-04, R-15). An announcement only adds: a mistake is put right by a later one.
Where several speak of one day, the narrower scope goes before the wider, within a scope the later before the earlier.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from motcua.rules.calendar_days import (
    CALENDAR_DAYS,
    CALENDAR_FROM,
    CALENDAR_UNTIL,
    PROVISIONAL_FROM,
    CalendarDay,
    DayKind,
)

_SATURDAY = 5
_ON_WEEKDAYS = frozenset({DayKind.WORKING})
_ON_WEEKENDS = frozenset({DayKind.WEEKEND, DayKind.SWAPPED_WORK})


@dataclass(frozen=True, slots=True)
class Announcement:
    """Days announced together by one document; `confirms_year` says that the calendar of that year is now settled."""

    days: tuple[CalendarDay, ...] = ()
    confirms_year: int | None = None


@dataclass(frozen=True, slots=True)
class DayTable:
    """The dated exceptions to the plain week that are known from `CALENDAR_FROM` until `loaded_until`."""

    days: dict[date, CalendarDay] = field(default_factory=lambda: CALENDAR_DAYS)
    loaded_until: date = CALENDAR_UNTIL
    provisional_from: date = PROVISIONAL_FROM


BUILT_IN = DayTable()


def with_announced(announcements: Iterable[Announcement], table: DayTable = BUILT_IN) -> DayTable:
    """Return `table` with all that was announced, told from the widest scope to the narrowest, in each by time.

    A confirmed year is known to its end and provisional no more.
    """
    days, until, provisional = dict(table.days), table.loaded_until, table.provisional_from
    for announcement in announcements:
        days.update((day.on, day) for day in announcement.days)
        if announcement.confirms_year is not None:
            settled = date(announcement.confirms_year + 1, 1, 1)
            until, provisional = max(until, settled), max(provisional, settled)
    return DayTable(days, until, provisional)


class AnnouncementFault(StrEnum):
    """What makes an announcement unusable."""

    SAYS_NOTHING = "SAYS_NOTHING"
    SAID_TWICE = "SAID_TWICE"
    OUTSIDE_THE_CALENDAR = "OUTSIDE_THE_CALENDAR"
    NOT_A_WEEKDAY = "NOT_A_WEEKDAY"
    NOT_A_WEEKEND = "NOT_A_WEEKEND"
    YEAR_NOT_NEXT = "YEAR_NOT_NEXT"
    YEAR_NOT_NATIONWIDE = "YEAR_NOT_NATIONWIDE"


class AnnouncementRefused(Exception):
    """The announcement cannot stand; `on` is the day it is about, None where it is about no single one."""

    def __init__(self, fault: AnnouncementFault, on: date | None = None) -> None:
        super().__init__(f"{fault} {on or ''}".strip())
        self.fault, self.on = fault, on


def check_announcement(announcement: Announcement, table: DayTable, *, is_nationwide: bool) -> None:
    """Raise `AnnouncementRefused` unless `announcement` can be added to `table`.

    A year is confirmed for the whole country, one after the other, and its days may come with it. A plain working day
    is a weekday, a rest day or a worked one in exchange a Saturday or Sunday; every other kind may fall on any day.
    """
    year = announcement.confirms_year
    if not announcement.days and year is None:
        raise AnnouncementRefused(AnnouncementFault.SAYS_NOTHING)
    if year is not None and not is_nationwide:
        raise AnnouncementRefused(AnnouncementFault.YEAR_NOT_NATIONWIDE)
    if year is not None and year != table.provisional_from.year:
        raise AnnouncementRefused(AnnouncementFault.YEAR_NOT_NEXT)
    until = table.loaded_until if year is None else max(table.loaded_until, date(year + 1, 1, 1))
    seen = set[date]()
    for day in announcement.days:
        if day.on in seen:
            raise AnnouncementRefused(AnnouncementFault.SAID_TWICE, day.on)
        seen.add(day.on)
        _check_day(day, until)


def _check_day(day: CalendarDay, until: date) -> None:
    if not CALENDAR_FROM <= day.on < until:
        raise AnnouncementRefused(AnnouncementFault.OUTSIDE_THE_CALENDAR, day.on)
    is_weekend = day.on.weekday() >= _SATURDAY
    if day.kind in _ON_WEEKDAYS and is_weekend:
        raise AnnouncementRefused(AnnouncementFault.NOT_A_WEEKDAY, day.on)
    if day.kind in _ON_WEEKENDS and not is_weekend:
        raise AnnouncementRefused(AnnouncementFault.NOT_A_WEEKEND, day.on)
