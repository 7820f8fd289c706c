"""The levels of online service of one procedure: over time, at a place, and what they claim (D-01 to D-03)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from motcua.catalogue.models import Channel, Procedure, ServiceLevel
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Axis, Level, Offered, Weighed, as_offered, levels_on, read_on, weigh


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level over time; `reads_as` is its name of the day where it still runs and its own has ended, else None.

    `number` counts the levels of the procedure in the order in which they were recorded, from 1; it never changes.
    `weighed` is what it claims on the day beside what is so; None where it does not run that day or is proactive.
    """

    number: int
    row: ServiceLevel
    reads_as: Level | None
    weighed: Weighed | None


@dataclass(frozen=True, slots=True)
class LevelsHere:
    """The levels of a procedure at one place on a day, in the names of the day; None where none is set."""

    extent: Level | None
    proactive: Level | None


def levels_of(procedure: Procedure, day: date) -> tuple[LevelLine, ...]:
    """Return every level of `procedure`, withdrawn ones too, the newest first; two queries."""
    rows = procedure.service_levels.select_related("unit").order_by("pk")
    files_online = _files_online(procedure, day)
    lines = [_line(number, row, day, files_online=files_online) for number, row in enumerate(rows, start=1)]
    return tuple(sorted(lines, key=lambda line: (line.row.valid_from, line.number), reverse=True))


def level_numbered(procedure: str, number: int) -> ServiceLevel:
    """Return the level of a procedure, by its code, that bears `number`; raise `ServiceLevel.DoesNotExist`."""
    rows = ServiceLevel.objects.filter(procedure__code=procedure).select_related("procedure", "unit").order_by("pk")
    found = rows[number - 1 : number].first() if number > 0 else None
    if found is None:
        raise ServiceLevel.DoesNotExist
    return found


def levels_here(procedure: Procedure, units: Sequence[Unit], day: date, *, files_online: bool) -> LevelsHere:
    """Return what people may be told of the levels of `procedure` on `day`; one query.

    The levels of `units` come first, in that order, then the one that holds everywhere. A level that claims what is not
    so is told as the lesser one that holds (`as_offered`).
    """
    rows = procedure.service_levels.on(day).filter(Q(unit=None) | Q(unit__in=units))
    places = [unit.pk for unit in units]
    found = dict[str, Level]()
    for row in sorted(rows, key=lambda row: places.index(row.unit_id) if row.unit_id else len(places)):
        level = read_on(Level(row.level), day, needs_presence=row.needs_presence)
        found.setdefault(row.axis, as_offered(level, _offered(row, files_online=files_online)))
    return LevelsHere(found.get(Axis.EXTENT.value), found.get(Axis.PROACTIVE.value))


def _line(number: int, row: ServiceLevel, day: date, *, files_online: bool) -> LevelLine:
    is_running = row.withdrawn_at is None and row.valid_from <= day < (row.valid_until or date.max)
    if not is_running:
        return LevelLine(number, row, None, None)
    written = Level(row.level)
    level = read_on(written, day, needs_presence=row.needs_presence)
    weighed = None
    if row.axis == Axis.EXTENT.value:
        weighed = weigh(level, _offered(row, files_online=files_online))
    return LevelLine(number, row, None if written in levels_on(day) else level, weighed)


def _offered(row: ServiceLevel, *, files_online: bool) -> Offered:
    return Offered(files_online, row.pays_online, row.result_from_afar, row.needs_presence)


def _files_online(procedure: Procedure, day: date) -> bool:
    channels = Channel.objects.filter(
        Q(version__valid_until=None) | Q(version__valid_until__gt=day),
        version__procedure=procedure,
        version__published_at__isnull=False,
        version__valid_from__lte=day,
        method=Channel.Method.ONLINE,
    )
    return channels.exists()
