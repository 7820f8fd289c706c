"""Why a dossier falls due when it does: one line a day, from the receipt to the end of the limit.

Source: docs/law/deadlines.md. Every line names its rules by the ids of that page. The first line is the receipt, the
last is the due moment, and every day between stands exactly once; the two may lie on the same day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil

from motcua.rules.calendar_days import DayKind
from motcua.rules.counting import CountingMode, hours_end, in_hours, in_working_time, is_after_cut, nominal_end
from motcua.rules.derivation_sentences import (
    OPENINGS,
    SATURDAY_DESK,
    SENTENCES,
    Beginning,
    Phrase,
    day_off,
    duration,
    occasion,
)
from motcua.rules.time_limits import AT_ONCE, WHOLE_ONLY, Language, LimitUnit, TimeLimit
from motcua.rules.working_time import WorkingCalendar, working_time_between


class LineKind(StrEnum):
    """What happened on a day.

    A limit runs through RUNNING days uncounted, MOVED is a last day that is off; RESUMED and EXTENDED begin the
    derivation of a promise that was changed, WRITTEN that of a day that was written on a paper receipt.
    """

    RECEIVED = "RECEIVED"
    COUNTED = "COUNTED"
    RUNNING = "RUNNING"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"
    COMPENSATORY = "COMPENSATORY"
    SWAPPED_OFF = "SWAPPED_OFF"
    SWAPPED_WORK = "SWAPPED_WORK"
    CLOSED = "CLOSED"
    MOVED = "MOVED"
    RESUMED = "RESUMED"
    EXTENDED = "EXTENDED"
    WRITTEN = "WRITTEN"
    DUE = "DUE"


@dataclass(frozen=True, slots=True)
class DerivationLine:
    """One day of a derivation, as a whole sentence."""

    on: date
    kind: LineKind
    text_vi: str
    text_en: str
    rule_ids: tuple[str, ...]

    def text(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.text_vi if language == "vi" else self.text_en


@dataclass(frozen=True, slots=True)
class Count:
    """A limit that was counted and the moment it ended: what the lines are made from; moments in Hanoi time."""

    start: datetime
    limit: TimeLimit
    calendar: WorkingCalendar
    mode: CountingMode
    due: datetime
    beginning: Beginning = Beginning.ACCEPTED


_DAY = timedelta(days=1)
_BY_CIVIL_CODE = ("L-06",)
_BY_CIVIL_CODE_AT_CLOSE = ("L-06", "L-08")
_BY_WORKING_HOURS = ("L-06", "L-07")
_ROLLING = ("L-08",)
_AT_ONCE = ("L-07",)

_AT_SATURDAY_DESK = {"received-closed": "received-saturday", "received-shut": "received-late"}
_BEGINNING_RULES: dict[Beginning, tuple[str, ...]] = {
    Beginning.ACCEPTED: (),
    Beginning.SUPPLEMENT_COMPLETED: ("L-10",),
    Beginning.EXPECTED_AT_AGENCY: ("B-12",),
    Beginning.RECEIVED_BY_AGENCY: ("B-12",),
    Beginning.LEG_OPENED: ("B-21",),
    Beginning.PETITION_RECEIVED: ("E-04",),
    Beginning.PETITION_COMPLETED: ("E-04",),
    Beginning.PETITION_ANSWERED: ("E-04",),
}
_OFF_RULES: dict[DayKind, tuple[str, ...]] = {
    DayKind.WEEKEND: ("L-01",),
    DayKind.HOLIDAY: ("L-03",),
    DayKind.COMPENSATORY: ("L-03",),
    DayKind.SWAPPED_OFF: ("L-04",),
    DayKind.CLOSED: ("L-04",),
}


def explain(count: Count) -> tuple[DerivationLine, ...]:
    """Tell day by day how the limit of `count` ran."""
    told = _telling(count)
    if told not in _BY_THE_DAY:
        return tuple(told(count))
    return (next(told(count)), *_after_the_first(replace(count, start=_midnight(count.start))))


@lru_cache(maxsize=1024)
def _after_the_first(count: Count) -> tuple[DerivationLine, ...]:
    """Tell every day but the first of a limit in whole days: the hour of receipt stands in the first line alone."""
    return tuple(_telling(count)(count))[1:]


def _telling(count: Count) -> Callable[[Count], Iterator[DerivationLine]]:
    unit = count.limit.unit
    if unit in AT_ONCE:
        return _at_once
    if unit in WHOLE_ONLY:
        return _calendar_days
    if unit is LimitUnit.HOUR:
        return _clock_hours
    is_whole_days = unit is LimitUnit.WORKING_DAY and count.mode is CountingMode.CIVIL and count.limit.amount >= 1
    return _working_days if is_whole_days else _working_time


def tell(
    on: date, kind: LineKind, rules: tuple[str, ...], sentence: str, **values: Phrase | str | int
) -> DerivationLine:
    """Return the line of `on`: the sentence of that name with `values` in its blanks."""
    said = SENTENCES[sentence].filled(**values)
    return DerivationLine(on, kind, said.vi, said.en, rules)


def _received(count: Count, rules: tuple[str, ...], sentence: str, **values: Phrase) -> DerivationLine:
    opening = OPENINGS[count.beginning]
    what = opening.what
    if count.calendar.reaches_saturday_desk(count.start):
        what, sentence = what.joined(SATURDAY_DESK), _AT_SATURDAY_DESK.get(sentence, sentence)
        rules = ("L-02", *rules)
    said: dict[str, Phrase | str | int] = {
        "at": f"{count.start:%H:%M}",
        "what": what,
        "day": opening.day,
        **values,
    }
    return tell(count.start.date(), LineKind.RECEIVED, (*_BEGINNING_RULES[count.beginning], *rules), sentence, **said)


def _due(count: Count, rules: tuple[str, ...], sentence: str, **values: Phrase | str | int) -> DerivationLine:
    return tell(count.due.date(), LineKind.DUE, rules, sentence, at=f"{count.due:%H:%M}", **values)


def _off(day: date, calendar: WorkingCalendar, sentence: str = "off") -> DerivationLine:
    kind = calendar.day_kind(day)
    return tell(day, LineKind(kind.value), _OFF_RULES[kind], sentence, off=day_off(day, calendar))


def _between(count: Count) -> Iterator[date]:
    return _days_between(count.start.date(), count.due.date())


def _days_between(first: date, last: date) -> Iterator[date]:
    day = first + _DAY
    while day < last:
        yield day
        day += _DAY


def days_run(first: date, last: date, calendar: WorkingCalendar) -> Iterator[DerivationLine]:
    """Tell every day between the two: off, or that the limit runs."""
    for day in _days_between(first, last):
        if calendar.is_working_day(day):
            yield tell(day, LineKind.RUNNING, _BY_CIVIL_CODE, "runs")
        else:
            yield _off(day, calendar)


def working_days_run(first: date, last: date, calendar: WorkingCalendar) -> Iterator[DerivationLine]:
    """Tell every day between the two: off, or which working day after `first` it is."""
    number = 0
    for day in _days_between(first, last):
        if calendar.is_working_day(day):
            number += 1
            yield tell(day, LineKind.COUNTED, _BY_CIVIL_CODE, "working-day", n=number)
        else:
            yield _off(day, calendar)


def _is_swapped(day: date, count: Count) -> bool:
    return count.calendar.day_kind(day) is DayKind.SWAPPED_WORK


def _working_days(count: Count) -> Iterator[DerivationLine]:
    yield _received(count, _BY_CIVIL_CODE, "received")
    number = 0
    for day in _between(count):
        if not count.calendar.is_working_day(day):
            yield _off(day, count.calendar)
            continue
        number += 1
        if _is_swapped(day, count):
            name = occasion(day, count.calendar)
            yield tell(day, LineKind.SWAPPED_WORK, ("L-04", "L-06"), "swapped-day", n=number, name=name)
        else:
            yield tell(day, LineKind.COUNTED, _BY_CIVIL_CODE, "working-day", n=number)
    if number < int(count.limit.amount):
        yield _last_working_day(count, number + 1)
    else:
        yield _due_by_hours(count, _BY_WORKING_HOURS, "due-part", in_working_time(count.limit.amount % 1))


def _last_working_day(count: Count, number: int) -> DerivationLine:
    if not _is_swapped(count.due.date(), count):
        return _due(count, _BY_CIVIL_CODE_AT_CLOSE, "due-working-day", n=number)
    name = occasion(count.due.date(), count.calendar)
    return _due(count, ("L-04", *_BY_CIVIL_CODE_AT_CLOSE), "due-swapped-day", n=number, name=name)


def _working_time(count: Count) -> Iterator[DerivationLine]:
    rules = _ROLLING if count.mode is CountingMode.ROLLING else _BY_WORKING_HOURS
    is_in_hours = count.limit.unit is LimitUnit.WORKING_HOUR
    left = in_hours(count.limit.amount) if is_in_hours else in_working_time(count.limit.amount)
    if count.start.date() == count.due.date():
        yield _received(count, rules, "received-running")
        yield _due_by_hours(count, rules, "due-time", left)
        return
    used = working_time_between(count.start, _midnight(count.start) + _DAY, count.calendar)
    yield _received(count, rules, _received_with(count, used), used=duration(used))
    left -= used
    for day in _between(count):
        if not count.calendar.is_working_day(day):
            yield _off(day, count.calendar)
            continue
        used = count.calendar.hours_on(day).daily
        left -= used
        said = {"used": duration(used), "left": duration(left)}
        if _is_swapped(day, count):
            name = occasion(day, count.calendar)
            yield tell(day, LineKind.SWAPPED_WORK, ("L-04", *rules), "time-swapped", name=name, **said)
        else:
            yield tell(day, LineKind.COUNTED, rules, "time-used", **said)
    yield _due_by_hours(count, rules, "due-time", left)


def _received_with(count: Count, used: timedelta) -> str:
    if used:
        return "received-used"
    day = count.start.date()
    is_closing = count.calendar.is_working_day(day) and count.calendar.hours_on(day).closes == count.start.time()
    return "received-closing" if is_closing else "received-closed"


def _due_by_hours(count: Count, rules: tuple[str, ...], sentence: str, left: timedelta) -> DerivationLine:
    """Tell the last day of a limit in hours, which ends sooner than `left` where its whole days are over before."""
    used = working_time_between(max(count.start, _midnight(count.due)), count.due, count.calendar)
    if used == left:
        return _due(count, rules, sentence, used=duration(used))
    return _due(count, _BY_CIVIL_CODE_AT_CLOSE, "due-held", used=duration(used), n=ceil(count.limit.amount))


def _calendar_days(count: Count) -> Iterator[DerivationLine]:
    yield _received(count, _BY_CIVIL_CODE, "received")
    last, number = nominal_end(count.start.date(), count.limit), 0
    for day in _between(count):
        number += 1
        off = None if count.calendar.is_working_day(day) else day_off(day, count.calendar).lowered()
        if day > last:
            yield _off(day, count.calendar, "still-off")
        elif off is None:
            yield tell(day, LineKind.COUNTED, _BY_CIVIL_CODE, "calendar-day", n=number)
        elif day < last:
            yield tell(day, LineKind.COUNTED, _BY_CIVIL_CODE, "calendar-day-off", n=number, off=off)
        else:
            yield tell(day, LineKind.MOVED, _BY_CIVIL_CODE, "last-day-off", n=number, off=off)
    sentence = "due-calendar-day" if count.due.date() == last else "due-moved"
    yield _due(count, _BY_CIVIL_CODE_AT_CLOSE, sentence, n=number + 1)


def _clock_hours(count: Count) -> Iterator[DerivationLine]:
    yield _received(count, _BY_CIVIL_CODE, "received-running")
    end = hours_end(count.start, count.limit.amount)
    is_moved_by_a_day_off = not count.calendar.is_working_day(end.date())
    for day in _between(count):
        if day > end.date():
            yield _off(day, count.calendar, "still-off" if is_moved_by_a_day_off else "off")
        elif day == end.date() and is_moved_by_a_day_off:
            off = day_off(day, count.calendar).lowered()
            yield tell(day, LineKind.MOVED, _BY_CIVIL_CODE, "hours-end-off", end=f"{end:%H:%M}", off=off)
        else:
            yield tell(day, LineKind.RUNNING, _BY_CIVIL_CODE, "running")
    if end == count.due:
        yield _due(count, _BY_CIVIL_CODE, "due")
    elif is_moved_by_a_day_off:
        yield _due(count, _BY_CIVIL_CODE_AT_CLOSE, "due-moved")
    else:
        yield _due(count, _BY_CIVIL_CODE_AT_CLOSE, "due-opening", end=f"{end:%H:%M}", end_on=f"{end:%d/%m/%Y}")


def _at_once(count: Count) -> Iterator[DerivationLine]:
    is_open_day = count.calendar.is_working_day(count.start.date())
    if count.start.date() == count.due.date():
        yield _received(count, _AT_ONCE, "received-today")
    elif is_open_day and count.limit.unit is LimitUnit.SAME_DAY and is_after_cut(count.start):
        yield _received(count, _AT_ONCE, "received-late")
    else:
        yield _received(count, _AT_ONCE, "received-shut")
    for day in _between(count):
        yield _off(day, count.calendar)
    yield _due(count, _AT_ONCE, "due-close")


_BY_THE_DAY = (_working_days, _calendar_days)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
