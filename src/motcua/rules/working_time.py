"""When an office works: office hours, the dated calendar, and arithmetic with working time.

Source: docs/law/working-calendar.md. Moments are timezone-aware; amounts of working time are `timedelta`s. Nothing here
looks past the loaded calendar: it raises `CalendarExhausted` instead (R-15). A calendar lays its days out once, so that
counting thirty working days costs two look-ups, not thirty.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from motcua.rules.calendar_days import (
    CALENDAR_DAYS,
    CALENDAR_FROM,
    CALENDAR_UNTIL,
    PROVISIONAL_FROM,
    WORKED,
    CalendarDay,
    DayKind,
)
from motcua.rules.calendars import DayTable
from motcua.rules.office_hours import (
    AS_USUAL,
    DEFAULT_HOURS,
    SATURDAY,
    OfficeHours,
    OfficeHoursUnclear,
    OtherDays,
    clock_of,
)

__all__ = [
    "AS_USUAL",
    "DEFAULT_HOURS",
    "HANOI",
    "CalendarExhausted",
    "MomentWithoutZone",
    "OfficeHours",
    "OfficeHoursUnclear",
    "OtherDays",
    "Season",
    "WorkingCalendar",
    "add_working_time",
    "calendar_by",
    "in_hanoi",
    "remaining",
    "working_calendar",
    "working_time_between",
]

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_NOTHING = timedelta()


class CalendarExhausted(Exception):
    """The days from `loaded_from` until `loaded_until` are known; the answer lies outside them."""

    def __init__(self, loaded_from: date, loaded_until: date) -> None:
        super().__init__(f"the working calendar is loaded from {loaded_from} until {loaded_until}, no further")
        self.loaded_from, self.loaded_until = loaded_from, loaded_until


class MomentWithoutZone(Exception):
    """A moment came without its time zone, so nobody knows when it was."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"this moment has no time zone: {moment.isoformat()}")
        self.moment = moment


