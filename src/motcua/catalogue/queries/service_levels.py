"""The levels of online service on a day, and over time (D-01 to D-04)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from motcua.catalogue.models import Channel, Procedure, ServiceLevel, ServiceTarget
from motcua.rules.service_levels import Axis, Gap, Level, Offered, gaps, levels_on

PAGE_SIZE = 50


class OfDay(TypedDict):
    """What the query adds to a procedure: its levels of the day at every unit, by axis, as text; None: none is set."""

    of_day: Any
    proactive: Any


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    LevelledProcedure = WithAnnotations[Procedure, OfDay]


@dataclass(frozen=True, slots=True)
class LevelPage:
    """The procedures in force on a day, a page of them, each with its levels at every unit (None: none is set).

    `counts` tells how many bear each level of the axis EXTENT, None for those without; `proactive_counts` those of the
    axis PROACTIVE. The levels of units of their own are not counted.
    """

    page: "Page[LevelledProcedure]"
    counts: dict[Level | None, int]
    proactive_counts: dict[Level, int]

    @property
    def total_count(self) -> int:
        """How many procedures are in force."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One level over time; `is_outdated` where it still runs though its name is no longer in use on the day."""

    row: ServiceLevel
    is_outdated: bool


def levels_of_day(day: date, number: str = "1") -> LevelPage:
    """Return the levels of every procedure in force on `day`, by name; three queries."""
    rows = _with_level(day)
    counts, proactive_counts = defaultdict[Level | None, int](int), defaultdict[Level, int](int)
    for row in rows.order_by().values("of_day", "proactive").annotate(count=Count("pk")):
        counts[Level(row["of_day"]) if row["of_day"] else None] += row["count"]
        if row["proactive"]:
            proactive_counts[Level(row["proactive"])] += row["count"]
    page = Paginator(rows.order_by("sort_key", "code"), PAGE_SIZE).get_page(number)
    return LevelPage(page, dict(counts), dict(proactive_counts))


def procedures_at(levels: set[Level], day: date) -> dict[int, tuple[Procedure, Level]]:
    """Return the procedures in force on `day` that bear one of `levels` then, by id."""
    found = _with_level(day).filter(of_day__in=[level.value for level in levels])
    return {one.pk: (one, Level(one.of_day)) for one in found}


def levels_of(procedure: Procedure, day: date) -> tuple[LevelLine, ...]:
    """Return every level of `procedure`, the newest first; one query."""
    rows = procedure.service_levels.select_related("unit").order_by("-valid_from", "unit")
    return tuple(LevelLine(row, _is_outdated(row, day)) for row in rows)


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
    return gaps(Level(current.level), Offered(files_online, result_from_afar=True, needs_presence=False))


def targets() -> tuple[ServiceTarget, ...]:
    """Return every target, the newest year first."""
    return tuple(ServiceTarget.objects.order_by("-year", "metric"))


def _with_level(day: date) -> "QuerySet[LevelledProcedure]":
    level = ServiceLevel.objects.on(day).filter(procedure=OuterRef("pk"), unit=None)
    extent, proactive = (level.on_axis(axis).values("level")[:1] for axis in (Axis.EXTENT, Axis.PROACTIVE))
    return Procedure.objects.in_force(day).annotate(of_day=Subquery(extent), proactive=Subquery(proactive))  # type: ignore[return-value]  # the plugin names the very same row otherwise


def _is_outdated(row: ServiceLevel, day: date) -> bool:
    is_running = row.valid_from <= day and (row.valid_until is None or row.valid_until > day)
    return is_running and Level(row.level) not in levels_on(day)
