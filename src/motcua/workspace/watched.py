"""Notices and late dossiers in words, with their links."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.queries.late import Cause, LateList, LateRow
from motcua.notifications.kinds import notice_in_words
from motcua.notifications.queries import NoticeLine
from motcua.rules.deadlines import Urgency
from motcua.ui import wording
from motcua.ui.wording import moment_in_words

CAUSES: dict[Cause, Promise] = {
    Cause.CONSULTED_UNIT_SILENT: gettext_lazy("đơn vị được hỏi chưa trả lời dù đã hết hạn"),
    Cause.LEG_SLOW: gettext_lazy("đơn vị phối hợp quá thời gian của bước"),
    Cause.AWAITS_OPINION: gettext_lazy("đang chờ ý kiến đơn vị khác"),
    Cause.NOT_ANSWERED: gettext_lazy("nơi tiếp nhận chưa trả lời người nộp"),
    Cause.THIS_STEP_SLOW: gettext_lazy("bước hiện tại quá thời gian của bước"),
    Cause.EARLIER_STEP_SLOW: gettext_lazy("bước trước đã chậm"),
    Cause.REWORKED: gettext_lazy("phải làm lại"),
    Cause.UNKNOWN: gettext_lazy("chưa rõ nguyên nhân"),
}


@dataclass(frozen=True, slots=True)
class PrintedNotice:
    """One notice: what happened, about which dossier, the clock it is about in words (empty for none)."""

    what: str
    code: str
    url: str
    procedure: str
    due: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class PrintedLate:
    """One late dossier with its link, how late it is and why, in words."""

    row: LateRow
    url: str
    late_by: str
    why: str


def printed_notices(lines: tuple[NoticeLine, ...]) -> list[PrintedNotice]:
    """Print notices."""
    return [
        PrintedNotice(
            what="; ".join(notice_in_words(kind) for kind in line.kinds),
            code=line.code,
            url=reverse("workspace:dossier", args=[line.code]),
            procedure=line.procedure,
            due=moment_in_words(line.due_at) if line.due_at else "",
            at=line.created_at,
            is_unread=line.is_unread,
        )
        for line in lines
    ]


def printed_late(late: LateList) -> list[PrintedLate]:
    """Print late dossiers."""
    return [
        PrintedLate(
            row=row,
            url=reverse("workspace:dossier", args=[row.code]),
            late_by=_late_by(row),
            why=_why(row),
        )
        for row in late.rows
    ]


def _late_by(row: LateRow) -> str:
    if row.remaining is None or row.remaining.urgency is not Urgency.OVERDUE:
        return ""
    return wording.time_left(row.remaining.time)


def _why(row: LateRow) -> str:
    said = [str(CAUSES[cause]) for cause in row.causes if cause is not Cause.EARLIER_STEP_SLOW]
    if Cause.EARLIER_STEP_SLOW in row.causes:
        said.append(_("bước “%(step)s” đã chậm") % {"step": row.slow_step})
    if row.was_extended:
        said.append(_("đã hẹn lại một lần"))
    return "; ".join(said)
