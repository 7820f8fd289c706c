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
class ServiceTargetSet(Event):
    """The target of a year was set; the subject is `service-target-<year>`."""

    metric: str
    percent: int
    source: str
