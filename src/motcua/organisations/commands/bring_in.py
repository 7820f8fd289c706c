"""Bring in units, opening hours and announcements of another installation, as a configuration package carries them.

What is there is completed, never taken away; what would contradict it was sorted out before.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.organisations.carried import (
    CarriedAnnouncement,
    CarriedHours,
    CarriedIdentifier,
    CarriedSuccession,
    CarriedUnit,
    UnitNotThere,
    units_by_code,
)
from motcua.organisations.events import OfficesBroughtIn
from motcua.organisations.models import (
    CalendarAnnouncement,
    CalendarDay,
    OfficeHours,
    Succession,
    Unit,
    UnitIdentifier,
)
from motcua.rules.vietnamese import search_key, sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["UnitNotThere", "bring_in_announcements", "bring_in_hours", "bring_in_units"]

_COLUMNS = ("name", "short_name", "kind", "level", "founded_on", "dissolved_on", "address", "phone", "email")
_WRITTEN = (*_COLUMNS, "search_key", "sort_key")


@transaction.atomic
def bring_in_units(units: Sequence[CarriedUnit], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter the units that are not there and write the others anew, with their codes and successors (I-07).

    Raises `UnitNotThere`.
    """
    if not units:
        return
    codes = [unit.code for unit in units]
    there = {row.code: row for row in Unit.objects.select_for_update(of=("self",)).filter(code__in=codes)}
    rows = [_row(unit, there.get(unit.code)) for unit in units]
    Unit.objects.bulk_create(row for row in rows if row.code not in there)
    Unit.objects.bulk_update([row for row in rows if row.code in there], _WRITTEN, batch_size=500)
    named = [unit.parent for unit in units] + [one.successor for unit in units for one in unit.successions]
    known = {**units_by_code(named), **{row.code: row for row in rows}}
    for unit in units:
        known[unit.code].parent = known[unit.parent] if unit.parent else None
    Unit.objects.bulk_update(rows, ["parent"], batch_size=500)
    for unit in units:
        _identify(known[unit.code], unit.identifiers)
    Succession.objects.bulk_create(
        (_succession(known[unit.code], known[one.successor], one) for unit in units for one in unit.successions),
        ignore_conflicts=True,
    )
    event = OfficesBroughtIn(subject="units", package=package, item_count=len(units))
    events.record(event, actor=actor, at=at)


def _row(unit: CarriedUnit, row: Unit | None) -> Unit:
    row = row or Unit(code=unit.code)
    for name in _COLUMNS:
        setattr(row, name, getattr(unit, name))
    row.search_key, row.sort_key = search_key(unit.name), sort_key(unit.name)
    return row


def _identify(row: Unit, identifiers: Sequence[CarriedIdentifier]) -> None:
    there = {(one.scheme, one.value, one.valid_from): one for one in row.identifiers.all()}
    for told in sorted(identifiers, key=lambda one: one.valid_until is None):  # what ends makes room first
        known = there.get((told.scheme, told.value, told.valid_from))
        if known is None:
            UnitIdentifier.objects.create(
                unit=row,
                scheme=told.scheme,
                value=told.value,
                valid_from=told.valid_from,
                valid_until=told.valid_until,
            )
        elif known.valid_until != told.valid_until:
            known.valid_until = told.valid_until
            known.save(update_fields=["valid_until"])


def _succession(predecessor: Unit, successor: Unit, told: CarriedSuccession) -> Succession:
    return Succession(
        predecessor=predecessor,
        successor=successor,
        effective_on=told.effective_on,
        manner=told.manner,
        decision=told.decision,
    )


@transaction.atomic
def bring_in_hours(hours: Sequence[CarriedHours], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter opening hours, and close those that the package says ended. Raises `UnitNotThere`."""
    if not hours:
        return
    units = units_by_code([one.unit for one in hours])
    for told in sorted(hours, key=lambda one: one.valid_until is None):  # what ends makes room first
        OfficeHours.objects.update_or_create(
            unit=units[told.unit] if told.unit else None,
            valid_from=told.valid_from,
            defaults={"valid_until": told.valid_until, "spans": told.spans, "other_days": told.other_days},
        )
    event = OfficesBroughtIn(subject="office-hours", package=package, item_count=len(hours))
    events.record(event, actor=actor, at=at)


@transaction.atomic
def bring_in_announcements(
    announcements: Sequence[CarriedAnnouncement], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter announcements that are not there; nobody of here is said to have typed them. Raises `UnitNotThere`."""
    if not announcements:
        return
    units = units_by_code([one.unit for one in announcements])
    for told in announcements:
        row = CalendarAnnouncement.objects.create(
            unit=units[told.unit] if told.unit else None,
            source=told.source,
            confirms_year=told.confirms_year,
            announced_at=told.announced_at,
            in_force_at=told.in_force_at,
        )
        CalendarDay.objects.bulk_create(
            CalendarDay(announcement=row, on=day.on, kind=day.kind, name=day.name, name_en=day.name_en)
            for day in told.days
        )
    event = OfficesBroughtIn(subject="calendars", package=package, item_count=len(announcements))
    events.record(event, actor=actor, at=at)
