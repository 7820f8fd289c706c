"""A linked application in words: where the whole stands in one sentence, and each leg as a station of the road."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.dossiers.queries.linked import LegLine, LinkedView
from motcua.portal.status_words import StatusWords
from motcua.rules.linked import LegState, WholeState
from motcua.rules.transitions import Status
from motcua.ui.parts import Tone
from motcua.ui.statuses import Look, look_of
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
    return look_of(Status.WITHDRAWN) if whole.is_withdrawn else _WHOLE_LOOKS[whole.state]


def legs_in_words(whole: LinkedView) -> list[LegWords]:
    """Say of each leg what happens to it."""
    return [LegWords(leg, *_look(leg), _sentence(leg)) for leg in whole.legs]


def whole_in_words(whole: LinkedView) -> StatusWords:
    """Say where the accepted whole stands."""
    overdue = ""
    if whole.due_at and whole.finished_at is None and not whole.is_over and whole.at > whole.due_at:
        overdue = _("Hồ sơ đã quá hạn trả kết quả %(due)s. Cơ quan phải xin lỗi bằng văn bản và hẹn lại ngày trả.") % {
            "due": moment_in_words(whole.due_at)
        }
    return StatusWords(label=whole.state_label, sentence=_where(whole), overdue=overdue)


def held_back(whole: LinkedView, status: Status) -> str:
    """Say of a leg whose result is issued that it is given out with all others; empty where it need not wait."""
    if not whole.waits_for_others or whole.due_at is None:
        return ""
    due = {"due": moment_in_words(whole.due_at)}
    if status is Status.DONE:
        return _("Việc này đã xong; kết quả được trả một lần khi xong tất cả, hẹn %(due)s.") % due
    if status is Status.REFUSED:
        return (
            _(
                "Việc này đã xong: cơ quan từ chối giải quyết, nêu rõ lý do; văn bản được trả một lần khi xong tất cả, "
                "hẹn %(due)s."
            )
            % due
        )
    return ""


def _look(leg: LegLine) -> tuple[Tone, str]:
    if leg.is_withdrawn:
        look = look_of(Status.WITHDRAWN)
        return look.tone, look.icon
    return _LOOKS[leg.state]


def _where(whole: LinkedView) -> str:
    if whole.is_withdrawn:
        return _("Hồ sơ đã được rút theo đề nghị của người nộp; không còn ai giải quyết hồ sơ này.")
    if whole.is_put_right:
        return _put_right(whole)
    if whole.is_closed or (whole.is_over and not whole.awaiting):
        return _("Hồ sơ đã kết thúc; kết quả từng việc ghi bên dưới, bạn không phải làm gì thêm.")
    if whole.is_over:
        return _("%(outcome)s: %(how)s.") % {"outcome": _outcome(whole), "how": _how(whole)}
    return _under_way(whole)


def _put_right(whole: LinkedView) -> str:
    names = ", ".join(leg.name for leg in whole.legs if leg.right_due_at)
    due = max(leg.right_due_at for leg in whole.legs if leg.right_due_at)
    sentence = _(
        "Kết quả có sai sót do cơ quan và đang được đính chính: %(names)s; có lại chậm nhất %(due)s, bạn không phải "
        "trả thêm khoản nào."
    )
    return sentence % {"names": names, "due": moment_in_words(due)}


def _under_way(whole: LinkedView) -> str:
    count = len(whole.legs)
    done = ngettext(
        "Đã xong %(done)s trên %(count)s việc", "Đã xong %(done)s trên %(count)s việc", whole.ended_count
    ) % {"done": whole.ended_count, "count": count}
    if whole.is_applicants_turn:
        return _("%(done)s; có việc đang chờ bạn, xem bên dưới.") % {"done": done}
    due = moment_in_words(whole.due_at) if whole.due_at else ""
    if whole.awaiting and not whole.waits_for_others:
        said = {"done": done, "how": _how(whole), "due": due}
        return _("%(done)s; %(how)s; hẹn trả kết quả của các việc còn lại %(due)s.") % said
    return _("%(done)s; hẹn trả kết quả của tất cả các việc %(due)s; bạn chưa phải làm gì.") % {
        "done": done,
        "due": due,
    }


def _outcome(whole: LinkedView) -> str:
    if whole.state is WholeState.GRANTED:
        return _("Đã có kết quả của tất cả các việc")
    if whole.state is WholeState.NOT_GRANTED:
        return _("Không việc nào được giải quyết")
    if whole.was_refused_nothing:
        return _("Các việc đã xong, trừ việc đã rút")
    return _("Các việc đã xong, có việc không được giải quyết")


def _how(whole: LinkedView) -> str:
    """Say how the results that wait reach the applicant, by the way they chose: all together, or which of them."""
    ways = _TOGETHER if whole.goes_out_together else _EACH
    names = ", ".join(leg.name for leg in whole.awaiting)
    return str(ways[whole.return_channel]) % {"desk": whole.desk, "names": names}


_TOGETHER = {
    "AT_THE_DESK": gettext_lazy("mời bạn đến %(desk)s nhận một lần, mang theo giấy tờ tùy thân"),
    "POST": gettext_lazy(
        "kết quả hoặc văn bản trả lời được gửi một lần qua bưu chính tới địa chỉ đã ghi; bạn chưa phải làm gì"
    ),
    "ONLINE": gettext_lazy("mở trang từng việc của hồ sơ để tải về"),
}
_EACH = {
    "AT_THE_DESK": gettext_lazy("mời bạn đến %(desk)s nhận, mang theo giấy tờ tùy thân (%(names)s)"),
    "POST": gettext_lazy("kết quả hoặc văn bản trả lời được gửi qua bưu chính tới địa chỉ đã ghi (%(names)s)"),
    "ONLINE": gettext_lazy("mở trang từng việc của hồ sơ để tải về (%(names)s)"),
}


def _sentence(leg: LegLine) -> str:
    due = moment_in_words(leg.due_at) if leg.due_at else ""
    if leg.state is LegState.OPEN:
        return _open(leg, due)
    if leg.state is LegState.WAITING:
        return _waiting(leg, due)
    if leg.state is LegState.NOT_NEEDED and leg.because_of:
        return _("Không thực hiện vì việc cần trước không có kết quả: %(leg)s.") % {"leg": leg.because_of}
    if leg.ended_at is None:
        return ""
    words = _("Đã rút lúc %(at)s.") if leg.is_withdrawn else _("Xong lúc %(at)s.")
    return words % {"at": moment_in_words(leg.ended_at)}


def _open(leg: LegLine, due: str) -> str:
    said = {"holder": leg.holder or leg.agency, "status": leg.status_label, "due": due}
    if leg.right_due_at:
        said["due"] = moment_in_words(leg.right_due_at)
    elif leg.is_applicants_turn or not due:
        return f"{leg.status_label}."
    return _("%(status)s tại %(holder)s; chậm nhất %(due)s.") % said


def _waiting(leg: LegLine, due: str) -> str:
    if not leg.after:
        return _("Bắt đầu khi hồ sơ được tiếp nhận.")
    said = {"names": ", ".join(leg.after), "due": due}
    if due:
        return _("Bắt đầu ngay khi có kết quả: %(names)s; chậm nhất %(due)s.") % said
    return _("Bắt đầu ngay khi có kết quả: %(names)s.") % said
