"""When an office works: office hours, the dated calendar, and arithmetic with working time.

Source: docs/law/working-calendar.md. Moments are timezone-aware; amounts of working time are `timedelta`s. Nothing here
looks past the loaded calendar: it raises `CalendarExhausted` instead (R-15). A calendar lays its days out once, so that
counting thirty working days costs two look-ups, not thirty.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
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

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_NOTHING = timedelta()
_SATURDAY = 5
_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-\u2013]\s*(\d{1,2}):(\d{2})\s*")


class CalendarExhausted(Exception):
    """The days from `loaded_from` until `loaded_until` are known; the answer lies outside them."""

    def __init__(self, loaded_from: date, loaded_until: date) -> None:
        super().__init__(f"the working calendar is loaded from {loaded_from} until {loaded_until}, no further")
        self.loaded_from, self.loaded_until = loaded_from, loaded_until


class OfficeHoursUnclear(Exception):
    """`text` does not read as spans of a day, in order and apart, such as 07:30-11:30,13:00-17:00."""

    def __init__(self, text: str) -> None:
        super().__init__(f"office hours not understood: {text!r}")
        self.text = text


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
class OfficeHours:
    """The spans in which an office works on each of its working days, in order and apart."""

    spans: tuple[tuple[time, time], ...]
    _edges: tuple[tuple[timedelta, timedelta], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise OfficeHoursUnclear(str(self))
        object.__setattr__(self, "_edges", tuple((_clock(opens), _clock(closes)) for opens, closes in self.spans))

    def __str__(self) -> str:
        return ",".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.spans)

    @classmethod
    def parse(cls, text: str) -> "OfficeHours":
        """Read "07:30-11:30,13:00-17:00", hours and minutes only; raises `OfficeHoursUnclear`."""
        try:
            return cls(tuple(_span(part) for part in text.split(",")))
        except ValueError:
            raise OfficeHoursUnclear(text) from None

    @property
    def daily(self) -> timedelta:
        """The working time of one day."""
        return sum((closes - opens for opens, closes in self._edges), _NOTHING)

    @property
    def opens(self) -> time:
        """When the working day begins."""
        return self.spans[0][0]

    @property
    def closes(self) -> time:
        """When the working day ends."""
        return self.spans[-1][1]

    def worked_by(self, clock: timedelta) -> timedelta:
        """Return the working time from the opening until `clock` after midnight."""
        return sum((max(_NOTHING, min(clock, closes) - opens) for opens, closes in self._edges), _NOTHING)

    def clock_when(self, worked: timedelta) -> timedelta:
        """Return how long after midnight `worked` of the day's working time is used up; a break counts at its start."""
        clock = self._edges[0][0] + worked
        for (_, closes), (opens, _) in pairwise(self._edges):
            if clock > closes:
                clock += opens - closes
        return clock


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours that an office keeps from `valid_from` until the next season begins."""

    valid_from: date
    hours: OfficeHours


@dataclass(frozen=True, slots=True)
class _Table:
    """The working days of a calendar, laid out for look-ups.

    `passed[i]` is how many working days lie before the i-th loaded day (one entry more than there are days). The other
    columns have an entry a working day; `used` is the working time from the first loaded day through its end.
    """

    passed: tuple[int, ...]
    closes: tuple[datetime, ...]
    used: tuple[timedelta, ...]


def _span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, found.groups())
    return time(opens_hour, opens_minute), time(closes_hour, closes_minute)


def _clock(moment: time | datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)


def _on(day: date, clock: timedelta) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HANOI) + clock


DEFAULT_HOURS = OfficeHours(((time(7, 30), time(11, 30)), (time(13), time(17))))
"""L-01: eight hours a day, until a province sets its own."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WorkingCalendar:
    """The days an office works and the hours it keeps on them; compared by identity.

    `seasons` replace `hours` from their day on, in order. `days` holds the exceptions to the Monday-to-Friday week
    between `loaded_from` and `loaded_until`; nothing is known outside.
    """

    hours: OfficeHours = DEFAULT_HOURS
    seasons: tuple[Season, ...] = ()
    days: Mapping[date, CalendarDay] = field(default_factory=lambda: CALENDAR_DAYS)
    loaded_from: date = CALENDAR_FROM
    loaded_until: date = CALENDAR_UNTIL
    provisional_from: date = PROVISIONAL_FROM
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
        return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WORKING

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`; raises `CalendarExhausted` outside the loaded days."""
        offset = self._offset(day)
        return self._table.passed[offset] != self._table.passed[offset + 1]

    def is_provisional(self, day: date) -> bool:
        """Tell whether the calendar of `day` may still change."""
        return day >= self.provisional_from

    def hours_on(self, day: date) -> OfficeHours:
        """Return the office hours in force on `day`, whether or not it is a working day."""
        for season in reversed(self.seasons):
            if day >= season.valid_from:
                return season.hours
        return self.hours

    def close_of(self, day: date) -> datetime:
        """Return when the office closes on `day`, or on the next working day when `day` is off (L-06)."""
        return self._close(self._table.passed[self._offset(day)])

    def close_after(self, day: date, count: int) -> datetime:
        """Return when the office closes on the `count`-th working day after `day`; `count` is at least 1."""
        return self._close(self._table.passed[self._offset(day) + 1] + count - 1)

    def close_before(self, day: date) -> datetime:
        """Return when the office closed on the last working day before `day`."""
        return self._close(self._table.passed[self._offset(day)] - 1)

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
        return before + self.hours_on(day).worked_by(_clock(local))

    def moment_when(self, used: timedelta) -> datetime:
        """Return the earliest moment by which `used` of working time since the first loaded day is over."""
        index = bisect_left(self._table.used, used)
        day = self._close(index).date()
        before = self._table.used[index - 1] if index else _NOTHING
        return _on(day, self.hours_on(day).clock_when(used - before))

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
