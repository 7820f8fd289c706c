"""By when a petition must be sent back, completed, sent on, answered and published, by the text that says so (E-04).

Source: docs/law/petitions.md. Terms are working days, counted as those of dossiers are; each names its text, so that
the derivation can. Where several texts speak of one step, the shortest of those that a province goes by binds.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from motcua.rules.deadlines import Beginning, DueMoment, due_moment
from motcua.rules.petitions import PetitionStage
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import WorkingCalendar


class TermSource(StrEnum):
    """The texts: the decree on petitions, the index of service, a circular of one ministry for its own units."""

    ND_20_2008 = "ND_20_2008"
    QD_766_2022 = "QD_766_2022"
    TT_18_2018_BCT = "TT_18_2018_BCT"


class TermStep(StrEnum):
    """What has to be done in time."""

    RETURN = "RETURN"
    ASK = "ASK"
    TRANSFER = "TRANSFER"
    ANSWER = "ANSWER"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Term:
    """`working_days` for a step by `source`, from a day on (None: the text's first day is not known to us).

    `is_online` and `is_complex` narrow it to such petitions; None: whichever.
    """

    source: TermSource
    step: TermStep
    working_days: int
    valid_from: date | None
    is_online: bool | None = None
    is_complex: bool | None = None

    def fits(self, *, on: date, is_online: bool, is_complex: bool) -> bool:
        """Tell whether the term holds for such a petition received on `on`."""
        return (
            (self.valid_from is None or self.valid_from <= on)
            and self.is_online in {None, is_online}
            and self.is_complex in {None, is_complex}
        )


_SINCE_2008, _SINCE_2022 = date(2008, 3, 3), date(2022, 8, 1)
_ND, _QD, _TT = TermSource.ND_20_2008, TermSource.QD_766_2022, TermSource.TT_18_2018_BCT
TERMS: tuple[Term, ...] = (
    Term(_ND, TermStep.TRANSFER, 5, _SINCE_2008),
    Term(_QD, TermStep.RETURN, 2, _SINCE_2022),
    Term(_QD, TermStep.ASK, 5, _SINCE_2022),
    Term(_QD, TermStep.ANSWER, 15, _SINCE_2022),
    Term(_QD, TermStep.PUBLISH, 2, _SINCE_2022),
    Term(_TT, TermStep.TRANSFER, 2, None),
    Term(_TT, TermStep.ANSWER, 5, None, is_online=False, is_complex=False),
    Term(_TT, TermStep.ANSWER, 3, None, is_online=True, is_complex=False),
    Term(_TT, TermStep.ANSWER, 10, None, is_complex=True),
)
"""The terms of E-04, as the texts give them."""

NEXT_STEP: dict[PetitionStage, TermStep] = {
    PetitionStage.RECEIVED: TermStep.TRANSFER,
    PetitionStage.HANDLING: TermStep.ANSWER,
    PetitionStage.DRAFTED: TermStep.ANSWER,
}
"""Whose term runs while a petition waits in each stage; in the others no official is awaited."""

FIRST_STEPS = (TermStep.RETURN, TermStep.ASK, TermStep.TRANSFER, TermStep.ANSWER)
"""The steps whose terms run from the receipt, in the order in which a page tells them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What of a petition its terms depend on: the day it was received, and how; `is_complex` says the officer."""

    on: date
    is_online: bool
    is_complex: bool = False


def term_for(step: TermStep, kind: Kind, sources: Collection[TermSource]) -> Term | None:
    """Return the shortest term for `step` among those of `sources`; None when none of them speaks of it."""
    fitting = [
        term
        for term in TERMS
        if term.source in sources
        and term.step is step
        and term.fits(on=kind.on, is_online=kind.is_online, is_complex=kind.is_complex)
    ]
    return min(fitting, key=lambda term: term.working_days, default=None)


def term_due(term: Term, counted_from: datetime, calendar: WorkingCalendar, beginning: Beginning) -> DueMoment:
    """Return when `term` ends, counted from a moment, with its derivation; raises as `due_moment` does."""
    limit = TimeLimit(Decimal(term.working_days), LimitUnit.WORKING_DAY)
    return due_moment(counted_from, limit, calendar, beginning=beginning)
