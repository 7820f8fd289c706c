"""Work on paper while the system is down: numbers kept for it, what may be entered later, who may do it (B-25).

Source: docs/law/paper-mode.md. The law orders the register and the control sheet on paper and says nothing of numbers:
those here are ours, dated, and of the day on which a kit is drawn up or a dossier accepted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import Beginning, due_at
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.time_limits import WHOLE_ONLY, LimitUnit, TimeLimit
from motcua.rules.working_time import HANOI, WorkingCalendar, in_hanoi


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers from `first` to `last`, both of them in it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What the law leaves open [U], from `valid_from` on.

    `kept` are the numbers of a day that only paper has, `kit_at_most` how many of them one kit may hold; an outage is
    declared within `declared_within` of its beginning; a kit prints the due days of the next `table_days` days, so many
    `blanks` each of forms 02 and 03, and a list with room for `returns_listed` results that are given out.
    """

    valid_from: date
    kept: Block
    kit_at_most: int
    declared_within: timedelta
    table_days: int
    blanks: int
    returns_listed: int


PAPER_RULES: tuple[PaperRules, ...] = (
    PaperRules(
        valid_from=date(2018, 6, 21),
        kept=Block(9001, 9999),
        kit_at_most=50,
        declared_within=timedelta(days=30),
        table_days=30,
        blanks=3,
        returns_listed=15,
    ),
)
"""The oldest first. Numbers once kept stay kept: a later row may widen `kept`, never narrow it."""


def paper_rules_on(day: date) -> PaperRules:
    """Return what holds on `day`; before the first row, the first one."""
    return next((rules for rules in reversed(PAPER_RULES) if rules.valid_from <= day), PAPER_RULES[0])


def regular_number(taken: int, on: date) -> int:
    """Return the number in the code of the `taken`-th dossier of `on` that the system numbered itself (B-40).

    Those kept for paper are passed over, so that every count has a number of its own and none of them is one of paper.
    """
    kept = paper_rules_on(on).kept
    return taken if taken < kept.first else taken + (kept.last - kept.first + 1)


class NoNumbersLeft(Exception):
    """No block of so many numbers is free for the agency."""


def free_block(count: int, held: Iterable[Block], on: date) -> Block:
    """Return the first block of `count` kept numbers that meets none of `held`; raises `NoNumbersLeft`."""
    kept = paper_rules_on(on).kept
    first = kept.first
    for block in sorted(held, key=lambda block: block.first):
        if first + count <= block.first:
            break
        first = max(first, block.last + 1)
    if count < 1 or first + count - 1 > kept.last:
        raise NoNumbersLeft
    return Block(first, first + count - 1)


