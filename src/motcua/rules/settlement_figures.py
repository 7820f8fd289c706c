"""What one dossier adds to the figures of each day, and the official table made of them (C-30, L-10, L-11).

Source: docs/law/reports.md. `rules.settlement` says how a dossier stands in a period; here the same is told day by day,
so that any period is a sum. What counts as on time is for the province to choose, from a day on: days are kept fine
enough for every choice, and the choice is made when a table is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import Outcome, outcome
from motcua.rules.settlement import CountedDossier, Settlement, Standing, promise_at, standing_at, waits_at
from motcua.rules.working_time import HANOI, in_hanoi


class FilingWay(StrEnum):
    """How a dossier was filed (B-10)."""

    ONLINE = "ONLINE"
    DIRECT = "DIRECT"
    POSTAL = "POSTAL"


class Measure(StrEnum):
    """What is counted on a day.

    RESULT_… ended with a decision, a refusal too; ENDED_… without one: withdrawn, stopped, closed unanswered. EXTENDED_…
    stand among RESULT_…: they kept the new date of an apology (form 04) and not the one before. DUE is the day promised
    last. WAITING and OVERDUE go up and down: their sum up to a day is how many wait for the applicant, or are overdue,
    at its end.
    """

    ACCEPTED_ONLINE = "ACCEPTED_ONLINE"
    ACCEPTED_DIRECT = "ACCEPTED_DIRECT"
    ACCEPTED_POSTAL = "ACCEPTED_POSTAL"
    RESULT_EARLY = "RESULT_EARLY"
    RESULT_ON_TIME = "RESULT_ON_TIME"
    RESULT_LATE = "RESULT_LATE"
    ENDED_EARLY = "ENDED_EARLY"
    ENDED_ON_TIME = "ENDED_ON_TIME"
    ENDED_LATE = "ENDED_LATE"
    EXTENDED_EARLY = "EXTENDED_EARLY"
    EXTENDED_ON_TIME = "EXTENDED_ON_TIME"
    DUE = "DUE"
    WAITING = "WAITING"
    OVERDUE = "OVERDUE"


ACCEPTED: Final = {way: Measure(f"ACCEPTED_{way}") for way in FilingWay}
"""What acceptance is counted as."""
WITH_RESULT: Final = {one: Measure(f"RESULT_{one}") for one in Outcome}
"""What an end with a decision is counted as."""
WITHOUT_RESULT: Final = {one: Measure(f"ENDED_{one}") for one in Outcome}
"""What an end without one is counted as."""
ENDS: Final = frozenset({*WITH_RESULT.values(), *WITHOUT_RESULT.values()})
"""Every end of a dossier is counted as one of these."""
_BY_EXTENSION: Final = {
    Measure.RESULT_EARLY: Measure.EXTENDED_EARLY,
    Measure.RESULT_ON_TIME: Measure.EXTENDED_ON_TIME,
}


@dataclass(frozen=True, slots=True)
class DayChange:
    """`count` more (or less, below 0) of `measure` on the day `on`."""

    on: date
    measure: Measure
    count: int


@dataclass(frozen=True, slots=True)
class DossierFigures:
    """What one accepted dossier counts as, by the days of Hanoi.

    `ended_on` and `ended_as` (of `ENDS`) are None while it is under way. `waiting` and `overdue` are the days on which
    it began and ceased to be so, in turn: at the end of the day 1, 3, … it is, at the end of the day 2, 4, … it is not.
    """

    accepted_on: date
    way: FilingWay
    due_on: date
    ended_on: date | None = None
    ended_as: Measure | None = None
    is_kept_by_extension: bool = False
    waiting: tuple[date, ...] = ()
    overdue: tuple[date, ...] = ()

    def changes(self) -> Iterator[DayChange]:
        """Yield what the dossier adds to the figures of each day."""
        yield DayChange(self.accepted_on, ACCEPTED[self.way], 1)
        yield DayChange(self.due_on, Measure.DUE, 1)
        if self.ended_on is not None and self.ended_as is not None:
            yield DayChange(self.ended_on, self.ended_as, 1)
            if self.is_kept_by_extension:
                yield DayChange(self.ended_on, _BY_EXTENSION[self.ended_as], 1)
        for measure, days in ((Measure.WAITING, self.waiting), (Measure.OVERDUE, self.overdue)):
            for place, day in enumerate(days):
                yield DayChange(day, measure, -1 if place % 2 else 1)


def figures_of(dossier: CountedDossier, way: FilingWay) -> DossierFigures:
    """Return what `dossier` counts as."""
    moments = _moments(dossier)
    days = sorted({in_hanoi(moment).date() for moment in moments})
    last = promise_at(dossier, dossier.ended_at or max(moments) + timedelta(days=1))
    figures = DossierFigures(
        accepted_on=in_hanoi(dossier.accepted_at).date(),
        way=way,
        due_on=in_hanoi(last.due_at).date(),
        waiting=_turns(dossier, days, Measure.WAITING),
        overdue=_turns(dossier, days, Measure.OVERDUE),
    )
    if dossier.ended_at is None:
        return figures
    compared = outcome(dossier.ended_at, last.due_at, dossier.mode)
    return replace(
        figures,
        ended_on=in_hanoi(dossier.ended_at).date(),
        ended_as=(WITH_RESULT if dossier.has_result else WITHOUT_RESULT)[compared],
        is_kept_by_extension=dossier.has_result
        and compared is not Outcome.LATE
        and _is_late_before_extension(dossier, dossier.ended_at),
    )


def _moments(dossier: CountedDossier) -> list[datetime]:
    """Return every moment at which the standing of the dossier may change."""
    promised = [moment for given in dossier.promises for moment in (given.due_at, given.until)]
    waited = [moment for wait in dossier.waits for moment in (wait.since, wait.until)]
    found = (dossier.accepted_at, dossier.ended_at, *promised, *waited)
    return [moment for moment in found if moment is not None]


def _turns(dossier: CountedDossier, days: list[date], measure: Measure) -> tuple[date, ...]:
    """Return the days at whose end `measure` is so while it was not before, and the other way round, in turn."""
    turns = list[date]()
    for day in days:
        # Whatever changes on a day shows first at its end.
        end = _midnight(day + timedelta(days=1))
        is_open = dossier.accepted_at < end and (dossier.ended_at is None or dossier.ended_at >= end)
        if measure is Measure.WAITING:
            holds = is_open and waits_at(dossier, end)
        else:
            holds = is_open and standing_at(dossier, end) is Standing.OVERDUE
        if holds != bool(len(turns) % 2):
            turns.append(day)
    return tuple(turns)


def _is_late_before_extension(dossier: CountedDossier, ended_at: datetime) -> bool:
    """Tell whether the promise was an extension, and the one before it was broken."""
    place = next(index for index, given in enumerate(dossier.promises) if given == promise_at(dossier, ended_at))
    if not dossier.promises[place].is_extension or not place:
        return False
    return outcome(ended_at, dossier.promises[place - 1].due_at, dossier.mode) is Outcome.LATE


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins in Hanoi."""
    return _midnight(day)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)


