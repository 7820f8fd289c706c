"""How dossiers are counted in the report on settlement: received, settled, in progress (C-30, R-11).

Source: docs/law/settlement.md. A dossier counts in a period when it was accepted before the period's end and not over
before its beginning. It stands once among the received and once, as it was at the period's end, among the settled or
those in progress: so the identities hold by construction, for one dossier as for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import Outcome, outcome


class Reception(StrEnum):
    """How a dossier came into a period."""

    ONLINE = "ONLINE"
    DIRECT_OR_POSTAL = "DIRECT_OR_POSTAL"
    CARRIED_OVER = "CARRIED_OVER"


class Standing(StrEnum):
    """How a dossier stood at the end of a period: settled early, on time, late; or within its limit, or overdue."""

    EARLY = "EARLY"
    ON_TIME = "ON_TIME"
    LATE = "LATE"
    WITHIN_LIMIT = "WITHIN_LIMIT"
    OVERDUE = "OVERDUE"


SETTLED = frozenset({Standing.EARLY, Standing.ON_TIME, Standing.LATE})


@dataclass(frozen=True, slots=True)
class Promised:
    """A due moment that held until `until`; None for the one that holds now.

    `is_extension` tells that the agency gave it in place of an earlier one, with an apology (form 04).
    """

    due_at: datetime
    until: datetime | None = None
    is_extension: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """It was the applicant's turn from `since` until `until`; None while it still is."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CountedDossier:
    """What the report asks of an accepted dossier.

    `came_in` is ONLINE or DIRECT_OR_POSTAL. `promises` are all that were given, in the order of time, the last one
    without an end. `ended_at` is when there was a result, or when it ended without one (`has_result` false): withdrawn,
    stopped, closed; None while under way.
    """

    accepted_at: datetime
    came_in: Reception
    promises: tuple[Promised, ...]
    waits: tuple[Wait, ...] = ()
    ended_at: datetime | None = None
    has_result: bool = True
    mode: CountingMode = CountingMode.CIVIL


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` on, until before `until`."""

    since: datetime
    until: datetime


def reception_in(dossier: CountedDossier, period: Period) -> Reception | None:
    """Return how the dossier came into the period; None when it does not belong there."""
    if dossier.accepted_at >= period.until or (dossier.ended_at is not None and dossier.ended_at < period.since):
        return None
    if dossier.accepted_at < period.since:
        return Reception.CARRIED_OVER
    return dossier.came_in


def standing_at(dossier: CountedDossier, end: datetime) -> Standing:
    """Return how the dossier stood just before `end` (L-11).

    One that ended without a result counts as settled: on time, unless its promise was broken by then. One that waits
    for the applicant is within its limit, because its clock does not run.
    """
    if dossier.ended_at is not None and dossier.ended_at < end:
        compared = outcome(dossier.ended_at, promise_at(dossier, dossier.ended_at).due_at, dossier.mode)
        if not dossier.has_result and compared is Outcome.EARLY:
            return Standing.ON_TIME
        return Standing(compared.value)
    is_late = end > promise_at(dossier, end).due_at
    return Standing.OVERDUE if is_late and not waits_at(dossier, end) else Standing.WITHIN_LIMIT


def waits_at(dossier: CountedDossier, end: datetime) -> bool:
    """Tell whether it was the applicant's turn just before `end`."""
    return any(wait.since < end and (wait.until is None or wait.until >= end) for wait in dossier.waits)


def promise_at(dossier: CountedDossier, moment: datetime) -> Promised:
    """Return the promise that held just before `moment`."""
    return next(given for given in dossier.promises if given.until is None or moment <= given.until)


@dataclass(frozen=True, slots=True)
class Settlement:
    """One line of the report: counts of dossiers."""

    online: int = 0
    direct_or_postal: int = 0
    carried_over: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    within_limit: int = 0
    overdue: int = 0

    @property
    def received(self) -> int:
        """All that came in, and what was under way before."""
        return self.online + self.direct_or_postal + self.carried_over

    @property
    def settled(self) -> int:
        """All that are over."""
        return self.early + self.on_time + self.late

    @property
    def in_progress(self) -> int:
        """All that are under way at the end."""
        return self.within_limit + self.overdue

    def __add__(self, other: "Settlement") -> "Settlement":
        """Return the line of both."""
        return Settlement(**{name: getattr(self, name) + getattr(other, name) for name in Settlement.__slots__})


NOTHING = Settlement()


def settlement(dossiers: Iterable[CountedDossier], period: Period) -> Settlement:
    """Return the line of `dossiers` in `period`."""
    counts = dict.fromkeys(Settlement.__slots__, 0)
    for dossier in dossiers:
        reception = reception_in(dossier, period)
        if reception is not None:
            counts[reception.value.lower()] += 1
            counts[standing_at(dossier, period.until).value.lower()] += 1
    return replace(NOTHING, **counts)


class Identity(StrEnum):
    """An equation that a report must meet (C-30, R-11)."""

    RECEIVED = "RECEIVED"
    SETTLED = "SETTLED"
    IN_PROGRESS = "IN_PROGRESS"
    WHOLE = "WHOLE"
    CARRIED = "CARRIED"


@dataclass(frozen=True, slots=True)
class ReportedTotals:
    """The totals a report states beside its parts, as imported reports do."""

    received: int
    settled: int
    in_progress: int


def broken_identities(
    line: Settlement, totals: ReportedTotals, before: Settlement | None = None
) -> dict[Identity, int]:
    """Return the equations that do not hold and by how much: stated less counted.

    Totals against their parts, received against settled and in progress, and what was carried over against what was in
    progress at the end of the period `before`. Seed 003's figures break the fourth by 388.
    """
    differences = {
        Identity.RECEIVED: totals.received - line.received,
        Identity.SETTLED: totals.settled - line.settled,
        Identity.IN_PROGRESS: totals.in_progress - line.in_progress,
        Identity.WHOLE: totals.settled + totals.in_progress - totals.received,
        Identity.CARRIED: line.carried_over - before.in_progress if before else 0,
    }
    return {identity: difference for identity, difference in differences.items() if difference}
