"""Targets of online service against what their years reached (D-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import ServiceTarget
from motcua.catalogue.queries.level_targets import FullShare, full_shares
from motcua.dossiers.queries.online_share import FiledInYear, filed_by_year
from motcua.rules.service_levels import is_reached, judged_on


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target against what is reached on `judged_on`, None before its year begins.

    `percent` is whole and rounded down, None where there is nothing to count; `is_final` once the year is over.
    """

    target: ServiceTarget
    judged_on: date | None
    part_count: int
    total_count: int
    percent: int | None
    is_reached: bool | None
    is_final: bool


def target_lines(rows: Iterable[ServiceTarget], today: date) -> list[TargetLine]:
    """Return every target against what its year reached, by `today` while it runs: levels then, dossiers in it.

    Three queries, however many targets.
    """
    wanted = list(rows)
    days = {row.year: judged_on(row.year, today) for row in wanted}
    full = full_shares({day for day in days.values() if day})
    filed = filed_by_year({year for year, day in days.items() if day})
    return [_line(row, days[row.year], full, filed, is_final=row.year < today.year) for row in wanted]


def _line(
    row: ServiceTarget, day: date | None, full: dict[date, FullShare], filed: dict[int, FiledInYear], *, is_final: bool
) -> TargetLine:
    part, total = 0, 0
    if day and row.metric == ServiceTarget.Metric.FULL_SERVICES:
        part, total = full[day].full_count, full[day].total_count
    elif day and row.year in filed:
        part, total = filed[row.year].online_count, filed[row.year].total_count
    return TargetLine(
        target=row,
        judged_on=day,
        part_count=part,
        total_count=total,
        percent=part * 100 // total if total else None,
        is_reached=is_reached(part, total, row.percent),
        is_final=is_final,
    )