class WaitingAs(StrEnum):
    """What a dossier counts as that waits for its applicant at the end of the period."""

    IN_PROGRESS = "IN_PROGRESS"
    SETTLED_ON_TIME = "SETTLED_ON_TIME"


class WithoutResultAs(StrEnum):
    """What an end without a decision counts as: on time unless its promise was broken, always so, or like any other."""

    ON_TIME_UNLESS_BROKEN = "ON_TIME_UNLESS_BROKEN"
    ALWAYS_ON_TIME = "ALWAYS_ON_TIME"
    LIKE_A_RESULT = "LIKE_A_RESULT"


class ExtendedBy(StrEnum):
    """Which date a result is compared with after an apology: the new one, or the one before."""

    NEW_DATE = "NEW_DATE"
    FIRST_DATE = "FIRST_DATE"


class EarlyAs(StrEnum):
    """What "early" means: before the day promised, or on it too."""

    BEFORE = "BEFORE"
    ON_OR_BEFORE = "ON_OR_BEFORE"


class RateOf(StrEnum):
    """What the share on time is of: what was settled, what was to be settled, or what fell due in the period."""

    SETTLED = "SETTLED"
    TO_SETTLE = "TO_SETTLE"
    DUE = "DUE"


@dataclass(frozen=True, slots=True)
class CountingDefinition:
    """How a province counts on time and late."""

    waiting: WaitingAs = WaitingAs.IN_PROGRESS
    without_result: WithoutResultAs = WithoutResultAs.ON_TIME_UNLESS_BROKEN
    extended: ExtendedBy = ExtendedBy.NEW_DATE
    early: EarlyAs = EarlyAs.BEFORE
    rate: RateOf = RateOf.SETTLED


Sums = Mapping[Measure, int]
"""Of each measure the sum of all days before a day; what is not there is 0."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a table says beside its columns: dossiers among those settled or in progress, and those due in the period.

    `extended` kept the new date alone, `without_result` ended without a decision, `waiting` wait for their applicant.
    """

    due: int = 0
    extended: int = 0
    without_result: int = 0
    waiting: int = 0

    def __add__(self, other: "Beside") -> "Beside":
        """Return those of both."""
        return Beside(**{name: getattr(self, name) + getattr(other, name) for name in Beside.__slots__})


def settlement_line(before: Sums, until: Sums, definition: CountingDefinition) -> Settlement:
    """Return the line of the period between two days, of which the sums are given, as the province counts (C-30)."""

    def came(*measures: Measure) -> int:
        return sum(until.get(one, 0) - before.get(one, 0) for one in measures)

    early, on_time, late = _settled(came, definition)
    open_at_end, overdue = _open(until), until.get(Measure.OVERDUE, 0)
    waiting = until.get(Measure.WAITING, 0) if definition.waiting is WaitingAs.SETTLED_ON_TIME else 0
    on_time += waiting
    if definition.early is EarlyAs.ON_OR_BEFORE:
        early, on_time = early + on_time, 0
    return Settlement(
        online=came(Measure.ACCEPTED_ONLINE),
        direct_or_postal=came(Measure.ACCEPTED_DIRECT, Measure.ACCEPTED_POSTAL),
        carried_over=_open(before),
        early=early,
        on_time=on_time,
        late=late,
        within_limit=open_at_end - overdue - waiting,
        overdue=overdue,
    )


def beside_line(before: Sums, until: Sums) -> Beside:
    """Return what the table says beside its columns."""

    def came(*measures: Measure) -> int:
        return sum(until.get(one, 0) - before.get(one, 0) for one in measures)

    return Beside(
        due=came(Measure.DUE),
        extended=came(Measure.EXTENDED_EARLY, Measure.EXTENDED_ON_TIME),
        without_result=came(*WITHOUT_RESULT.values()),
        waiting=until.get(Measure.WAITING, 0),
    )
