"""What the screens about levels of online service say: counts, levels over time, suggestions."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.catalogue.queries.level_history import LevelLine
from motcua.catalogue.queries.service_levels import LevelPage
from motcua.dossiers.queries.levels_to_raise import Suggestion, Suggestions
from motcua.rules.service_levels import Claim, Level

BROKEN: Final = {
    Claim.FILED_ONLINE: gettext_lazy(
        "Mức độ này đòi hỏi nộp hồ sơ trực tuyến, nhưng thủ tục chưa có cách nộp trực tuyến."
    ),
    Claim.PAID_ONLINE: gettext_lazy("Mức độ này đòi hỏi nộp phí, lệ phí trực tuyến, nhưng nơi này chưa có."),
    Claim.RESULT_FROM_AFAR: gettext_lazy("Mức độ này đòi hỏi trả kết quả trực tuyến hoặc qua bưu chính."),
    Claim.NO_PRESENCE: gettext_lazy("Mức độ này đòi hỏi người dân không phải đến trực tiếp."),
}
UNCHECKED: Final = {
    Claim.FILED_ONLINE: gettext_lazy("nộp hồ sơ trực tuyến"),
    Claim.PAID_ONLINE: gettext_lazy("nộp phí, lệ phí trực tuyến"),
    Claim.RESULT_FROM_AFAR: gettext_lazy("trả kết quả trực tuyến hoặc qua bưu chính"),
    Claim.NO_PRESENCE: gettext_lazy("không phải đến trực tiếp"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A level over time as it is told: `reads_as` is empty where its name is still in use.

    `broken` are sentences, `unchecked` the claims nobody looked at, joined.
    """

    number: int
    row: ServiceLevel
    reads_as: str
    broken: tuple[str, ...]
    unchecked: str


def suggestion_lines(found: Suggestions) -> list[tuple[Suggestion, str]]:
    """Return the suggestions of the page, each with the name of the level to raise it to."""
    return [(line, level_name(line.rises_to)) for line in found.page]


def count_lines(levels: LevelPage) -> list[tuple[str, int]]:
    """Return how many procedures bear each level, then how many none, then how many are proactive besides."""
    lines = [(level_name(level), levels.counts[level]) for level in Level if level in levels.counts]
    if None in levels.counts:
        lines.append((_("Chưa ghi mức độ"), levels.counts[None]))
    proactive = levels.proactive_counts
    return lines + [(level_name(level), proactive[level]) for level in Level if level in proactive]


def level_rows(levels: LevelPage) -> list[tuple[Procedure, list[str]]]:
    """Return the procedures of the page, each with the names of its levels, none where none is set."""
    return [
        (one.procedure, [level_name(level) for level in (one.extent, one.proactive) if level]) for one in levels.lines
    ]


def history_lines(lines: tuple[LevelLine, ...]) -> list[HistoryLine]:
    """Return every level of a procedure as it is told."""
    return [
        HistoryLine(
            number=line.number,
            row=line.row,
            reads_as=level_name(line.reads_as) if line.reads_as else "",
            broken=tuple(str(BROKEN[claim]) for claim in line.weighed.broken) if line.weighed else (),
            unchecked="; ".join(str(UNCHECKED[claim]) for claim in line.weighed.unchecked) if line.weighed else "",
        )
        for line in lines
    ]


def level_name(level: str) -> str:
    """Return the name of a level as people read it."""
    return str(ServiceLevel.Name(level).label)
