"""The official table of settlement, made of daily figures as a province counts "on time" and "late" (C-30, L-11).

Source: docs/law/reports.md. The definition is chosen when a table is read; the figures beneath are the same for all.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.settlement import Settlement
from motcua.rules.settlement_figures import ENDS, WITHOUT_RESULT, Measure


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
    """What the share on time is of.

    SETTLED: of what was settled in the period. TO_SETTLE: of all that was there to settle, those overdue at the end
    being late. DUE: the same late ones, of what fell due in the period.
    """

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


OURS = CountingDefinition()
"""What holds where a province chose nothing: `rules.settlement` counts so."""
Sums = Mapping[Measure, int]
"""Of each measure the sum of all days before a day; what is not there is 0."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a table says beside its columns.

    `due` fell due in the period. Among those settled in it, `extended` kept the new date of an apology alone and
    `without_result` ended without a decision. `waiting` wait for their applicant at its end.
    """

    due: int = 0
    extended: int = 0
    without_result: int = 0
    waiting: int = 0

    def __add__(self, other: "Beside") -> "Beside":
        """Return those of both."""
        return Beside(**{name: getattr(self, name) + getattr(other, name) for name in Beside.__slots__})


NOTHING_BESIDE = Beside()


def settlement_line(before: Sums, until: Sums, definition: CountingDefinition = OURS) -> Settlement:
    """Return the line of the period between two days, of which the sums are given, as the province counts (C-30).

    What was under way before the period is carried over, whatever the period before counted it as.
    """
    came = _between(before, until)
    ends = _ends(came, definition)
    waiting = until.get(Measure.WAITING, 0) if definition.waiting is WaitingAs.SETTLED_ON_TIME else 0
    early, on_time = ends.early, ends.on_time + waiting
    if definition.early is EarlyAs.ON_OR_BEFORE:
        early, on_time = early + on_time, 0
    overdue = until.get(Measure.OVERDUE, 0)
    return Settlement(
        online=came(Measure.ACCEPTED_ONLINE),
        direct_or_postal=came(Measure.ACCEPTED_DIRECT, Measure.ACCEPTED_POSTAL),
        carried_over=_under_way(before),
        early=early,
        on_time=on_time,
        late=ends.late,
        within_limit=_under_way(until) - overdue - waiting,
        overdue=overdue,
    )


def beside_line(before: Sums, until: Sums) -> Beside:
    """Return what the table says beside the columns of `settlement_line`."""
    came = _between(before, until)
    return Beside(
        due=came(Measure.DUE),
        extended=came(Measure.EXTENDED_EARLY, Measure.EXTENDED_ON_TIME),
        without_result=came(*WITHOUT_RESULT.values()),
        waiting=until.get(Measure.WAITING, 0),
    )


def on_time_rate(line: Settlement, beside: Beside, definition: CountingDefinition = OURS) -> Fraction | None:
    """Return the share on time; None where there is nothing it could be a share of.

    By DUE it falls below 0 where more are late from before than fell due in the period: the source has it so.
    """
    if definition.rate is RateOf.SETTLED:
        return Fraction(line.early + line.on_time, line.settled) if line.settled else None
    whole = line.received if definition.rate is RateOf.TO_SETTLE else beside.due
    return 1 - Fraction(line.late + line.overdue, whole) if whole else None


def may_choose_definition(province_ids: Collection[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may on `on` say how the province counts: who controls procedures there."""
    role = Role.PROCEDURE_CONTROL_OFFICER
    return any(grant.role is role and grant.unit_id in province_ids and grant.holds_on(on) for grant in grants)


_Came = Callable[..., int]


def _between(before: Sums, until: Sums) -> _Came:
    def came(*measures: Measure) -> int:
        return sum(until.get(one, 0) - before.get(one, 0) for one in measures)

    return came


def _under_way(sums: Sums) -> int:
    """Return how many were under way: accepted by then and not over."""
    accepted = (Measure.ACCEPTED_ONLINE, Measure.ACCEPTED_DIRECT, Measure.ACCEPTED_POSTAL)
    return sum(sums.get(one, 0) for one in accepted) - sum(sums.get(one, 0) for one in ENDS)


def _ends(came: _Came, definition: CountingDefinition) -> Settlement:
    """Return how many ended early, on time and late in the period; the other columns are 0."""
    early, on_time, late = came(Measure.RESULT_EARLY), came(Measure.RESULT_ON_TIME), came(Measure.RESULT_LATE)
    if definition.extended is ExtendedBy.FIRST_DATE:
        was_early, was_on_time = came(Measure.EXTENDED_EARLY), came(Measure.EXTENDED_ON_TIME)
        early, on_time, late = early - was_early, on_time - was_on_time, late + was_early + was_on_time
    return Settlement(early=early, on_time=on_time, late=late) + _without_result(came, definition.without_result)


def _without_result(came: _Came, counted_as: WithoutResultAs) -> Settlement:
    early, on_time, late = came(Measure.ENDED_EARLY), came(Measure.ENDED_ON_TIME), came(Measure.ENDED_LATE)
    if counted_as is WithoutResultAs.LIKE_A_RESULT:
        return Settlement(early=early, on_time=on_time, late=late)
    if counted_as is WithoutResultAs.ALWAYS_ON_TIME:
        return Settlement(on_time=early + on_time + late)
    return Settlement(on_time=early + on_time, late=late)
