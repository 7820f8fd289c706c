"""What the screens about levels of online service say: counts, suggestions, targets against what is reached."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.catalogue.queries.service_levels import LevelPage, procedures_at, targets
from motcua.dossiers.queries.online_share import FiledCount, filed_counts
from motcua.rules.service_levels import Gap, Level, is_reached, rises_to, should_rise
from motcua.workspace.officer import Officer

GAPS = {
    Gap.NO_ONLINE_FILING: _("Mức độ này đòi hỏi nộp hồ sơ trực tuyến, nhưng thủ tục chưa có cách nộp trực tuyến."),
    Gap.NO_RESULT_FROM_AFAR: _("Mức độ này đòi hỏi trả kết quả trực tuyến hoặc qua bưu chính."),
    Gap.PRESENCE_NEEDED: _("Mức độ này đòi hỏi người dân không phải đến trực tiếp."),
}
_YEAR = timedelta(days=365)
_RISING = {level: higher for level in Level if (higher := rises_to(level))}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A procedure whose level is to be raised to `label`: dossiers of the last 12 months, `percent` of them online."""

    procedure: Procedure
    label: str
    online_count: int
    total_count: int
    percent: int


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target against what is reached today, in whole per cent rounded down; None where there is nothing to count."""

    target: ServiceTarget
    percent: int | None
    is_reached: bool | None


def filed_in_a_year(officer: Officer) -> tuple[FiledCount, ...]:
    """Return how the dossiers of the last 12 months were filed."""
    return filed_counts(since=officer.at - _YEAR)


def suggestions(filed: tuple[FiledCount, ...], officer: Officer) -> list[Suggestion]:
    """Return the procedures to raise by the 30 % rule (D-04)."""
    bearing = procedures_at(set(_RISING), officer.today)
    found = []
    for count in filed:
        if count.procedure_id not in bearing or not should_rise(count.online_count, count.total_count):
            continue
        procedure, level = bearing[count.procedure_id]
        label = _name(_RISING[level])
        percent = count.online_count * 100 // count.total_count
        found.append(Suggestion(procedure, label, count.online_count, count.total_count, percent))
    return found


def target_lines(levels: LevelPage, filed: tuple[FiledCount, ...]) -> list[TargetLine]:
    """Return every target against the `levels` of today and the dossiers `filed` in the last 12 months."""
    reached = {
        ServiceTarget.Metric.FULL_SERVICES: (levels.counts.get(Level.FULL, 0), levels.total_count),
        ServiceTarget.Metric.ONLINE_DOSSIERS: (
            sum(count.online_count for count in filed),
            sum(count.total_count for count in filed),
        ),
    }
    lines = []
    for target in targets():
        part, total = reached[ServiceTarget.Metric(target.metric)]
        lines.append(
            TargetLine(target, part * 100 // total if total else None, is_reached(part, total, target.percent))
        )
    return lines


def count_lines(levels: LevelPage) -> list[tuple[str, int]]:
    """Return how many procedures bear each level, then how many none, then how many are proactive besides."""
    lines = [(_name(level), levels.counts[level]) for level in Level if level in levels.counts]
    if None in levels.counts:
        lines.append((str(_("Chưa ghi mức độ")), levels.counts[None]))
    proactive = levels.proactive_counts
    return lines + [(_name(level), proactive[level]) for level in Level if level in proactive]


def level_rows(levels: LevelPage) -> list[tuple[Procedure, list[str]]]:
    """Return the procedures of the page, each with the names of its levels, none where none is set."""
    return [(one, [_name(level) for level in (one.of_day, one.proactive) if level]) for one in levels.page]


def _name(level: str) -> str:
    return str(ServiceLevel.Name(level).label)
