"""When a dossier falls due and why, and how its finish compares: early, on time, late.

Source: docs/law/deadlines.md. `due_at` answers fast; `due_moment` adds the derivation, one line a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from motcua.rules.counting import CountingMode, due_at, is_after_cut
from motcua.rules.derivation_sentences import Beginning
from motcua.rules.derivations import Count, DerivationLine, LineKind, explain
from motcua.rules.time_limits import Language, LimitUnit, TimeLimit
from motcua.rules.working_time import WorkingCalendar, add_working_time, in_hanoi, remaining, working_time_between

__all__ = [
    "Beginning",
    "CountingMode",
    "DerivationLine",
    "DueMoment",
    "DueMomentJson",
    "LineKind",
    "Outcome",
    "Urgency",
    "derivation_as_json",
    "due_at",
    "due_moment",
    "due_moment_as_json",
    "due_soon_from",
    "elapsed_working_time",
    "extension_deadline",
    "intake_alert_due",
    "intake_answer_due",
    "line_as_json",
    "linked_due_at",
    "may_close_from",
    "outcome",
    "promise_mode",
    "transfer_due",
    "urgency",
]


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A due moment in Hanoi time with its derivation; provisional while the calendar of its year is still open."""

    due_at: datetime
    derivation: tuple[DerivationLine, ...]
    is_provisional: bool


class DerivationLineJson(TypedDict):
    """A line of a derivation as the command line, the forms and the API give it."""

    date: str
    kind: str
    text: str
    rules: list[str]


class DueMomentJson(TypedDict):
    """A due moment as the command line, the forms and the API give it."""

    due_at: str
    is_provisional: bool
    derivation: list[DerivationLineJson]


def due_moment(
    received_at: datetime,
    limit: TimeLimit,
    calendar: WorkingCalendar,
    mode: CountingMode = CountingMode.CIVIL,
    beginning: Beginning = Beginning.ACCEPTED,
) -> DueMoment:
    """Return when `limit`, counted from `received_at`, ends and how it was counted; `beginning` says what came then.

    Raises `CalendarExhausted` when it ends past the loaded days and `MomentWithoutZone` for a naive moment.
    """
    due = due_at(received_at, limit, calendar, mode)
    lines = explain(Count(in_hanoi(received_at), limit, calendar, mode, due, beginning))
    return DueMoment(due, lines, calendar.is_provisional(due.date()))


def derivation_as_json(moment: DueMoment, language: Language = "vi") -> list[DerivationLineJson]:
    """Return the derivation of `moment` as plain values, to store or to show."""
    return [line_as_json(line, language) for line in moment.derivation]


def line_as_json(line: DerivationLine, language: Language = "vi") -> DerivationLineJson:
    """Return one line of a derivation as plain values."""
    return {
        "date": line.on.isoformat(),
        "kind": line.kind.value,
        "text": line.text(language),
        "rules": list(line.rule_ids),
    }


def due_moment_as_json(moment: DueMoment, language: Language = "vi") -> DueMomentJson:
    """Return `moment` as plain values, the due moment with its offset +07:00."""
    return {
        "due_at": moment.due_at.isoformat(timespec="seconds"),
        "is_provisional": moment.is_provisional,
        "derivation": derivation_as_json(moment, language),
    }


_ALERT_AFTER = timedelta(hours=2)
_ANSWER_WITHIN = timedelta(hours=8)


