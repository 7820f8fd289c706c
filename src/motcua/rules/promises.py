"""How a promise once given changes: a fresh limit after a supplement, time that does not count, a new date.

Source: docs/law/promises.md. A change never shortens what the applicant was promised (L-08, R-20), and every change
brings its own derivation; the former promise and its derivation stay in the record (R-2).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import DueMoment, due_moment, extension_deadline
from motcua.rules.derivation_sentences import Beginning, Phrase
from motcua.rules.derivations import LineKind, days_run, tell, working_days_run
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import WorkingCalendar, add_working_time, in_hanoi, working_time_between

__all__ = [
    "Beginning",
    "ClockFacts",
    "ClockRules",
    "Exclusion",
    "ExclusionGround",
    "Extension",
    "ExtensionFault",
    "ExtensionRefused",
    "PromiseCause",
    "SupplementClock",
    "after_supplement",
    "as_written",
    "days_after",
    "extended",
    "is_taken_in_elsewhere",
    "promise",
    "resumed",
    "supplement_notice_due",
]


class PromiseCause(StrEnum):
    """Why a dossier has the due moment it has; the value is what the database holds."""

    ACCEPTANCE = "ACCEPTANCE"
    SUPPLEMENT = "SUPPLEMENT"
    FINANCIAL = "FINANCIAL"
    EXTENSION = "EXTENSION"
    AGENCY_RECEIPT = "AGENCY_RECEIPT"
    CALENDAR = "CALENDAR"
    VERSION = "VERSION"


class SupplementClock(StrEnum):
    """What a supplement after acceptance does to the limit: it starts anew (L-10), or its sector's law resumes it."""

    RESTART = "RESTART"
    RESUME = "RESUME"


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What the law of a sector says of its clocks, where it differs from the common rule (S-13, [U]: dated data).

    `excludes_financial`: the time in which the applicant settles a financial obligation does not count.
    """

    supplement: SupplementClock = SupplementClock.RESTART
    excludes_financial: bool = True


class ExclusionGround(StrEnum):
    """Why time did not count; the value is what the database holds."""

    FINANCIAL = "FINANCIAL"
    SUPPLEMENT = "SUPPLEMENT"


_GROUNDS: dict[ExclusionGround, Phrase] = {
    ExclusionGround.FINANCIAL: Phrase("người nộp thực hiện nghĩa vụ tài chính", "the applicant settled a payment"),
    ExclusionGround.SUPPLEMENT: Phrase("người nộp bổ sung giấy tờ", "the applicant completed the papers"),
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch of time, from `since` until `until`, that does not count."""

    since: datetime
    until: datetime
    ground: ExclusionGround


def resumed(promised_at: datetime, exclusion: Exclusion, limit: TimeLimit, calendar: WorkingCalendar) -> DueMoment:
    """Return the promise after `exclusion`, within a limit that was due at `promised_at`.

    A limit in working days moves by the working days whose close lay in the stretch, one in calendar days by the days
    it spanned, one in hours by the hours of the stretch. A promise already broken when the stretch began stays broken.
    """
    since, until, promised = in_hanoi(exclusion.since), in_hanoi(exclusion.until), in_hanoi(promised_at)
    due = promised if since >= promised else max(promised, _moved(promised, since, until, limit, calendar))
    lines = (
        tell(
            until.date(),
            LineKind.RESUMED,
            _RESUMED,
            "resumed",
            at=f"{until:%H:%M}",
            since=f"{since:%H:%M %d/%m/%Y}",
            ground=_GROUNDS[exclusion.ground],
        ),
        *days_run(until.date(), due.date(), calendar),
        tell(due.date(), LineKind.DUE, _RESUMED, "due", at=f"{due:%H:%M}"),
    )
    return DueMoment(due, lines, calendar.is_provisional(due.date()))


_RESUMED = ("L-07",)
_EXTENDED = ("B-34",)
_WRITTEN = ("B-25", "B-59")
_IN_WORKING_TIME = frozenset({LimitUnit.WORKING_HOUR, LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY})


def _moved(
    promised: datetime, since: datetime, until: datetime, limit: TimeLimit, calendar: WorkingCalendar
) -> datetime:
    if limit.unit is LimitUnit.HOUR:
        return calendar.opening_from(promised + (until - since))
    if limit.unit in _IN_WORKING_TIME or promised != calendar.close_of(promised.date()):
        return add_working_time(until, working_time_between(since, promised, calendar), calendar)
    if limit.unit is LimitUnit.WORKING_DAY:
        closes = _closes_between(since, until, calendar)
        return calendar.close_after(promised.date(), closes) if closes else promised
    return calendar.close_of(promised.date() + (until.date() - since.date()))


def _closes_between(since: datetime, until: datetime, calendar: WorkingCalendar) -> int:
    """Count the working days whose close lies in [since, until)."""
    count, close = 0, calendar.close_of(since.date())
    while close < until:
        count += close >= since
        close = calendar.close_after(close.date(), 1)
    return count


class ExtensionFault(StrEnum):
    """Why a new date cannot be promised."""

    EXTENDED_BEFORE = "EXTENDED_BEFORE"
    NO_LATER = "NO_LATER"
    NOT_WORKING_TIME = "NOT_WORKING_TIME"
    IN_THE_PAST = "IN_THE_PAST"


