"""What the roadmap says: targets against what was reached, on screen and as a table to take away (D-04)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.dossiers.queries.service_targets import TargetLine
from motcua.ui.parts import Tone
from motcua.workspace.sheets import Cell


def outcome(line: TargetLine) -> str:
    """Say in a word whether the target is reached."""
    if line.judged_on is None:
        return _("Chưa đến năm")
    if line.is_reached is None:
        return _("Chưa có số liệu")
    if line.is_reached:
        return _("Đạt") if line.is_final else _("Đang đạt")
    return _("Không đạt") if line.is_final else _("Chưa đạt")


def tone(line: TargetLine) -> Tone:
    """Return the tone in which the outcome is shown."""
    if line.is_reached is None:
        return Tone.QUIET
    if line.is_reached:
        return Tone.GOOD
    return Tone.BAD if line.is_final else Tone.WARN


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
        line.percent,
        line.part_count,
        line.total_count,
        line.judged_on,
        outcome(line),
        target.source,
    )
