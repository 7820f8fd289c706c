"""Where a dossier stands in one sentence, and the road it travels: who holds it, since when, what next, by when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.models import STATUS_LABELS
from motcua.dossiers.queries.public_status import Milestone, PublicStatus
from motcua.rules.promises import SupplementClock
from motcua.rules.transitions import ENDED_EARLY, ISSUED, Status
from motcua.ui.parts import StepState, TimelineStep
from motcua.ui.wording import moment_in_words

_SENTENCES = {
    Status.SUBMITTED: gettext_lazy(
        "%(holder)s giữ hồ sơ từ %(since)s và sẽ trả lời chậm nhất %(answer)s; bạn chưa phải làm gì."
    ),
    Status.INTAKE_SUPPLEMENT: gettext_lazy(
        "Từ %(since)s hồ sơ chờ bạn bổ sung giấy tờ; %(desk)s xem tiếp ngay khi bạn gửi bổ sung."
    ),
    Status.NOT_ACCEPTED: gettext_lazy(
        "Lúc %(since)s, %(desk)s đã từ chối tiếp nhận hồ sơ; căn cứ và lý do ghi trong phiếu gửi cho bạn."
    ),
    Status.ACCEPTED: gettext_lazy(
        "%(holder)s giữ hồ sơ từ %(since)s, tiếp theo chuyển cho nơi giải quyết; hẹn trả kết quả %(due)s; "
        "bạn chưa phải làm gì."
    ),
    Status.TRANSFERRED: gettext_lazy(
        "%(holder)s giữ hồ sơ từ %(since)s, tiếp theo phân công người thẩm tra; hẹn trả kết quả %(due)s; "
        "bạn chưa phải làm gì."
    ),
    Status.IN_PROGRESS: gettext_lazy(
        "%(holder)s đang thẩm tra hồ sơ từ %(since)s, tiếp theo trình lãnh đạo ký; hẹn trả kết quả %(due)s; "
        "bạn chưa phải làm gì."
    ),
    Status.CONSULTING: gettext_lazy(
        "%(holder)s đang lấy ý kiến đơn vị liên quan từ %(since)s; hẹn trả kết quả %(due)s; bạn chưa phải làm gì."
    ),
    Status.FINANCIAL: gettext_lazy(
        "Từ %(since)s hồ sơ chờ bạn thực hiện nghĩa vụ tài chính theo thông báo; nộp chứng từ tại %(desk)s để hồ sơ "
        "được giải quyết tiếp."
    ),
    Status.PENDING_SIGN: gettext_lazy(
        "Lãnh đạo %(holder)s xem và ký hồ sơ từ %(since)s, tiếp theo đóng dấu; hẹn trả kết quả %(due)s; "
        "bạn chưa phải làm gì."
    ),
    Status.SIGNED: gettext_lazy(
        "%(holder)s đóng dấu, phát hành kết quả từ %(since)s; hẹn trả kết quả %(due)s; bạn chưa phải làm gì."
    ),
    Status.CORRECTING: gettext_lazy(
        "Kết quả có sai sót do cơ quan, %(holder)s đang đính chính từ %(since)s; bạn không phải trả thêm khoản nào."
    ),
    Status.RETURNED: gettext_lazy("Kết quả đã được trả lúc %(since)s; hồ sơ đã kết thúc, bạn không phải làm gì thêm."),
    Status.IMMEDIATE_DONE: gettext_lazy(
        "Kết quả đã được trả ngay tại %(desk)s lúc %(since)s; hồ sơ đã kết thúc, bạn không phải làm gì thêm."
    ),
    Status.WITHDRAWN: gettext_lazy(
        "Hồ sơ đã được rút lúc %(since)s theo đề nghị của người nộp; không còn ai giải quyết hồ sơ này."
    ),
    Status.STOPPED: gettext_lazy(
        "Cơ quan đã dừng giải quyết hồ sơ lúc %(since)s; căn cứ và lý do ghi trong thông báo gửi cho bạn."
    ),
    Status.CLOSED_UNANSWERED: gettext_lazy(
        "Hồ sơ đã đóng lúc %(since)s vì quá hạn mà chưa bổ sung giấy tờ; bạn có thể nộp hồ sơ mới."
    ),
}
_DONE = {
    "AT_THE_DESK": gettext_lazy("Kết quả có từ %(since)s: mời bạn đến %(desk)s nhận, mang theo giấy tờ tùy thân."),
    "POST": gettext_lazy("Kết quả có từ %(since)s và được gửi qua bưu chính tới địa chỉ đã ghi; bạn chưa phải làm gì."),
    "ONLINE": gettext_lazy("Kết quả có từ %(since)s: mở trang hồ sơ của bạn để tải về."),
}
_REFUSED = {
    "AT_THE_DESK": gettext_lazy(
        "Từ %(since)s có văn bản trả lời: cơ quan từ chối giải quyết, nêu rõ lý do; mời bạn đến %(desk)s nhận, "
        "mang theo giấy tờ tùy thân."
    ),
    "POST": gettext_lazy(
        "Từ %(since)s có văn bản trả lời: cơ quan từ chối giải quyết, nêu rõ lý do; văn bản được gửi qua bưu chính "
        "tới địa chỉ đã ghi."
    ),
    "ONLINE": gettext_lazy(
        "Từ %(since)s có văn bản trả lời: cơ quan từ chối giải quyết, nêu rõ lý do; mở trang hồ sơ của bạn để tải về."
    ),
}
_REFUSAL_RETURNED = gettext_lazy(
    "Văn bản từ chối giải quyết đã được trả lúc %(since)s; hồ sơ đã kết thúc, bạn có quyền khiếu nại nếu không đồng ý."
)
_SUPPLEMENT = {
    SupplementClock.RESTART: gettext_lazy(
        "Từ %(since)s hồ sơ chờ bạn bổ sung giấy tờ; thời hạn giải quyết dừng lại và được tính lại từ đầu khi bạn "
        "bổ sung đủ."
    ),
    SupplementClock.RESUME: gettext_lazy(
        "Từ %(since)s hồ sơ chờ bạn bổ sung giấy tờ; thời hạn giải quyết dừng lại và được tính tiếp khi bạn bổ sung đủ."
    ),
}
_ROAD = {
    Milestone.SUBMITTED: gettext_lazy("Đã nộp hồ sơ"),
    Milestone.ACCEPTED: gettext_lazy("Tiếp nhận"),
    Milestone.PROCESSED: gettext_lazy("Thẩm tra xong"),
    Milestone.SIGNED: gettext_lazy("Ký duyệt"),
    Milestone.RESULT: gettext_lazy("Có kết quả"),
    Milestone.RETURNED: gettext_lazy("Trả kết quả"),
}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The status of a dossier in words. `overdue` is empty while the promise is kept."""

    label: str
    sentence: str
    overdue: str


