"""The periods of official reports: which days belong to one (C-33, H-03).

Source: docs/law/reports.md. A period ends where the next one of its kind begins, so that the periods of one kind cover
all time without a gap, across a change of the rule too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class PeriodKind(StrEnum):
    """How long a report looks back."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"


MONTHS_IN: Final = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}
"""How many months the name of a period stands for."""
LAST_CUT: Final = 28
"""The latest day on which a period may begin: every month has it."""


class CutUnclear(Exception):
    """A period cannot begin on the day `first_day` of a month."""

    def __init__(self, first_day: int) -> None:
        super().__init__(str(first_day))
        self.first_day = first_day


class NoSuchPeriod(Exception):
    """A year has no period of that kind and number."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """From `valid_from` on, periods of `kind` begin on `first_day` of the month before the first one they are named by.

    1 means the first of that month itself: the months of the calendar. `valid_from` is compared with the first day of
    the months that a period is named by. Raises `CutUnclear` for a day that not every month has.
    """

    kind: PeriodKind
    valid_from: date
    first_day: int

    def __post_init__(self) -> None:
        if not 1 <= self.first_day <= LAST_CUT:
            raise CutUnclear(self.first_day)


OFFICIAL: Final = tuple(CutOff(kind, date.min, 15) for kind in PeriodKind)
"""C-33: a quarter runs from the 15th of the month before it to the 14th of its last month; so do the others."""


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Period `number` (from 1) of `year`: the days from `since` on, before `until`."""

    kind: PeriodKind
    year: int
    number: int
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Tell whether `day` belongs to the period."""
        return self.since <= day < self.until


def periods_in_year(kind: PeriodKind) -> int:
    """Return how many periods of `kind` a year has."""
    return 12 // MONTHS_IN[kind]


def report_period(
    kind: PeriodKind, year: int, number: int = 1, cut_offs: Collection[CutOff] = OFFICIAL
) -> ReportPeriod:
    """Return the period of that name; raises `NoSuchPeriod`.

    `cut_offs` are the rules of all kinds in any order; where none of its kind holds yet the months are the calendar's.
    """
    if not (1 <= number <= periods_in_year(kind) and date.min.year < year < date.max.year):
        raise NoSuchPeriod(kind, year, number)
    return _named(kind, year * periods_in_year(kind) + number - 1, cut_offs)


def period_of(kind: PeriodKind, day: date, cut_offs: Collection[CutOff] = OFFICIAL) -> ReportPeriod:
    """Return the period of `kind` that `day` belongs to."""
    place = (day.year * 12 + day.month - 1) // MONTHS_IN[kind]
    # A period begins at the earliest in the month before the first that it is named by.
    found = _named(kind, place, cut_offs)
    return found if found.holds(day) else following(found, cut_offs)


def following(period: ReportPeriod, cut_offs: Collection[CutOff] = OFFICIAL) -> ReportPeriod:
    """Return the period of the same kind after `period`."""
    return _named(period.kind, period.year * periods_in_year(period.kind) + period.number, cut_offs)


def preceding(period: ReportPeriod, cut_offs: Collection[CutOff] = OFFICIAL) -> ReportPeriod:
    """Return the period of the same kind before `period`."""
    return _named(period.kind, period.year * periods_in_year(period.kind) + period.number - 2, cut_offs)


def _named(kind: PeriodKind, place: int, cut_offs: Collection[CutOff]) -> ReportPeriod:
    """Return the period that is the `place`th of its kind since the year 0."""
    year, index = divmod(place, periods_in_year(kind))
    since, until = _beginning(kind, place, cut_offs), _beginning(kind, place + 1, cut_offs)
    return ReportPeriod(kind, year, index + 1, since, until)


def _beginning(kind: PeriodKind, place: int, cut_offs: Collection[CutOff]) -> date:
    month = place * MONTHS_IN[kind]
    named_from = _first_of(month)
    holding = [cut for cut in cut_offs if cut.kind is kind and cut.valid_from <= named_from]
    first_day = max(holding, key=lambda cut: cut.valid_from).first_day if holding else 1
    return named_from if first_day == 1 else _first_of(month - 1).replace(day=first_day)


def _first_of(month: int) -> date:
    """Return the first day of the `month`th month since the year 0."""
    year, index = divmod(month, 12)
    return date(year, index + 1, 1)
