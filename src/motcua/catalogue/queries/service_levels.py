"""The levels of online service on a day, and over time (D-01 to D-04)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from motcua.catalogue.models import Channel, Procedure, ServiceLevel, ServiceTarget
from motcua.rules.service_levels import Axis, Gap, Level, Offered, gaps, levels_on, read_on

PAGE_SIZE = 50


class OfDay(TypedDict):
    """What the query adds to a procedure: its levels of the day at every unit, by axis, as text; None: none is set.

    `of_day` stands as it was set, maybe under a name that has ended; `presence` tells whether one must come, None:
    not told.
    """

    of_day: Any
    presence: Any
    proactive: Any


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    LevelledProcedure = WithAnnotations[Procedure, OfDay]


@dataclass(frozen=True, slots=True)
class LevelOfDay:
    """A procedure with its levels at every unit, in the names of the day; None where none is set."""

    procedure: Procedure
    extent: Level | None
    proactive: Level | None


@dataclass(frozen=True, slots=True)
class LevelPage:
    """The procedures in force on a day, a page of them in `lines`, and `page` to turn to the others.

    `counts` tells how many bear each level of the axis EXTENT, None for those without; `proactive_counts` those of the
    axis PROACTIVE. The levels of units of their own are not counted.
    """

    page: "Page[LevelledProcedure]"
    lines: tuple[LevelOfDay, ...]
    counts: dict[Level | None, int]
    proactive_counts: dict[Level, int]

    @property
    def total_count(self) -> int:
        """How many procedures are in force."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level over time; `reads_as` is its name of the day where it still runs and its own has ended, else None.

    `number` counts the levels of the procedure in the order in which they were recorded, from 1; it never changes.
    """

    number: int
    row: ServiceLevel
    reads_as: Level | None


def levels_of_day(day: date, number: str = "1") -> LevelPage:
    """Return the levels of every procedure in force on `day`, by name; three queries."""
    rows = _with_level(day)
    counts, proactive_counts = defaultdict[Level | None, int](int), defaultdict[Level, int](int)
    for row in rows.order_by().values("of_day", "presence", "proactive").annotate(count=Count("pk")):
        counts[_read(row["of_day"], day, needs_presence=row["presence"])] += row["count"]
        if row["proactive"]:
            proactive_counts[Level(row["proactive"])] += row["count"]
    page = Paginator(rows.order_by("sort_key", "code"), PAGE_SIZE).get_page(number)
    return LevelPage(page, tuple(_of_day(row, day) for row in page), dict(counts), dict(proactive_counts))


def procedures_at(levels: set[Level], day: date) -> dict[int, tuple[Procedure, Level]]:
    """Return the procedures in force on `day` that bear one of `levels` in the names of the day, by id; one query."""
    found = (_of_day(row, day) for row in _with_level(day).exclude(of_day=None))
    return {one.procedure.pk: (one.procedure, one.extent) for one in found if one.extent in levels}


def levels_of(procedure: Procedure, day: date) -> tuple[LevelLine, ...]:
    """Return every level of `procedure`, withdrawn ones too, the newest first; one query."""
    rows = procedure.service_levels.select_related("unit").order_by("pk")
    lines = [LevelLine(number, row, _reads_as(row, day)) for number, row in enumerate(rows, start=1)]
    return tuple(sorted(lines, key=lambda line: (line.row.valid_from, line.number), reverse=True))


def level_numbered(procedure: str, number: int) -> ServiceLevel:
    """Return the level of a procedure, by its code, that bears `number`; raise `ServiceLevel.DoesNotExist`."""
    rows = ServiceLevel.objects.filter(procedure__code=procedure).select_related("procedure", "unit").order_by("pk")
    found = rows[number - 1 : number].first() if number > 0 else None
    if found is None:
        raise ServiceLevel.DoesNotExist
    return found


def gaps_of(procedure: Procedure, day: date) -> tuple[Gap, ...]:
    """Return what the level on `day` claims in vain; the catalogue tells only whether one can file online."""
    current = procedure.service_levels.on(day).on_axis(Axis.EXTENT).filter(unit=None).first()
    if current is None:
        return ()
    files_online = Channel.objects.filter(
        Q(version__valid_until=None) | Q(version__valid_until__gt=day),
        version__procedure=procedure,
        version__published_at__isnull=False,
        version__valid_from__lte=day,
        method=Channel.Method.ONLINE,
    ).exists()
    level = read_on(Level(current.level), day, needs_presence=current.needs_presence)
    return gaps(level, Offered(files_online, result_from_afar=True, needs_presence=False))


def targets() -> tuple[ServiceTarget, ...]:
    """Return every target, the newest year first."""
    return tuple(ServiceTarget.objects.order_by("-year", "metric"))


def _with_level(day: date) -> "QuerySet[LevelledProcedure]":
    level = ServiceLevel.objects.on(day).filter(procedure=OuterRef("pk"), unit=None)
    extent, proactive = (level.on_axis(axis) for axis in (Axis.EXTENT, Axis.PROACTIVE))
    return Procedure.objects.in_force(
        day
    ).annotate(  # type: ignore[return-value]  # the plugin names the very same row otherwise
        of_day=Subquery(extent.values("level")[:1]),
        presence=Subquery(extent.values("needs_presence")[:1]),
        proactive=Subquery(proactive.values("level")[:1]),
    )


def _of_day(row: "LevelledProcedure", day: date) -> LevelOfDay:
    proactive = Level(row.proactive) if row.proactive else None
    return LevelOfDay(row, _read(row.of_day, day, needs_presence=row.presence), proactive)


def _read(level: str | None, day: date, *, needs_presence: bool | None) -> Level | None:
    return read_on(Level(level), day, needs_presence=needs_presence) if level else None


def _reads_as(row: ServiceLevel, day: date) -> Level | None:
    is_running = (
        row.withdrawn_at is None and row.valid_from <= day and (row.valid_until is None or row.valid_until > day)
    )
    level = Level(row.level)
    if not is_running or level in levels_on(day):
        return None
    return read_on(level, day, needs_presence=row.needs_presence)