def in_hanoi(moment: datetime) -> datetime:
    """Return `moment` on the clocks of Viet Nam; raises `MomentWithoutZone` when it is naive."""
    if moment.tzinfo is None:
        raise MomentWithoutZone(moment)
    return moment if moment.tzinfo is HANOI else moment.astimezone(HANOI)


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours that an office keeps from `valid_from` until the next season begins."""

    valid_from: date
    hours: OfficeHours
    other_days: OtherDays = AS_USUAL


@dataclass(frozen=True, slots=True)
class _Table:
    """The working days of a calendar, laid out for look-ups.

    `passed[i]` is how many working days lie before the i-th loaded day (one entry more than there are days). The other
    columns have an entry a working day; `used` is the working time from the first loaded day through its end.
    """

    passed: tuple[int, ...]
    closes: tuple[datetime, ...]
    used: tuple[timedelta, ...]


def _on(day: date, clock: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HANOI) + clock


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkingCalendar:
    """The days an office works and the hours it keeps on them; compared by identity.

    `seasons` replace `hours` and `other_days` from their day on, in order. `days` holds the exceptions to the
    Monday-to-Friday week between `loaded_from` and `loaded_until`; nothing is known outside.
    """

    hours: OfficeHours = DEFAULT_HOURS
    seasons: tuple[Season, ...] = ()
    days: Mapping[date, CalendarDay] = field(default_factory=lambda: CALENDAR_DAYS)
    loaded_from: date = CALENDAR_FROM
    loaded_until: date = CALENDAR_UNTIL
    provisional_from: date = PROVISIONAL_FROM
    other_days: OtherDays = AS_USUAL
    _table: _Table = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_table", self._laid_out())

    def __repr__(self) -> str:
        return f"<WorkingCalendar {self.hours} from {self.loaded_from} until {self.loaded_until}>"

    def day_kind(self, day: date) -> DayKind:
        """Return what `day` is; raises `CalendarExhausted` outside the loaded days."""
        self._offset(day)
        listed = self.days.get(day)
        if listed is not None:
            return listed.kind
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`; raises `CalendarExhausted` outside the loaded days."""
        offset = self._offset(day)
        return self._table.passed[offset] != self._table.passed[offset + 1]

    def is_provisional(self, day: date) -> bool:
        """Tell whether the calendar of `day` may still change."""
        return day >= self.provisional_from

    def hours_on(self, day: date) -> OfficeHours:
        """Return the office hours in force on `day`, whether or not it is a working day."""
        usual, others = self._season_of(day)
        if not others.by_weekday or day.weekday() >= SATURDAY:
            return usual
        return others.hours(day.weekday()) or usual

    def saturday_desk(self, day: date) -> OfficeHours | None:
        """Return when the office receives on `day`, a Saturday that is a plain day off; None if it does not (L-02)."""
        _, others = self._season_of(day)
        if day.weekday() != SATURDAY or self.day_kind(day) is not DayKind.WEEKEND:
            return None
        return others.hours(SATURDAY)

    def reaches_saturday_desk(self, moment: datetime) -> bool:
        """Tell whether `moment` lies on a Saturday before its desk closes."""
        local = in_hanoi(moment)
        desk = self.saturday_desk(local.date())
        return desk is not None and local.time() < desk.closes

    def close_of(self, day: date) -> datetime:
        """Return when the office closes on `day`, or on the next working day when `day` is off (L-06)."""
        return self._close(self._table.passed[self._offset(day)])

    def close_after(self, day: date, count: int) -> datetime:
        """Return when the office closes on the `count`-th working day after `day`; `count` is at least 1."""
        return self._close(self._table.passed[self._offset(day) + 1] + count - 1)

    def close_before(self, day: date) -> datetime:
        """Return when the office closed on the last working day before `day`."""
        return self._close(self._table.passed[self._offset(day)] - 1)

    def working_days_between(self, day: date, last: date) -> int:
        """Return how many working days lie after `day`, up to and including `last`; none when that is not later."""
        passed = self._table.passed
        return max(0, passed[self._offset(last) + 1] - passed[self._offset(day) + 1])

    def opening_from(self, moment: datetime) -> datetime:
        """Return `moment` while the office is open or just closing, otherwise when it opens next."""
        local = in_hanoi(moment)
        day = local.date()
        if self.is_working_day(day):
            for opens, closes in self.hours_on(day).spans:
                if local.time() <= closes:
                    return max(local, datetime.combine(day, opens, HANOI))
        following = self.close_after(day, 1).date()
        return datetime.combine(following, self.hours_on(following).opens, HANOI)

    def used_by(self, moment: datetime) -> timedelta:
        """Return the working time from the first loaded day until `moment`."""
        local = in_hanoi(moment)
        day = local.date()
        offset = self._offset(day)
        passed = self._table.passed
        before = self._table.used[passed[offset] - 1] if passed[offset] else _NOTHING
        if passed[offset] == passed[offset + 1]:
            return before
        return before + self.hours_on(day).worked_by(clock_of(local))

    def moment_when(self, used: timedelta) -> datetime:
        """Return the earliest moment by which `used` of working time since the first loaded day is over."""
        index = bisect_left(self._table.used, used)
        day = self._close(index).date()
        before = self._table.used[index - 1] if index else _NOTHING
        return _on(day, self.hours_on(day).clock_when(used - before))

    def _season_of(self, day: date) -> tuple[OfficeHours, OtherDays]:
        for season in reversed(self.seasons):
            if day >= season.valid_from:
                return season.hours, season.other_days
        return self.hours, self.other_days

    def _offset(self, day: date) -> int:
        if not self.loaded_from <= day < self.loaded_until:
            raise CalendarExhausted(self.loaded_from, self.loaded_until)
        return day.toordinal() - self.loaded_from.toordinal()

    def _close(self, index: int) -> datetime:
        if not 0 <= index < len(self._table.closes):
            raise CalendarExhausted(self.loaded_from, self.loaded_until)
        return self._table.closes[index]

    def _laid_out(self) -> _Table:
        passed, closes, used, total = [0], list[datetime](), list[timedelta](), _NOTHING
        for ordinal in range(self.loaded_from.toordinal(), self.loaded_until.toordinal()):
            day = date.fromordinal(ordinal)
            if self.day_kind(day) in WORKED:
                hours = self.hours_on(day)
                total += hours.daily
                closes.append(datetime.combine(day, hours.closes, HANOI))
                used.append(total)
            passed.append(len(closes))
        return _Table(tuple(passed), tuple(closes), tuple(used))


@lru_cache(maxsize=64)
def working_calendar(hours: OfficeHours = DEFAULT_HOURS, seasons: tuple[Season, ...] = ()) -> WorkingCalendar:
    """Return the calendar of the built-in table for these office hours; the same one every time."""
    return WorkingCalendar(hours, seasons)


def calendar_by(
    table: DayTable, hours: OfficeHours, other_days: OtherDays, seasons: tuple[Season, ...]
) -> WorkingCalendar:
    """Return the calendar of an office that keeps these hours on the working days of `table`."""
    return WorkingCalendar(
        hours,
        seasons,
        days=table.days,
        loaded_until=table.loaded_until,
        provisional_from=table.provisional_from,
        other_days=other_days,
    )


def add_working_time(start: datetime, amount: timedelta, calendar: WorkingCalendar) -> datetime:
    """Return the moment at which `amount` of working time after `start` is used up; `start` for nothing or less.

    Time used up exactly at a break ends at its start, not when the office opens again.
    """
    return calendar.moment_when(calendar.used_by(start) + amount) if amount > _NOTHING else in_hanoi(start)


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the working time in [start, end); zero when `end` is not after `start`."""
    return max(_NOTHING, remaining(start, end, calendar))


def remaining(at: datetime, due_at: datetime, calendar: WorkingCalendar) -> timedelta:
    """Return the working time left at the moment `at`; negative once it is overdue."""
    return calendar.used_by(due_at) - calendar.used_by(at)
