"""What can happen to the yearly review of procedures. Of a review the subject is the procedure's code."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyIncomeSet(Event):
    """The income by which an hour is counted was set from a day on; the subject is `hourly-income`."""

    valid_from: date
    yearly_income_vnd: int
    hours_a_year: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlanOpened(Event):
    """The plan of a year was begun; the subject of this and the next is `review-plan-<year>`."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlanIssued(Event):
    """The chairman issued the plan."""

    decision_no: str
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlanned(Event):
    """A procedure was put into the plan of `year` under `number`."""

    year: int
    number: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDropped(Event):
    """A review was taken out of the plan."""

    year: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBegun(Event):
    """The review of one version was begun."""

    year: int
    number: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAssessed(Event):
    """A part of the procedure got its verdict."""

    year: int
    number: int
    part: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsCounted(Event):
    """A cost table was written: before or after the change, with its total of a year in dong."""

    year: int
    number: int
    side: str
    total_vnd: int
    hourly_vnd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplificationProposed(Event):
    """The review was laid before the chairman, proposing to keep, amend or abolish the procedure."""

    year: int
    number: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplificationGivenBack(Event):
    """The chairman gave the proposal back."""

    year: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplificationApproved(Event):
    """The chairman approved the proposal; `follow_up_on` is the day by which it is to be in force, if one was set."""

    year: int
    number: int
    outcome: str
    decision_no: str
    follow_up_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimplificationInForce(Event):
    """The approved proposal is in force: by `version`, or by the abolition of the procedure where that is None."""

    year: int
    number: int
    version: int | None