def intake_alert_due(submitted_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return when an online submission must have alerted the officers: after two working hours (B-20)."""
    return add_working_time(submitted_at, _ALERT_AFTER, calendar)


def intake_answer_due(submitted_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return when an online submission must have been accepted or answered: after eight working hours (B-20)."""
    return add_working_time(submitted_at, _ANSWER_WITHIN, calendar)


def promise_mode(limit: TimeLimit | None, mode: CountingMode) -> CountingMode:
    """Return ROLLING where the promise for `limit` names an hour, CIVIL where it names a day (L-11).

    Hours, working hours and parts of a working day name an hour whatever the province's `mode`; days name a day.
    """
    if limit is None or (limit.unit is LimitUnit.WORKING_DAY and limit.amount % 1 == 0):
        return mode
    is_in_hours = limit.unit in {LimitUnit.HOUR, LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY}
    return CountingMode.ROLLING if is_in_hours else CountingMode.CIVIL


def transfer_due(accepted_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return when an accepted dossier must be on its way to the agency (L-09, B step 7).

    The close of the same day; accepted after 15:00 or when the office was closed, the end of the next morning. The
    promise to the applicant stays where it is.
    """
    start = in_hanoi(accepted_at)
    day = start.date()
    if calendar.is_working_day(day) and not is_after_cut(start) and start < calendar.close_of(day):
        return calendar.close_of(day)
    following = calendar.close_after(day, 1)
    morning_ends = calendar.hours_on(following.date()).spans[0][1]
    return following.replace(hour=morning_ends.hour, minute=morning_ends.minute)


class Outcome(StrEnum):
    """How a finish compares with the promise."""

    EARLY = "EARLY"
    ON_TIME = "ON_TIME"
    LATE = "LATE"


def outcome(finished_at: datetime, promised_at: datetime, mode: CountingMode = CountingMode.CIVIL) -> Outcome:
    """Compare a finish with the promise by the day, or by the clock hour when `mode` is ROLLING (L-11).

    Compare with the promise of the receipt, or after a valid extension with the new one. `mode` is that of the promise
    (`promise_mode`), which need not be the province's.
    """
    is_by_hour = mode is CountingMode.ROLLING
    finished, promised = (
        (moment.date(), moment.hour if is_by_hour else 0) for moment in (in_hanoi(finished_at), in_hanoi(promised_at))
    )
    if finished < promised:
        return Outcome.EARLY
    return Outcome.ON_TIME if finished == promised else Outcome.LATE


class Urgency(StrEnum):
    """How an open dossier stands: amber when it is due soon, red when it is overdue."""

    NORMAL = "NORMAL"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"


_LAST_PART = 5
"""The last fifth of a limit is amber (L-12: from 80 %)."""


def urgency(accepted_at: datetime, promised_at: datetime, at: datetime, calendar: WorkingCalendar) -> Urgency:
    """Return how urgent an open dossier is at the moment `at` (L-12).

    Amber in the last fifth of its working time or the last working day before it is due, whichever begins first; a
    limit of one working day or less has only the fifth. Red after the due moment.
    """
    if in_hanoi(at) > in_hanoi(promised_at):
        return Urgency.OVERDUE
    left = remaining(at, promised_at, calendar)
    return Urgency.DUE_SOON if left <= _margin(accepted_at, promised_at, calendar) else Urgency.NORMAL


def due_soon_from(accepted_at: datetime, promised_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the moment from which `urgency` is amber (L-12), so that a sweep finds it without counting."""
    whole = working_time_between(accepted_at, promised_at, calendar)
    return add_working_time(accepted_at, whole - _margin(accepted_at, promised_at, calendar), calendar)


def _margin(accepted_at: datetime, promised_at: datetime, calendar: WorkingCalendar) -> timedelta:
    whole = working_time_between(accepted_at, promised_at, calendar)
    day = calendar.hours_on(in_hanoi(promised_at).date()).daily
    return whole / _LAST_PART if whole <= day else max(whole / _LAST_PART, day)


def linked_due_at(
    received_at: datetime,
    legs: Iterable[TimeLimit],
    calendar: WorkingCalendar,
    mode: CountingMode = CountingMode.CIVIL,
) -> tuple[datetime, ...]:
    """Return when each leg of a linked procedure ends, each beginning where the one before ended (B-21)."""
    ends: list[datetime] = []
    for leg in legs:
        ends.append(due_at(ends[-1] if ends else received_at, leg, calendar, mode))
    return tuple(ends)


def extension_deadline(promised_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the last moment to announce a delay: the close of the working day before it is due (B, step 13)."""
    return calendar.close_before(in_hanoi(promised_at).date())


def may_close_from(notified_at: datetime, answer_within: TimeLimit, calendar: WorkingCalendar) -> datetime:
    """Return when a dossier may be closed because its applicant stayed silent (B, step 10).

    That is the opening of the working day after the last day to answer; `answer_within` is in days.
    """
    last = due_at(notified_at, answer_within, calendar)
    return calendar.opening_from(last + timedelta(microseconds=1))


def elapsed_working_time(
    accepted_at: datetime,
    finished_at: datetime,
    waits: Iterable[tuple[datetime, datetime]],
    calendar: WorkingCalendar,
) -> timedelta:
    """Return the working time an agency used: from acceptance to finish less the waits for the applicant (L-10).

    `waits` are (asked, completed) and do not overlap. This is the statistical figure, not the legal one.
    """
    waited = (working_time_between(asked, completed, calendar) for asked, completed in waits)
    return working_time_between(accepted_at, finished_at, calendar) - sum(waited, timedelta())
