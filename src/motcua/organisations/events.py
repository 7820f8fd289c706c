"""What can happen to public bodies."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFounded(Event):
    """A unit was entered; the subject is its code."""

    name: str
    kind: str
    parent: str
    founded_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSucceeded(Event):
    """A unit ended and others took over; the subject is its code."""

    dissolved_on: date
    successors: tuple[str, ...]
    manner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsLoaded(Event):
    """A nationwide list was loaded; the subject is `units`."""

    file: str
    digest: str
    loaded_count: int
    changed_count: int
    rejected_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHoursSet(Event):
    """Opening hours were set; the subject is the code of the unit, or `units` for all that have none of their own."""

    spans: str
    other_days: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAnnounced(Event):
    """Days were announced, for a unit and all below or for the whole country (empty); the subject is `calendar:ID`."""

    source: str
    unit: str
    days: tuple[str, ...]
    confirms_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPutInForce(Event):
    """What was announced counts from now on; the subject is `calendar:ID`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesBroughtIn(Event):
    """Units, opening hours or announcements came in a package; the subject is `units`, `office-hours` or `calendars`.

    `package` is the SHA-256 of its manifest.
    """

    package: str
    item_count: int
