"""Found the units of the demonstration province: those of today and those they took over from."""

from collections.abc import Callable
from datetime import datetime

from motcua.demo import definitions
from motcua.demo.unit_definitions import OldUnitDefinition, UnitDefinition
from motcua.organisations.commands.found_unit import UnitDetails, found_unit
from motcua.organisations.commands.hand_over_unit import Handover, hand_over_unit
from motcua.organisations.commands.set_office_hours import set_office_hours
from motcua.organisations.models import OfficeHours, Unit

HOURS = "07:30-11:30,13:00-17:00"


def load_units(*, at: datetime, step: Callable[[], None]) -> dict[str, Unit]:
    """Found every unit, each after its parent; return today's by code. Doing it twice changes nothing."""
    units: dict[str, Unit] = {}
    for definition in definitions.units():
        parent = units[definition.parent] if definition.parent else None
        units[definition.code] = _found(definition, parent, at)
        step()
    old: dict[str, Unit] = {}
    for ended in definitions.old_units():
        old[ended.code] = _found_old(ended, {**units, **old}, at)
        step()
    if not OfficeHours.objects.exists():
        first_day = definitions.old_units()[0].dissolved_on.replace(year=2017, month=1, day=1)
        set_office_hours(unit=None, spans=HOURS, valid_from=first_day, actor=None, at=at)
    return units


def unit_count() -> int:
    """Return how many steps `load_units` reports."""
    return len(definitions.units()) + len(definitions.old_units())


def _found(definition: UnitDefinition, parent: Unit | None, at: datetime) -> Unit:
    details = UnitDetails(
        code=definition.code,
        name=definition.name,
        short_name=definition.short_name,
        kind=definition.kind.value,
        level=definition.level.value,
        parent=parent,
        founded_on=definition.founded_on,
        gso=definition.gso or "",
        agency=definition.code,
        address=definition.address,
        phone="1900 0000" if definition.kind.value == "SERVICE_CENTRE" else "",
    )
    return found_unit(details=details, actor=None, at=at)


def _found_old(ended: OldUnitDefinition, known: dict[str, Unit], at: datetime) -> Unit:
    details = UnitDetails(
        code=ended.code,
        name=ended.name,
        kind=ended.kind.value,
        level=ended.level.value,
        parent=known.get(ended.parent),
        dissolved_on=ended.dissolved_on,
        gso=ended.gso,
    )
    unit = found_unit(details=details, actor=None, at=at)
    handover = Handover(
        successors=[known[code] for code in ended.successors],
        effective_on=ended.dissolved_on,
        manner=ended.manner,
        decision=ended.decision,
    )
    return hand_over_unit(unit=unit, handover=handover, actor=None, at=at) if handover.successors else unit
