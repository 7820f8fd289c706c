"""When a linked application is due: the sum of legs in sequence, the longest of legs at the same time (B-21).

Source: docs/law/linked.md. The plan lays each leg where the law allows it to lie at the latest, so a leg that ends
early or late moves nothing: what was promised for the whole stays (L-08). What the law lets a leg take longer (papers
asked for, a financial obligation, a new date) moves the legs after it, and the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import DueMoment
from motcua.rules.deadlines import due_at as after
from motcua.rules.derivation_sentences import Beginning
from motcua.rules.linked import LEAD
from motcua.rules.promises import ClockFacts, Exclusion, promise
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar, in_hanoi


@dataclass(frozen=True, slots=True)
class LegTerm:
    """The term of a leg by the calendar of its agency; `clock` is how its dossier's clock ran, None before it opened.

    `needs` are the numbers of the legs it needs, all of them smaller.
    """

    number: int
    needs: frozenset[int]
    limit: TimeLimit
    calendar: WorkingCalendar
    clock: ClockFacts | None = None


@dataclass(frozen=True, slots=True)
class PlannedLeg:
    """When a leg begins and ends at the latest, and how its end was counted."""

    number: int
    begins_at: datetime
    moment: DueMoment


@dataclass(frozen=True, slots=True)
class LinkedPlan:
    """The plan of every leg in the order of numbers, and the promise of the whole.

    The derivation of the whole goes through the legs that decide its end, one after the other.
    """

    legs: tuple[PlannedLeg, ...]
    whole: DueMoment


_ALWAYS_PLANNED = frozenset({Beginning.ACCEPTED, Beginning.LEG_OPENED})
"""Beginnings that the plan sets itself; from any other the law lets the limit count, if it is later."""


def linked_plan(accepted_at: datetime, legs: Sequence[LegTerm], mode: CountingMode) -> LinkedPlan:
    """Return the plan of a linked application accepted at `accepted_at`; `legs` are in the order of their numbers."""
    planned: dict[int, PlannedLeg] = {}
    for leg in legs:
        before = [planned[needed].moment.due_at for needed in sorted(leg.needs)]
        begins_at = max(before) if before else in_hanoi(accepted_at)
        facts = _facts(leg, begins_at)
        planned[leg.number] = PlannedLeg(leg.number, begins_at, promise(facts, leg.calendar, mode))
    return LinkedPlan(tuple(planned.values()), _whole(planned, {leg.number: leg.needs for leg in legs}))


def awaited_until(due_at: datetime, waits_days: int | None, calendar: WorkingCalendar) -> datetime | None:
    """Return until when the results of the other legs wait for a leg that is due at `due_at`; None for always.

    `waits_days` are working days of its agency, by `calendar`, as the group has them; where the calendar does not reach
    so far, they wait always.
    """
    if waits_days is None:
        return None
    try:
        return after(due_at, TimeLimit(Decimal(waits_days), LimitUnit.WORKING_DAY), calendar) if waits_days else due_at
    except CalendarExhausted:
        return None


def _facts(leg: LegTerm, begins_at: datetime) -> ClockFacts:
    """Return what the planned end of a leg rests on: its limit from `begins_at` on, and what the law added since."""
    beginning = Beginning.LEG_OPENED if leg.needs else Beginning.ACCEPTED
    planned = ClockFacts(begins_at, beginning, leg.limit)
    if leg.clock is None:
        return planned
    clock = leg.clock
    if clock.beginning not in _ALWAYS_PLANNED and clock.counted_from > begins_at:
        planned = replace(planned, counted_from=clock.counted_from, beginning=clock.beginning)
    return replace(
        planned,
        exclusions=_within(clock.exclusions, begins_at),
        extended_to=clock.extended_to,
        extended_at=clock.extended_at,
    )


def _within(exclusions: Sequence[Exclusion], begins_at: datetime) -> tuple[Exclusion, ...]:
    """Return what of `exclusions` lies after the planned begin: before it no time of the plan ran."""
    return tuple(
        replace(exclusion, since=max(exclusion.since, begins_at))
        for exclusion in exclusions
        if exclusion.until > begins_at
    )


def _whole(planned: Mapping[int, PlannedLeg], needs: Mapping[int, frozenset[int]]) -> DueMoment:
    path = [max(planned.values(), key=_end)]
    while needs[path[-1].number]:
        path.append(max((planned[number] for number in needs[path[-1].number]), key=_end))
    lines = tuple(line for leg in reversed(path) for line in leg.moment.derivation)
    is_provisional = any(leg.moment.is_provisional for leg in path)
    return DueMoment(path[0].moment.due_at, lines, is_provisional)


def _end(leg: PlannedLeg) -> tuple[datetime, int]:
    """Sort by the end; of legs that end together the earlier one decides."""
    return leg.moment.due_at, LEAD - leg.number
