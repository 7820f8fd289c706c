"""What a change of the calendar does to clocks that run: who gets later, and what is never taken back.

Source: docs/law/working-calendar.md (R-15, R-20, L-08). A promise given to an applicant is never shortened; the
terms of officers, desks and units that were asked follow the same way, so that nobody has less time than before.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.rules.counting import CountingMode, due_at
from motcua.rules.promises import ClockFacts, promise
from motcua.rules.working_time import (
    CalendarExhausted,
    WorkingCalendar,
    add_working_time,
    in_hanoi,
    working_time_between,
)


class Shift(StrEnum):
    """What becomes of a due moment.

    KEPT: it would come earlier, and stays. CONFIRMED: it stays and is provisional no more. UNKNOWN: it would lie past
    the loaded calendar, and stays.
    """

    UNMOVED = "UNMOVED"
    LATER = "LATER"
    KEPT = "KEPT"
    CONFIRMED = "CONFIRMED"
    UNKNOWN = "UNKNOWN"


class ClockKind(StrEnum):
    """Which clock of a dossier runs: the promise, a step of the internal process, an opinion, the answer at intake."""

    PROMISE = "PROMISE"
    STEP = "STEP"
    CONSULTATION = "CONSULTATION"
    INTAKE = "INTAKE"


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """The calendar of one unit before a change and after it."""

    before: WorkingCalendar
    after: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Given:
    """A due moment as it stands."""

    due_at: datetime
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Recount:
    """What becomes of a due moment: `due_at` is what holds then, `counted_at` what the calendar alone would give."""

    shift: Shift
    due_at: datetime
    counted_at: datetime
    is_provisional: bool = False


def due_by(facts: ClockFacts, calendar: WorkingCalendar, mode: CountingMode) -> datetime:
    """Return when a promise by `facts` is due, without telling why: the fast path of `promises.promise`."""
    if facts.exclusions or facts.extended_to is not None or facts.written_on is not None:
        return promise(facts, calendar, mode).due_at
    return due_at(facts.counted_from, facts.limit, calendar, mode)


def recount(given: Given, facts: ClockFacts, change: CalendarChange, mode: CountingMode) -> Recount:
    """Return what `change` does to a promise that rests on `facts`."""
    if change.before is change.after:
        return Recount(Shift.UNMOVED, given.due_at, given.due_at, given.is_provisional)
    try:
        before, after = due_by(facts, change.before, mode), due_by(facts, change.after, mode)
    except CalendarExhausted:
        return Recount(Shift.UNKNOWN, given.due_at, given.due_at, given.is_provisional)
    return _settled(given, before, after, change.after)


def _settled(given: Given, before: datetime, after: datetime, calendar: WorkingCalendar) -> Recount:
    if before != after and after > given.due_at:
        return Recount(Shift.LATER, after, after, calendar.is_provisional(after.date()))
    is_open = given.is_provisional and calendar.is_provisional(in_hanoi(given.due_at).date())
    if before != after:
        return Recount(Shift.KEPT, given.due_at, after, is_open)
    shift = Shift.CONFIRMED if given.is_provisional and not is_open else Shift.UNMOVED
    return Recount(shift, given.due_at, after, is_open)


def moved_hours(started_at: datetime, due: datetime, change: CalendarChange) -> Recount:
    """Return what `change` does to a term of working hours that began at `started_at`: a step, an answer at intake.

    The term is the working time there was until `due` by the calendar before.
    """
    if change.before is change.after:
        return Recount(Shift.UNMOVED, due, due)
    try:
        term = working_time_between(started_at, due, change.before)
        usual = add_working_time(started_at, term, change.before)
        return _compared(due, usual, add_working_time(started_at, term, change.after))
    except CalendarExhausted:
        return Recount(Shift.UNKNOWN, due, due)


def moved_days(started_at: datetime, due: datetime, change: CalendarChange) -> Recount:
    """Return what `change` does to a term of whole working days that began at `started_at`: an opinion asked for.

    The term is the working days there were after that day until `due` by the calendar before.
    """
    if change.before is change.after:
        return Recount(Shift.UNMOVED, due, due)
    first, last = in_hanoi(started_at).date(), in_hanoi(due).date()
    try:
        days = change.before.working_days_between(first, last)
        if not days:
            return Recount(Shift.UNMOVED, due, due)
        return _compared(due, change.before.close_after(first, days), change.after.close_after(first, days))
    except CalendarExhausted:
        return Recount(Shift.UNKNOWN, due, due)


def _compared(due: datetime, before: datetime, after: datetime) -> Recount:
    if before == after:
        return Recount(Shift.UNMOVED, due, after)
    return Recount(Shift.LATER, after, after) if after > due else Recount(Shift.KEPT, due, after)
