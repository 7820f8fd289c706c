"""What one dossier adds to the figures of each day (C-30, L-10, L-11).

Source: docs/law/reports.md. `rules.settlement` says how a dossier stands in a period; here the same is told day by day,
so that any period is a sum. What counts as on time is for the province to choose, from a day on: days are kept fine
enough for every choice, and `rules.settlement_table` makes it when a table is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from motcua.rules.deadlines import Outcome, outcome
from motcua.rules.settlement import CountedDossier, Standing, promise_at, standing_at, waits_at
from motcua.rules.working_time import HANOI, in_hanoi


class FilingWay(StrEnum):
    """How a dossier was filed (B-10)."""

    ONLINE = "ONLINE"
    DIRECT = "DIRECT"
    POSTAL = "POSTAL"


class Measure(StrEnum):
    """What is counted on a day.

    RESULT_… ended with a decision, a refusal too; ENDED_… without one: withdrawn, stopped, closed unanswered. Those of
    EXTENDED_… stand among RESULT_… too: they kept the new date of an apology (form 04) and not the one before. DUE is
    the day promised last. WAITING and OVERDUE go up and down: their sum up to a day is how many wait for the applicant,
    or are overdue, at its end.
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
        end = midnight(day + timedelta(days=1))
        is_open = dossier.accepted_at < end and (dossier.ended_at is None or dossier.ended_at >= end)
        if measure is Measure.WAITING:
            holds = is_open and waits_at(dossier, end)
        else:
            holds = is_open and standing_at(dossier, end) is Standing.OVERDUE
        if holds != bool(len(turns) % 2):
            turns.append(day)
    return tuple(turns)


def _is_late_before_extension(dossier: CountedDossier, ended_at: datetime) -> bool:
    """Tell whether the promise rested on an apology, and the one before the apology was broken."""
    place = next(index for index, given in enumerate(dossier.promises) if given == promise_at(dossier, ended_at))
    if not dossier.promises[place].is_extension:
        return False
    while place and dossier.promises[place].is_extension:
        place -= 1
    return outcome(ended_at, dossier.promises[place].due_at, dossier.mode) is Outcome.LATE


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins in Hanoi."""
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)
