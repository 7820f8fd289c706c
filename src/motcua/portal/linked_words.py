"""A linked application in words: where the whole stands in one sentence, and each leg as a station of the road."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.queries.linked import LegLine, LinkedView
from motcua.portal.status_words import StatusWords
from motcua.rules.linked import LegState, WholeState
from motcua.ui.parts import Tone
from motcua.ui.statuses import Look
from motcua.ui.wording import moment_in_words

_LOOKS: dict[LegState, tuple[Tone, str]] = {
    LegState.WAITING: (Tone.QUIET, "pause"),
    LegState.OPEN: (Tone.INFO, "clock"),
    LegState.GRANTED: (Tone.GOOD, "check-circle"),
    LegState.NOT_GRANTED: (Tone.BAD, "stop"),
    LegState.NOT_NEEDED: (Tone.QUIET, "stop"),
}


@dataclass(frozen=True, slots=True)
class LegWords:
    """One leg with the look of its state and what is to be said of it now."""

    leg: LegLine
    tone: Tone
    icon: str
    sentence: str


_WHOLE_LOOKS: dict[WholeState, Look] = {
    WholeState.AT_THE_DESK: Look(Tone.INFO, "inbox"),
    WholeState.UNDER_WAY: Look(Tone.INFO, "clock"),
    WholeState.GRANTED: Look(Tone.GOOD, "check-circle"),
    WholeState.PARTLY_GRANTED: Look(Tone.WARN, "check-circle"),
    WholeState.NOT_GRANTED: Look(Tone.BAD, "stop"),
}


def look_of_whole(whole: LinkedView) -> Look:
    """Give the tone and the icon of where the whole stands."""
    return _WHOLE_LOOKS[whole.state]


def legs_in_words(whole: LinkedView) -> list[LegWords]:
    """Say of each leg what happens to it."""
    return [LegWords(leg, *_LOOKS[leg.state], _sentence(leg)) for leg in whole.legs]


def whole_in_words(whole: LinkedView) -> StatusWords:
    """Say where the accepted whole stands."""
    overdue = ""
    if whole.due_at and not whole.is_over and whole.at > whole.due_at:
        overdue = _("Hồ sơ đã quá hạn trả kết quả %(due)s. Cơ quan phải xin lỗi bằng văn bản và hẹn lại ngày trả.") % {
            "due": moment_in_words(whole.due_at)
        }
    return StatusWords(label=whole.state_label, sentence=_where(whole), overdue=overdue)


def _where(whole: LinkedView) -> str:
    count = len(whole.legs)
    if whole.is_closed:
        return _("Hồ sơ đã kết thúc; kết quả từng việc ghi bên dưới, bạn không phải làm gì thêm.")
    if whole.is_over:
        return _OVER[whole.state]() % {"desk": whole.desk}
    done = ngettext(
        "Đã xong %(done)s trên %(count)s việc", "Đã xong %(done)s trên %(count)s việc", whole.ended_count
    ) % {"done": whole.ended_count, "count": count}
    if any(leg.is_applicants_turn for leg in whole.legs):
        return _("%(done)s; có việc đang chờ bạn, xem bên dưới.") % {"done": done}
    due = moment_in_words(whole.due_at) if whole.due_at else ""
    return _("%(done)s; hẹn trả kết quả của tất cả các việc %(due)s; bạn chưa phải làm gì.") % {
        "done": done,
        "due": due,
    }


_OVER = {
    WholeState.GRANTED: lambda: _("Đã có kết quả của tất cả các việc: mời bạn nhận một lần tại %(desk)s."),
    WholeState.PARTLY_GRANTED: lambda: _(
        "Các việc đã xong, có việc không được giải quyết: mời bạn nhận kết quả và văn bản trả lời tại %(desk)s."
    ),
    WholeState.NOT_GRANTED: lambda: _("Không việc nào được giải quyết: văn bản trả lời có tại %(desk)s."),
}


def _sentence(leg: LegLine) -> str:
    due = moment_in_words(leg.due_at) if leg.due_at else ""
    if leg.state is LegState.OPEN:
        return _open(leg, due)
    if leg.state is LegState.WAITING:
        return _waiting(leg, due)
    if leg.state is LegState.NOT_NEEDED and leg.because_of:
        return _("Không thực hiện vì việc cần trước không có kết quả: %(leg)s.") % {"leg": leg.because_of}
    return _("Xong lúc %(at)s.") % {"at": moment_in_words(leg.ended_at)} if leg.ended_at else ""


def _open(leg: LegLine, due: str) -> str:
    said = {"holder": leg.holder or leg.agency, "status": leg.status_label, "due": due}
    if leg.is_applicants_turn or not due:
        return f"{leg.status_label}."
    return _("%(status)s tại %(holder)s; chậm nhất %(due)s.") % said


def _waiting(leg: LegLine, due: str) -> str:
    if not leg.after:
        return _("Bắt đầu khi hồ sơ được tiếp nhận.")
    said = {"names": ", ".join(leg.after), "due": due}
    if due:
        return _("Bắt đầu ngay khi có kết quả: %(names)s; chậm nhất %(due)s.") % said
    return _("Bắt đầu ngay khi có kết quả: %(names)s.") % said
