"""The sums of figures up to a day, as of now: what was counted in, with the marked dossiers counted by themselves."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection

from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counted import counted_rows
from motcua.kernel.snapshots import one_snapshot
from motcua.reporting.models import MEASURE_COLUMNS, DossierTally, FigureMark
from motcua.rules.settlement_figures import Measure, figures_of

_MEASURES = tuple(Measure)
_SUMS = ", ".join(f"sum({column})::bigint" for column in MEASURE_COLUMNS)


class GroupBy(StrEnum):
    """What a line of a table is of."""

    UNIT = "UNIT"
    SECTOR = "SECTOR"
    PROCEDURE = "PROCEDURE"


_KEYS = {GroupBy.UNIT: "unit_id", GroupBy.SECTOR: "sector_id", GroupBy.PROCEDURE: "procedure_id"}
# Whole years, whole months of the last year, days of the last month.
_BEFORE = f"""
SELECT {{key}}, {_SUMS} FROM reporting_tally {{joined}}
WHERE ((span = 'YEAR' AND since < %(year)s) OR (span = 'MONTH' AND since >= %(year)s AND since < %(month)s)
    OR (span = 'DAY' AND since >= %(month)s AND since < %(day)s)) {{narrowed}}
GROUP BY 1
"""  # noqa: S608  # names of ours
_JOINED = {
    GroupBy.SECTOR: "JOIN catalogue_procedure procedure ON procedure.id = procedure_id",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose sums: of all units where `unit_ids` is None."""

    by: GroupBy
    unit_ids: frozenset[int] | None = None


def sums_before(days: Sequence[date], wanted: Wanted) -> list[dict[int, Counter[Measure]]]:
    """Return for each of `days` the sums of all days before it, by the key of what a line is of."""
    with one_snapshot():
        found = [_counted_in(day, wanted) for day in days]
        for change in _not_counted_in(wanted):
            for day, sums in zip(days, found, strict=True):
                if change.on < day:
                    sums[change.key][change.measure] += change.count
    return [dict(sums) for sums in found]


def _counted_in(day: date, wanted: Wanted) -> defaultdict[int, Counter[Measure]]:
    sql = _BEFORE.format(
        key=_KEYS[wanted.by],
        joined=_JOINED.get(wanted.by, ""),
        narrowed="" if wanted.unit_ids is None else "AND unit_id = ANY(%(units)s)",
    )
    months = {"year": day.replace(month=1, day=1), "month": day.replace(day=1), "day": day}
    units = {} if wanted.unit_ids is None else {"units": sorted(wanted.unit_ids)}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**months, **units})
        rows = cursor.fetchall()
    found = defaultdict[int, Counter[Measure]](Counter)
    found.update({key: Counter(dict(zip(_MEASURES, sums, strict=True))) for key, *sums in rows})
    return found


@dataclass(frozen=True, slots=True)
class _Change:
    key: int
    on: date
    measure: Measure
    count: int


def _not_counted_in(wanted: Wanted) -> list[_Change]:
    """Return what marked dossiers count as now, less what they were counted as."""
    marked = FigureMark.objects.values("dossier_id")
    if not marked.exists():
        return []
    taken_back = list(DossierTally.objects.filter(pk__in=marked))
    counted = [row for batch in counted_rows(Dossier.objects.filter(pk__in=marked)) for row in batch]
    sectors = _sectors({tally.procedure_id for tally in taken_back} if wanted.by is GroupBy.SECTOR else set())
    found = list[_Change]()
    for tally in taken_back:
        key = _key(wanted.by, tally.unit_id, sectors.get(tally.procedure_id, 0), tally.procedure_id)
        if _is_wanted(tally.unit_id, wanted):
            changes = zip(tally.days, tally.measures, tally.counts, strict=True)
            found += [_Change(key, on, Measure(measure), -count) for on, measure, count in changes]
    for row in counted:
        key = _key(wanted.by, row.unit_id, row.sector_id, row.procedure_id)
        if _is_wanted(row.unit_id, wanted):
            changes_now = figures_of(row.dossier, row.way).changes()
            found += [_Change(key, change.on, change.measure, change.count) for change in changes_now]
    return found


def _sectors(procedures: Collection[int]) -> dict[int, int]:
    if not procedures:
        return {}
    return dict(Procedure.objects.filter(pk__in=procedures).values_list("pk", "sector_id"))


def _key(by: GroupBy, unit_id: int, sector_id: int, procedure_id: int) -> int:
    return {GroupBy.UNIT: unit_id, GroupBy.SECTOR: sector_id, GroupBy.PROCEDURE: procedure_id}[by]


def _is_wanted(unit_id: int, wanted: Wanted) -> bool:
    return wanted.unit_ids is None or unit_id in wanted.unit_ids


def total(lines: Iterable[Counter[Measure]]) -> Counter[Measure]:
    """Return the sums of all lines together, those below 0 too."""
    found = Counter[Measure]()
    for line in lines:
        found.update(line)
    return found
