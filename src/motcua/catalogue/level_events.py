"""What can happen to the levels of online service and their targets."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevelSet(Event):
    """A procedure got a level from a day on; the subject is its code, `unit` a unit's code or empty for all."""

    unit: str
    level: str
    valid_from: date
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevelCorrected(Event):
    """A level recorded by mistake was put right; what was wrong and what stands now, and why.

    The subject is the procedure's code, `unit` a unit's code or empty for all.
    """

    unit: str
    old_level: str
    old_valid_from: date
    old_ground: str
    level: str
    valid_from: date
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevelEnded(Event):
    """A level no longer holds from `valid_until` on and none follows; the subject is the procedure's code."""

    unit: str
    level: str
    valid_from: date
    valid_until: date
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevelWithdrawn(Event):
    """A level recorded by mistake was taken back; the subject is the procedure's code."""

    unit: str
    level: str
    valid_from: date
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTargetSet(Event):
    """The target of a year was set; the subject is `service-target-<year>`."""

    metric: str
    percent: int
    source: str