def words_of(status: PublicStatus, *, at: datetime) -> StatusWords:
    """Say where the dossier stands at the moment `at`."""
    said = {
        "holder": status.holder or status.desk,
        "desk": status.desk,
        "since": moment_in_words(status.since),
        "answer": moment_in_words(status.answer_due_at) if status.answer_due_at else "",
        "due": moment_in_words(status.due_at) if status.due_at else "",
    }
    return StatusWords(
        label=str(STATUS_LABELS[status.status]), sentence=str(_sentence(status)) % said, overdue=_overdue(status, at)
    )


def _sentence(status: PublicStatus) -> str | Promise:
    if status.supplement_clock is not None:
        return _SUPPLEMENT[status.supplement_clock]
    if status.status is Status.RETURNED and status.is_refusal:
        return _REFUSAL_RETURNED
    by_channel = {Status.DONE: _DONE, Status.REFUSED: _REFUSED}.get(status.status)
    return by_channel[status.return_channel] if by_channel else _SENTENCES[status.status]


def road_of(status: PublicStatus) -> list[TimelineStep]:
    """Return the stations of the road; where it ended early, the station that was not reached is marked."""
    stations = list(Milestone)
    reached = stations.index(status.reached)
    return [
        TimelineStep(
            title=str(_ROAD[station]),
            state=_state(status, index, reached),
            at=_moment(status, station, _state(status, index, reached)),
            holder=status.holder or "" if index == reached + 1 and not status.is_over else "",
        )
        for index, station in enumerate(stations)
        if index <= reached + 1 or not _ended_early(status)
    ]


def _state(status: PublicStatus, index: int, reached: int) -> StepState:
    if index <= reached:
        return StepState.DONE
    if index > reached + 1:
        return StepState.FUTURE
    return StepState.STOPPED if _ended_early(status) else StepState.CURRENT


def _ended_early(status: PublicStatus) -> bool:
    return status.status in ENDED_EARLY | {Status.NOT_ACCEPTED}


def _moment(status: PublicStatus, station: Milestone, state: StepState) -> datetime | None:
    if station is Milestone.SUBMITTED:
        return status.submitted_at
    is_here = state in {StepState.CURRENT, StepState.STOPPED}
    is_last = station is status.reached and status.status in ISSUED
    return status.since if is_here or is_last else None


def _overdue(status: PublicStatus, at: datetime) -> str:
    has_result = status.status in ISSUED | {Status.CORRECTING}
    if has_result or status.is_applicants_turn or status.is_over:
        return ""
    if status.due_at and at > status.due_at:
        promised = moment_in_words(status.due_at)
        return _("Hồ sơ đã quá hạn trả kết quả %(due)s. Cơ quan phải xin lỗi bằng văn bản và hẹn lại ngày trả.") % {
            "due": promised
        }
    if status.answer_due_at and at > status.answer_due_at:
        promised = moment_in_words(status.answer_due_at)
        return _("Đã quá hạn trả lời %(due)s. Bạn có thể gọi nơi tiếp nhận để hỏi.") % {"due": promised}
    return ""


def no_answer_day() -> str:
    """Say that nothing can be handed in because no answer can be promised (R-15): the working calendar has run out."""
    return _(
        "Chưa nộp được: hệ thống chưa có lịch làm việc của những ngày tới nên không hẹn được ngày trả lời. "
        "Những gì bạn ghi vẫn được giữ; hãy gọi nơi tiếp nhận rồi nộp lại sau."
    )
