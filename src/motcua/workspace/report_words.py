"""What reports say: the name of a period, the columns of the table of settlement, how it was counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.reporting.queries.behind import Column
from motcua.reporting.queries.settlement_table import SettlementTable, TableLine
from motcua.rules.periods import PeriodKind, ReportPeriod
from motcua.rules.settlement_table import (
    CountingDefinition,
    EarlyAs,
    ExtendedBy,
    RateOf,
    WaitingAs,
    WithoutResultAs,
)
from motcua.ui.wording import date_in_words

_DEFINED: dict[str, Promise] = {
    WaitingAs.IN_PROGRESS: gettext_lazy("Hồ sơ chờ người nộp bổ sung được tính là đang giải quyết, trong hạn."),
    WaitingAs.SETTLED_ON_TIME: gettext_lazy("Hồ sơ chờ người nộp bổ sung được tính là đã giải quyết đúng hạn."),
    WithoutResultAs.ON_TIME_UNLESS_BROKEN: gettext_lazy(
        "Hồ sơ kết thúc không có kết quả được tính là đúng hạn, trừ khi lúc đó đã quá hạn."
    ),
    WithoutResultAs.ALWAYS_ON_TIME: gettext_lazy("Hồ sơ kết thúc không có kết quả luôn được tính là đúng hạn."),
    WithoutResultAs.LIKE_A_RESULT: gettext_lazy("Hồ sơ kết thúc không có kết quả được tính như hồ sơ có kết quả."),
    ExtendedBy.NEW_DATE: gettext_lazy("Hồ sơ đã xin lỗi và hẹn lại được so với ngày hẹn mới."),
    ExtendedBy.FIRST_DATE: gettext_lazy("Hồ sơ đã xin lỗi và hẹn lại được so với ngày hẹn trước khi hẹn lại."),
    EarlyAs.BEFORE: gettext_lazy("Trước hạn là trước ngày hẹn trả; trong ngày hẹn trả là đúng hạn."),
    EarlyAs.ON_OR_BEFORE: gettext_lazy("Trước hạn gồm cả hồ sơ xong trong ngày hẹn trả."),
    RateOf.SETTLED: gettext_lazy("Tỷ lệ đúng hạn: trước hạn và đúng hạn trên số đã giải quyết."),
    RateOf.TO_SETTLE: gettext_lazy(
        "Tỷ lệ đúng hạn: 100% trừ số giải quyết quá hạn và đang quá hạn trên tổng số phải giải quyết."
    ),
    RateOf.DUE: gettext_lazy(
        "Tỷ lệ đúng hạn: 100% trừ số giải quyết quá hạn và đang quá hạn trên số đến hạn trong kỳ."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the table prints it: its name, the figures in the order of `columns`, the share on time in words."""

    code: str
    name: str
    figures: tuple[int, ...]
    on_time: str


def period_in_words(period: ReportPeriod) -> str:
    """Name the period."""
    names = {
        PeriodKind.MONTH: _("Tháng %(number)s năm %(year)s"),
        PeriodKind.QUARTER: _("Quý %(number)s năm %(year)s"),
        PeriodKind.HALF_YEAR: _("Sáu tháng lần %(number)s năm %(year)s"),
        PeriodKind.YEAR: _("Năm %(year)s"),
    }
    return names[period.kind] % {"number": period.number, "year": period.year}


def days_in_words(period: ReportPeriod) -> str:
    """Say from which day until the end of which the period runs."""
    last = period.until - timedelta(days=1)
    return _("Từ %(first)s đến hết %(last)s") % {"first": date_in_words(period.since), "last": date_in_words(last)}


def column_names() -> dict[Column, str]:
    """Return what the figures of a line are called, in the order of the official form."""
    return {
        Column.RECEIVED: _("Tiếp nhận: tổng số"),
        Column.ONLINE: _("Tiếp nhận: trực tuyến"),
        Column.DIRECT_OR_POSTAL: _("Tiếp nhận: trực tiếp, bưu chính"),
        Column.CARRIED_OVER: _("Tiếp nhận: kỳ trước chuyển sang"),
        Column.SETTLED: _("Đã giải quyết: tổng số"),
        Column.EARLY: _("Đã giải quyết: trước hạn"),
        Column.ON_TIME: _("Đã giải quyết: đúng hạn"),
        Column.LATE: _("Đã giải quyết: quá hạn"),
        Column.IN_PROGRESS: _("Đang giải quyết: tổng số"),
        Column.WITHIN_LIMIT: _("Đang giải quyết: trong hạn"),
        Column.OVERDUE: _("Đang giải quyết: quá hạn"),
    }


def columns() -> tuple[str, ...]:
    """Return the names of the figures of a line, in the order of the official form."""
    return tuple(column_names().values())


def shown_lines(table: SettlementTable) -> list[ShownLine]:
    """Return the lines as printed, the line of all last."""
    return [*(_shown(line, line.name) for line in table.lines), _shown(table.whole, _("Tổng cộng"))]


def sentences(definition: CountingDefinition) -> Iterator[str]:
    """Say how the table was counted."""
    chosen = (definition.without_result, definition.waiting, definition.extended, definition.early, definition.rate)
    return (str(_DEFINED[one]) for one in chosen)


def _shown(line: TableLine, name: str) -> ShownLine:
    counted = line.settlement
    return ShownLine(
        code=line.code,
        name=name,
        figures=(
            counted.received,
            counted.online,
            counted.direct_or_postal,
            counted.carried_over,
            counted.settled,
            counted.early,
            counted.on_time,
            counted.late,
            counted.in_progress,
            counted.within_limit,
            counted.overdue,
        ),
        on_time=_percent(line.on_time),
    )


def _percent(share: Fraction | None) -> str:
    """Write a share with two decimals, rounded down, so that 100 % is all."""
    if share is None:
        return "–"
    hundredths = share.numerator * 10_000 // share.denominator
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100},{abs(hundredths) % 100:02}%"
