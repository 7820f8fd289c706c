"""Units, opening hours and the calendar as a configuration package carries them: plain values, named by codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.organisations.models import CalendarAnnouncement, OfficeHours, Unit


@dataclass(frozen=True, slots=True)
class CarriedIdentifier:
    """A code in one register; half-open days, None: before our records, and still in use."""

    scheme: str
    value: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class CarriedSuccession:
    """Who took over, by the code of the unit."""

    successor: str
    effective_on: date
    manner: str
    decision: str


@dataclass(frozen=True, slots=True)
class CarriedUnit:
    """A unit with its codes and what became of it; `parent` is empty at the top."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: str
    founded_on: date | None
    dissolved_on: date | None
    address: str
    phone: str
    email: str
    identifiers: tuple[CarriedIdentifier, ...]
    successions: tuple[CarriedSuccession, ...]


@dataclass(frozen=True, slots=True)
class CarriedHours:
    """Opening hours of a unit, or of all that have none of their own (`unit` empty)."""

    unit: str
    valid_from: date
    valid_until: date | None
    spans: str
    other_days: str


@dataclass(frozen=True, slots=True)
class CarriedDay:
    """One day of an announcement."""

    on: date
    kind: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class CarriedAnnouncement:
    """What one document said about the calendar of a unit, or of the country (`unit` empty); who typed it is left out.

    `place` tells announcements of one moment apart; they count in its order.
    """

    announced_at: datetime
    place: int
    unit: str
    source: str
    confirms_year: int | None
    in_force_at: datetime | None
    days: tuple[CarriedDay, ...]


def carried_units() -> list[CarriedUnit]:
    """Return every unit by its code."""
    rows = Unit.objects.select_related("parent").prefetch_related("identifiers", "successions__successor")
    return [_unit(row) for row in rows.order_by("code")]


def _unit(row: Unit) -> CarriedUnit:
    identifiers = [
        CarriedIdentifier(one.scheme, one.value, one.valid_from, one.valid_until) for one in row.identifiers.all()
    ]
    successions = [
        CarriedSuccession(one.successor.code, one.effective_on, one.manner, one.decision)
        for one in row.successions.all()
    ]
    return CarriedUnit(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        level=row.level,
        parent=row.parent.code if row.parent else "",
        founded_on=row.founded_on,
        dissolved_on=row.dissolved_on,
        address=row.address,
        phone=row.phone,
        email=row.email,
        identifiers=tuple(sorted(identifiers, key=lambda one: (one.scheme, one.value, one.valid_from or date.min))),
        successions=tuple(sorted(successions, key=lambda one: (one.effective_on, one.successor))),
    )


def carried_hours() -> list[CarriedHours]:
    """Return all opening hours, those for every unit first."""
    rows = OfficeHours.objects.select_related("unit")
    hours = [
        CarriedHours(row.unit.code if row.unit else "", row.valid_from, row.valid_until, row.spans, row.other_days)
        for row in rows
    ]
    return sorted(hours, key=lambda one: (one.unit, one.valid_from))


def carried_announcements() -> list[CarriedAnnouncement]:
    """Return what was announced about the calendar, in the order it was entered."""
    rows = CalendarAnnouncement.objects.select_related("unit").prefetch_related("days").order_by("announced_at", "pk")
    carried: list[CarriedAnnouncement] = []
    for row in rows:
        same_moment = bool(carried) and carried[-1].announced_at == row.announced_at
        days = sorted(row.days.all(), key=lambda day: day.on)
        carried.append(
            CarriedAnnouncement(
                announced_at=row.announced_at,
                place=carried[-1].place + 1 if same_moment else 1,
                unit=row.unit.code if row.unit else "",
                source=row.source,
                confirms_year=row.confirms_year,
                in_force_at=row.in_force_at,
                days=tuple(CarriedDay(day.on, day.kind, day.name, day.name_en) for day in days),
            )
        )
    return carried


class UnitNotThere(Exception):
    """What is brought in names a unit that the place does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def units_by_code(codes: Sequence[str]) -> Mapping[str, Unit]:
    """Return the units of `codes`; raises `UnitNotThere` for the first that is missing. Empty codes are left out."""
    wanted = {code for code in codes if code}
    there = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
    for code in sorted(wanted - there.keys()):
        raise UnitNotThere(code)
    return there