class ExtensionRefused(Exception):
    """The promise may not be moved so (B step 13, R-3)."""

    def __init__(self, fault: ExtensionFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Extension:
    """A new date: the promise, and whether it was announced too late (finding F13), after the last day for form 04."""

    promise: DueMoment
    is_late_notice: bool


def extended(
    promised_at: datetime, new_day: date, *, at: datetime, extended_count: int, calendar: WorkingCalendar
) -> Extension:
    """Return the promise moved, once, to the close of `new_day`, announced at `at` (B step 13, R-3).

    Raises `ExtensionRefused` for a second time, a day that is not later, a day on which nobody works, or one that has
    closed by `at`: a promise that is broken when it is given is none.
    """
    old, announced_at = in_hanoi(promised_at), in_hanoi(at)
    if extended_count:
        raise ExtensionRefused(ExtensionFault.EXTENDED_BEFORE)
    if new_day <= old.date():
        raise ExtensionRefused(ExtensionFault.NO_LATER)
    if not calendar.is_working_day(new_day):
        raise ExtensionRefused(ExtensionFault.NOT_WORKING_TIME)
    if calendar.close_of(new_day) <= announced_at:
        raise ExtensionRefused(ExtensionFault.IN_THE_PAST)
    is_late = announced_at > extension_deadline(old, calendar)
    return Extension(_moved_to(old, new_day, announced_at, calendar), is_late_notice=is_late)


def _moved_to(old: datetime, new_day: date, announced_at: datetime, calendar: WorkingCalendar) -> DueMoment:
    due = calendar.close_of(new_day)
    days = _closes_between(old + timedelta(microseconds=1), due + timedelta(microseconds=1), calendar)
    lines = (
        tell(announced_at.date(), LineKind.EXTENDED, _EXTENDED, "extended", old=f"{old:%H:%M %d/%m/%Y}", n=days),
        *working_days_run(old.date(), new_day, calendar),
        tell(new_day, LineKind.DUE, _EXTENDED, "due-working-day", n=days, at=f"{due:%H:%M}"),
    )
    return DueMoment(due, lines, calendar.is_provisional(new_day))


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """All that a promise rests on: what the limit is counted from, what did not count since, the new date if any.

    `exclusions` are in the order of time and end before now; `extended_to` is None without an extension, or when the
    limit has started anew since. `written_on` is the day that a paper receipt promised, None likewise.
    """

    counted_from: datetime
    beginning: Beginning
    limit: TimeLimit
    exclusions: tuple[Exclusion, ...] = ()
    extended_to: date | None = None
    extended_at: datetime | None = None
    written_on: date | None = None


def after_supplement(facts: ClockFacts, clock: SupplementClock, *, asked_at: datetime, at: datetime) -> ClockFacts:
    """Return what the promise rests on once the papers asked for at `asked_at` have come at `at` (L-10, S-13)."""
    if clock is SupplementClock.RESTART:
        return ClockFacts(at, Beginning.SUPPLEMENT_COMPLETED, facts.limit)
    waited = Exclusion(asked_at, at, ExclusionGround.SUPPLEMENT)
    return replace(facts, exclusions=(*facts.exclusions, waited))


def promise(facts: ClockFacts, calendar: WorkingCalendar, mode: CountingMode) -> DueMoment:
    """Return the due moment by `facts`, with the whole derivation: the first count, then each change in turn.

    A new date on which, by a later calendar, nobody works moves to the next working day (L-06).
    """
    moment = due_moment(facts.counted_from, facts.limit, calendar, mode, facts.beginning)
    if facts.written_on is not None:
        moment = as_written(moment, facts.written_on, calendar)
    for exclusion in facts.exclusions:
        moment = _added(moment, resumed(moment.due_at, exclusion, facts.limit, calendar))
    if facts.extended_to is None or facts.extended_at is None:
        return moment
    day = calendar.close_of(facts.extended_to).date()
    if day <= moment.due_at.date():
        return moment
    return _added(moment, _moved_to(in_hanoi(moment.due_at), day, in_hanoi(facts.extended_at), calendar))


def as_written(counted: DueMoment, written_on: date, calendar: WorkingCalendar) -> DueMoment:
    """Return the promise of a paper receipt that names `written_on`, where the rules counted `counted` (B-25, B-59).

    The same day changes nothing. Another one binds until its close, or on a day off until that of the next working day
    (L-06), and the derivation says so in a line of its own.
    """
    if in_hanoi(counted.due_at).date() == written_on:
        return counted
    due = calendar.close_of(written_on)
    said = {"written": f"{written_on:%d/%m/%Y}", "counted": f"{in_hanoi(counted.due_at):%d/%m/%Y}"}
    sentence, rules = ("due-close", _WRITTEN) if due.date() == written_on else ("due-moved", (*_WRITTEN, "L-06"))
    lines = (
        tell(written_on, LineKind.WRITTEN, _WRITTEN, "written", **said),
        *days_run(written_on, due.date(), calendar),
        tell(due.date(), LineKind.DUE, rules, sentence, at=f"{due:%H:%M}"),
    )
    return _added(counted, DueMoment(due, lines, calendar.is_provisional(due.date())))


def _added(before: DueMoment, after: DueMoment) -> DueMoment:
    return DueMoment(after.due_at, (*before.derivation, *after.derivation), after.is_provisional)


def days_after(promised_at: datetime, days: int, calendar: WorkingCalendar) -> date:
    """Return the `days`-th working day after the promise: what an officer means by "five working days more"."""
    return calendar.close_after(in_hanoi(promised_at).date(), days).date()


def is_taken_in_elsewhere(*, desk_commune: int | None, agency_commune: int | None) -> bool:
    """Tell whether a dossier came in at a desk outside the competent agency's territory (B-12, non-territorial).

    None stands for the province: its centre is the proper desk of its departments, but not of a commune.
    """
    return desk_commune != agency_commune


def supplement_notice_due(accepted_at: datetime, calendar: WorkingCalendar, within_days: int = 3) -> datetime:
    """Return the last moment to ask an accepted dossier's applicant for more: three working days on (B step 10)."""
    return calendar.close_after(in_hanoi(accepted_at).date(), within_days)
