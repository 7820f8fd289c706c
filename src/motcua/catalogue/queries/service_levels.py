"""The levels of online service on a day (D-01 to D-03)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.catalogue.queries.day import Narrowing, versions_in_force
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Axis, Level, axis_of, read_on

PAGE_SIZE: Final = 50
NO_LEVEL: Final = "NONE"
"""Asks for the procedures without a level of the axis EXTENT."""


class OfDay(TypedDict):
    """What the query adds to a procedure: its levels of the day, by axis, as text; None: none is set.

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
class LevelNarrowing:
    """What the list is narrowed to: codes of a sector and a unit, and a level in the names of the day or `NO_LEVEL`.

    Empty: not narrowed. With a unit, only what it receives or decides, at the level it has there: its own before the
    one that holds everywhere.
    """

    sector: str = ""
    unit: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class LevelOfDay:
    """A procedure with its levels, in the names of the day; None where none is set."""

    procedure: Procedure
    extent: Level | None
    proactive: Level | None


@dataclass(frozen=True, slots=True)
class LevelPage:
    """The procedures in force on a day, a page of them in `lines`, and `page` to turn to the others.

    `counts` tells how many bear each level of the axis EXTENT, None for those without; `proactive_counts` those of the
    axis PROACTIVE. Both are of the sector and the unit asked for, whatever level the list is narrowed to.
    """

    page: "Page[LevelledProcedure]"
    lines: tuple[LevelOfDay, ...]
    counts: dict[Level | None, int]
    proactive_counts: dict[Level, int]


def levels_of_day(day: date, narrowing: LevelNarrowing = LevelNarrowing(), *, number: str = "1") -> LevelPage:
    """Return the levels of the procedures in force on `day`, by name; three queries, four with a unit."""
    rows = _with_level(day, narrowing)
    counts, proactive_counts = defaultdict[Level | None, int](int), defaultdict[Level, int](int)
    for row in rows.order_by().values("of_day", "presence", "proactive").annotate(count=Count("pk")):
        counts[_read(row["of_day"], day, needs_presence=row["presence"])] += row["count"]
        if row["proactive"]:
            proactive_counts[Level(row["proactive"])] += row["count"]
    listed = rows.filter(_bearing(narrowing.level, day)).order_by("sort_key", "code")
    page = Paginator(listed, PAGE_SIZE).get_page(number)
    return LevelPage(page, tuple(_of_day(row, day) for row in page), dict(counts), dict(proactive_counts))


def procedures_at(
    levels: set[Level], day: date, narrowing: LevelNarrowing = LevelNarrowing()
) -> dict[int, tuple[Procedure, Level]]:
    """Return the procedures in force on `day` that bear one of `levels` in the names of the day, by id; one query."""
    found = (_of_day(row, day) for row in _with_level(day, narrowing).exclude(of_day=None))
    return {one.procedure.pk: (one.procedure, one.extent) for one in found if one.extent in levels}


def _with_level(day: date, narrowing: LevelNarrowing) -> "QuerySet[LevelledProcedure]":
    place = Unit.objects.filter(code=narrowing.unit).values_list("pk", flat=True).first() if narrowing.unit else None
    level = ServiceLevel.objects.on(day).filter(Q(unit=None) | Q(unit=place), procedure=OuterRef("pk"))
    level = level.order_by(F("unit").asc(nulls_last=True))
    extent, proactive = (level.on_axis(axis) for axis in (Axis.EXTENT, Axis.PROACTIVE))
    in_force = versions_in_force(day, Narrowing(sector=narrowing.sector, unit=narrowing.unit))
    return Procedure.objects.filter(
        pk__in=in_force.values("procedure")
    ).annotate(  # type: ignore[return-value]  # the plugin names the very same row otherwise
        of_day=Subquery(extent.values("level")[:1]),
        presence=Subquery(extent.values("needs_presence")[:1]),
        proactive=Subquery(proactive.values("level")[:1]),
    )


def _bearing(asked: str, day: date) -> Q:
    """Find the rows that bear a level in the names of `day`, whatever it was called when it was set."""
    if not asked:
        return Q()
    if asked == NO_LEVEL:
        return Q(of_day=None)
    level = Level(asked)
    if axis_of(level) is Axis.PROACTIVE:
        return Q(proactive=level.value)
    found = Q(pk=None)
    for written in Level:
        for presence in (True, False, None):
            if read_on(written, day, needs_presence=presence) is level:
                found |= Q(of_day=written.value, presence=presence)
    return found


def _of_day(row: "LevelledProcedure", day: date) -> LevelOfDay:
    proactive = Level(row.proactive) if row.proactive else None
    return LevelOfDay(row, _read(row.of_day, day, needs_presence=row.presence), proactive)


def _read(level: str | None, day: date, *, needs_presence: bool | None) -> Level | None:
    return read_on(Level(level), day, needs_presence=needs_presence) if level else None
