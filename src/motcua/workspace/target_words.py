"""What the roadmap says: targets against what was reached, on screen and as a table to take away (D-04)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.catalogue.models import ServiceTarget
from motcua.catalogue.queries.level_targets import FullShare, full_shares
from motcua.dossiers.queries.online_share import FiledInYear, filed_by_year
from motcua.rules.service_levels import is_reached, judged_on
from motcua.workspace.sheets import Cell


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

    @property
    def outcome(self) -> str:
        """Say in a word whether it is reached."""
        if self.judged_on is None:
            return _("Chưa đến năm")
        if self.is_reached is None:
            return _("Chưa có số liệu")
        if self.is_reached:
            return _("Đạt") if self.is_final else _("Đang đạt")
        return _("Không đạt") if self.is_final else _("Chưa đạt")

    @property
    def tone(self) -> str:
        """Return the tone in which the outcome is shown."""
        if self.is_reached is None:
            return "quiet"
        if self.is_reached:
            return "good"
        return "bad" if self.is_final else "warn"


def target_lines(rows: Iterable[ServiceTarget], today: date) -> list[TargetLine]:
    """Return every target against what its year reached, by `today` while it runs: levels then, dossiers in it.

    Three queries, however many targets.
    """
    wanted = list(rows)
    days = {row.year: judged_on(row.year, today) for row in wanted}
    full = full_shares({day for day in days.values() if day})
    filed = filed_by_year({year for year, day in days.items() if day})
    return [_line(row, days[row.year], full, filed, today) for row in wanted]


def _line(
    row: ServiceTarget,
    day: date | None,
    full: dict[date, FullShare],
    filed: dict[int, FiledInYear],
    today: date,
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
        is_final=row.year < today.year,
    )


def header() -> Sequence[str]:
    """Return the heads of the columns of the table to take away."""
    return (
        _("Năm"),
        _("Chỉ tiêu"),
        _("Mục tiêu (%)"),
        _("Kết quả (%)"),
        _("Số đạt"),
        _("Tổng số"),
        _("Tính đến"),
        _("Đánh giá"),
        _("Văn bản giao"),
    )


def cells(line: TargetLine) -> Sequence[Cell]:
    """Return a target as a row of that table; empty where there is nothing to count."""
    target = line.target
    return (
        target.year,
        target.get_metric_display(),
        target.percent,
        "" if line.percent is None else line.percent,
        line.part_count,
        line.total_count,
        line.judged_on or "",
        line.outcome,
        target.source,
    )
