"""The dossiers behind a figure of the official table: as many as the figure says, one by one (C-30)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Q

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counted import counted_rows
from motcua.kernel.snapshots import one_snapshot
from motcua.reporting.facts import as_tally
from motcua.reporting.models import DossierTally, FigureMark
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.rules.periods import ReportPeriod
from motcua.rules.settlement import Settlement
from motcua.rules.settlement_figures import ENDS, Measure
from motcua.rules.settlement_table import CountingDefinition, settlement_line

PAGE_SIZE: Final = 50
_CHUNK: Final = 1000


class Column(StrEnum):
    """The columns of the table, by the names that `Settlement` has for them."""

    RECEIVED = "received"
    ONLINE = "online"
    DIRECT_OR_POSTAL = "direct_or_postal"
    CARRIED_OVER = "carried_over"
    SETTLED = "settled"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    IN_PROGRESS = "in_progress"
    WITHIN_LIMIT = "within_limit"
    OVERDUE = "overdue"


_MAY_COUNT_AS: Final[dict[Column, frozenset[Measure]]] = {
    Column.LATE: frozenset({Measure.RESULT_LATE, Measure.ENDED_LATE, Measure.EXTENDED_EARLY, Measure.EXTENDED_ON_TIME}),
    Column.OVERDUE: frozenset({Measure.OVERDUE}),
    Column.ONLINE: frozenset({Measure.ACCEPTED_ONLINE}),
}
"""Without one of these a dossier is not in the column, by no definition; the others are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the table: a column of a line, of the unit, sector or procedure `key`; None for the line of all."""

    period: ReportPeriod
    column: Column
    wanted: Wanted
    key: int | None = None


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One dossier behind a figure; `ended_on` None while it is under way."""

    dossier: Dossier
    accepted_on: date
    due_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class BehindPage:
    """A page of the dossiers behind a figure, in the order of their keys; `after` None: there are no more."""

    lines: tuple[BehindLine, ...]
    after: int | None


def dossiers_behind(figure: Figure, definition: CountingDefinition, *, after: int = 0) -> BehindPage:
    """Return the page of dossiers that begins after the key `after`.

    A dossier is behind the figure where the table of it alone has 1 in that column: the list is as long as the figure,
    whatever the definition.
    """
    with one_snapshot():
        found = list[DossierTally]()
        for tally in _candidates(figure, after):
            if _counts(tally, figure, definition):
                found.append(tally)
                if len(found) > PAGE_SIZE:
                    break
        shown = found[:PAGE_SIZE]
        related = ("procedure_version__procedure", "competent_unit", "linked_application")
        dossiers = Dossier.objects.select_related(*related).in_bulk([tally.dossier_id for tally in shown])
    lines = tuple(_line(tally, dossiers[tally.dossier_id]) for tally in shown)
    return BehindPage(lines, shown[-1].dossier_id if len(found) > PAGE_SIZE else None)


def _candidates(figure: Figure, after: int) -> Iterator[DossierTally]:
    """Yield in the order of their keys what was counted in and not marked since, and what is marked as it is now."""
    marked = FigureMark.objects.values("dossier_id")
    fresh = _marked_now(figure, after)
    narrowed = DossierTally.objects.filter(_of_line(figure), days__0__lt=figure.period.until)
    may_be = _MAY_COUNT_AS.get(figure.column)
    if may_be is not None:
        narrowed = narrowed.filter(measures__overlap=sorted(may_be))
    narrowed = narrowed.exclude(pk__in=marked).order_by("pk")
    while True:
        chunk = list(narrowed.filter(pk__gt=after)[:_CHUNK])
        is_last = len(chunk) < _CHUNK
        limit = None if is_last else chunk[-1].pk
        here = [tally for tally in fresh if tally.pk > after and (limit is None or tally.pk <= limit)]
        yield from sorted([*chunk, *here], key=lambda tally: tally.pk)
        if limit is None:
            return
        after = limit


def _marked_now(figure: Figure, after: int) -> list[DossierTally]:
    keys = FigureMark.objects.filter(dossier_id__gt=after).values("dossier_id")
    if not keys.exists():
        return []
    rows = [row for batch in counted_rows(Dossier.objects.filter(pk__in=keys)) for row in batch]
    by = {GroupBy.UNIT: "unit_id", GroupBy.SECTOR: "sector_id", GroupBy.PROCEDURE: "procedure_id"}[figure.wanted.by]
    units = figure.wanted.unit_ids
    return [
        as_tally(row)
        for row in rows
        if (units is None or row.unit_id in units) and (figure.key is None or getattr(row, by) == figure.key)
    ]


def _of_line(figure: Figure) -> Q:
    column = {GroupBy.UNIT: "unit", GroupBy.SECTOR: "procedure__sector", GroupBy.PROCEDURE: "procedure"}
    wanted, narrowed = figure.wanted, Q()
    if wanted.unit_ids is not None:
        narrowed &= Q(unit__in=wanted.unit_ids)
    return narrowed if figure.key is None else narrowed & Q(**{column[wanted.by]: figure.key})


def _counts(tally: DossierTally, figure: Figure, definition: CountingDefinition) -> bool:
    period = figure.period
    line = settlement_line(_sums(tally, period.since), _sums(tally, period.until), definition)
    return bool(_value(line, figure.column))


def _value(line: Settlement, column: Column) -> int:
    value: int = getattr(line, column.value)
    return value


def _sums(tally: DossierTally, before: date) -> Counter[Measure]:
    sums = Counter[Measure]()
    for day, measure, count in _changes(tally):
        if day < before:
            sums[measure] += count
    return sums


def _changes(tally: DossierTally) -> Iterator[tuple[date, Measure, int]]:
    for day, measure, count in zip(tally.days, tally.measures, tally.counts, strict=True):
        yield day, Measure(measure), count


def _line(tally: DossierTally, dossier: Dossier) -> BehindLine:
    on = {measure: day for day, measure, _count in _changes(tally)}
    ends: Sequence[date] = [day for measure, day in on.items() if measure in ENDS]
    return BehindLine(dossier, tally.days[0], on[Measure.DUE], ends[0] if ends else None)