@dataclass(frozen=True, slots=True)
class OutageFact:
    """When a desk could not work on the system; `ended_at` is None while it lasts."""

    began_at: datetime
    ended_at: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Tell whether `moment` lies in it, its end included."""
        return self.began_at <= moment and (self.ended_at is None or moment <= self.ended_at)


class OutageFault(StrEnum):
    """Why an outage cannot be declared, or ended, so."""

    IN_THE_FUTURE = "IN_THE_FUTURE"
    TOO_LONG_AGO = "TOO_LONG_AGO"
    ENDS_BEFORE_IT_BEGINS = "ENDS_BEFORE_IT_BEGINS"
    OVERLAPS = "OVERLAPS"
    LEAVES_OUT_ENTERED = "LEAVES_OUT_ENTERED"


def outage_fault(outage: OutageFact, others: Iterable[OutageFact], *, at: datetime) -> OutageFault | None:
    """Return what is wrong with declaring `outage` at `at` beside the `others` of the desk; None when nothing is."""
    last = outage.ended_at or outage.began_at
    if max(last, outage.began_at) > at:
        return OutageFault.IN_THE_FUTURE
    if outage.ended_at is not None and outage.ended_at <= outage.began_at:
        return OutageFault.ENDS_BEFORE_IT_BEGINS
    if at - outage.began_at > paper_rules_on(in_hanoi(at).date()).declared_within:
        return OutageFault.TOO_LONG_AGO
    until = outage.ended_at or at
    if any(other.began_at <= until and outage.began_at <= (other.ended_at or at) for other in others):
        return OutageFault.OVERLAPS
    return None


def ending_fault(
    began_at: datetime, ended_at: datetime, entered: Iterable[datetime], *, at: datetime
) -> OutageFault | None:
    """Return what is wrong with ending at `ended_at` an outage with acts `entered` for these moments; None: nothing."""
    if ended_at > at:
        return OutageFault.IN_THE_FUTURE
    if ended_at <= began_at:
        return OutageFault.ENDS_BEFORE_IT_BEGINS
    return OutageFault.LEAVES_OUT_ENTERED if any(moment > ended_at for moment in entered) else None


@dataclass(frozen=True, slots=True)
class PaperMoments:
    """When things happened on paper; `transferred_at` is None when the dossier has not gone to the agency yet."""

    submitted_at: datetime
    accepted_at: datetime
    transferred_at: datetime | None = None


class EntryFault(StrEnum):
    """Why what happened on paper cannot be entered so."""

    IN_THE_FUTURE = "IN_THE_FUTURE"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    BEFORE_THE_KIT = "BEFORE_THE_KIT"
    OUTSIDE_AN_OUTAGE = "OUTSIDE_AN_OUTAGE"
    BEFORE_THE_RESULT = "BEFORE_THE_RESULT"
    DUE_BEFORE_ACCEPTANCE = "DUE_BEFORE_ACCEPTANCE"


class EntryRefused(Exception):
    """What happened on paper cannot be entered so."""

    def __init__(self, fault: EntryFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def outage_of(moments: Iterable[datetime], outages: Iterable[OutageFact]) -> OutageFact | None:
    """Return the outage that holds all of `moments`; None when there is none."""
    held = tuple(moments)
    return next((one for one in outages if all(one.holds(moment) for moment in held)), None)


def check_entry(
    moments: PaperMoments, written_due: date, outages: Iterable[OutageFact], *, kit_from: datetime, at: datetime
) -> OutageFact:
    """Return the outage that `moments` belong to; raises `EntryRefused` (B-25).

    Handed in, accepted, transferred, entered: in this order, the first two within one outage of the desk and after the
    kit was drawn up at `kit_from`.
    """
    gone = moments.transferred_at or moments.accepted_at
    found = _checked((moments.submitted_at, moments.accepted_at, gone), outages, kit_from=kit_from, at=at)
    if written_due < in_hanoi(moments.accepted_at).date():
        raise EntryRefused(EntryFault.DUE_BEFORE_ACCEPTANCE)
    return found


def check_answer(
    submitted_at: datetime, answered_at: datetime, outages: Iterable[OutageFact], *, kit_from: datetime, at: datetime
) -> OutageFact:
    """Return the outage in which an application was declined, or papers asked for, on paper; raises `EntryRefused`.

    Handed in, answered, entered: in this order, the first two within one outage and after the kit was drawn up.
    """
    return _checked((submitted_at, answered_at), outages, kit_from=kit_from, at=at)


def check_return(ready_at: datetime, given_at: datetime, outages: Iterable[OutageFact], *, at: datetime) -> OutageFact:
    """Return the outage in which a result was given out that lay there since `ready_at`; raises `EntryRefused`."""
    if given_at > at:
        raise EntryRefused(EntryFault.IN_THE_FUTURE)
    if given_at < ready_at:
        raise EntryRefused(EntryFault.BEFORE_THE_RESULT)
    found = outage_of([given_at], outages)
    if found is None:
        raise EntryRefused(EntryFault.OUTSIDE_AN_OUTAGE)
    return found


def _checked(
    moments: tuple[datetime, ...], outages: Iterable[OutageFact], *, kit_from: datetime, at: datetime
) -> OutageFact:
    """Return the outage that holds the first two of `moments`, which are to be in order and not ahead of `at`."""
    if max(moments) > at:
        raise EntryRefused(EntryFault.IN_THE_FUTURE)
    if list(moments) != sorted(moments):
        raise EntryRefused(EntryFault.OUT_OF_ORDER)
    if moments[0] < kit_from:
        raise EntryRefused(EntryFault.BEFORE_THE_KIT)
    found = outage_of(moments[:2], outages)
    if found is None:
        raise EntryRefused(EntryFault.OUTSIDE_AN_OUTAGE)
    return found


def is_in_days(limit: TimeLimit) -> bool:
    """Tell whether the day promised for `limit` is the same whatever the hour of acceptance, so that a table has it."""
    return limit.unit in WHOLE_ONLY or (
        limit.unit is LimitUnit.WORKING_DAY and limit.amount >= 1 and limit.amount % 1 == 0
    )


@dataclass(frozen=True, slots=True)
class DueRow:
    """What is promised for a dossier accepted on `on`: a moment for each limit, in their order.

    None where the desk is closed that day; a Saturday desk is open (L-02).
    """

    on: date
    due: tuple[datetime, ...]
    is_off: bool


@dataclass(frozen=True, slots=True)
class TableOf:
    """How a table of promises is counted; `beginning` is EXPECTED_AT_AGENCY where another desk takes in (B-12)."""

    calendar: WorkingCalendar
    mode: CountingMode
    beginning: Beginning = Beginning.ACCEPTED


def due_table(first: date, days: int, limits: Iterable[TimeLimit], table: TableOf) -> tuple[DueRow, ...]:
    """Return for each of `days` days from `first` on what is promised then, accepted at the opening of the office.

    For limits that are `is_in_days`. Raises `CalendarExhausted`.
    """
    wanted = tuple(limits)
    return tuple(_row(first + timedelta(days=number), wanted, table) for number in range(days))


def _row(on: date, limits: tuple[TimeLimit, ...], table: TableOf) -> DueRow:
    calendar, saturday = table.calendar, table.calendar.saturday_desk(on)
    if not calendar.is_working_day(on) and saturday is None:
        return DueRow(on, (), is_off=True)
    accepted_at = datetime.combine(on, (saturday or calendar.hours_on(on)).opens, HANOI)
    if table.beginning is Beginning.EXPECTED_AT_AGENCY:
        accepted_at = calendar.close_after(on, 1)
    return DueRow(on, tuple(due_at(accepted_at, limit, calendar, table.mode) for limit in limits), is_off=False)


READERS = frozenset({Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
"""Who at a desk sees its kits and outages, and marks numbers as spoilt."""


def may_see_paper(desk_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` sees the kits of the desk `desk_id` and marks numbers as spoilt."""
    return any(grant.role in READERS and grant.unit_id == desk_id and grant.holds_on(on) for grant in grants)


def may_keep_paper(desk_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` reserves kits of that desk, takes them back, and declares outages."""
    return _holds(Role.HEAD_OF_ONE_STOP, desk_id, grants, on)


def may_enter_from_paper(desk_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` enters what that desk took in on paper."""
    return _holds(Role.RECEPTION_OFFICER, desk_id, grants, on)


def _holds(role: Role, desk_id: int, grants: Iterable[RoleGrant], on: date) -> bool:
    return any(grant.role is role and grant.unit_id == desk_id and grant.holds_on(on) for grant in grants)
