"""What an official reads when an act is refused: one sentence and the status of the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.documents.storage import FileRefused
from motcua.dossiers.commands.consult import ConsultedAlready, StillInTime
from motcua.dossiers.commands.draft import NotOffered, PaperNotAskedFor
from motcua.dossiers.commands.end import ApplicantHasTime
from motcua.dossiers.commands.enter_from_paper import EntryRefused, FormSentBefore
from motcua.dossiers.commands.extend import ExtensionRefused
from motcua.dossiers.commands.file_at_counter import GroupNotOffered
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.intake import AskedBefore, BookIsClosed, LimitUnknown, NothingAskedFor, PapersInTheWay
from motcua.dossiers.commands.legs import LegsAwaited, LegUnclear, TheirsAlready, WayNotOpen
from motcua.dossiers.commands.note import VerifiedInFuture
from motcua.dossiers.commands.paper_mode import (
    KitTooLarge,
    MayNotUsePaper,
    NoNumbersLeft,
    NotTakenInThere,
    OutageRefused,
    SlotSpoilt,
    SlotTaken,
)
from motcua.dossiers.commands.process import NotAnOfficerThere, ResultFileMissing
from motcua.dossiers.commands.request_supplement import NotAskedBefore
from motcua.dossiers.commands.return_result import LegsUnderWay, ReturnedAnotherWay
from motcua.dossiers.commands.settle_at_once import NotASignerThere, NotSettledAtOnce
from motcua.dossiers.commands.submit import ApplicationIncomplete, VersionEnded
from motcua.dossiers.commands.supplement import SupplementUnanswered
from motcua.dossiers.models import STATUS_LABELS
from motcua.organisations.facts import NoAgencyIdentifier
from motcua.rules.linked_papers import paper_mark
from motcua.rules.paper_mode import EntryFault, OutageFault
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import ExtensionFault
from motcua.rules.transitions import TransitionRefused
from motcua.rules.working_time import CalendarExhausted
from motcua.ui.wording import date_in_words, moment_in_words
from motcua.workspace.labels import ACTIONS, event_in_words, file_fault


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence, the HTTP status it goes with, and the field of the form it is about if it is about one."""

    sentence: str
    status: int
    field: str = ""


def _stale(refusal: StaleDossier) -> Told:
    said = {
        "who": refusal.by or _("Người nộp hoặc hệ thống"),
        "what": event_in_words(refusal.kind),
        "at": moment_in_words(refusal.at),
    }
    sentence = _(
        "Hồ sơ đã thay đổi sau khi bạn mở trang: %(who)s đã thực hiện “%(what)s” lúc %(at)s. "
        "Việc của bạn chưa được ghi nhận; những gì bạn nhập vẫn còn dưới đây, hãy xem lại rồi gửi lại nếu vẫn cần."
    )
    return Told(sentence % said, 409)


def _transition(refusal: TransitionRefused) -> Told:
    said = {"act": ACTIONS[refusal.action], "status": str(STATUS_LABELS[refusal.status])}
    sentence = _("Không thể “%(act)s” khi hồ sơ đang ở trạng thái “%(status)s”.")
    return Told(sentence % said, 409)


def _not_permitted(refusal: NotPermitted) -> Told:
    sentence = _("Bạn không được giao việc “%(act)s” đối với hồ sơ này.")
    return Told(sentence % {"act": ACTIONS[refusal.action]}, 403)


def _papers(refusal: PapersInTheWay) -> Told:
    sentence = _(
        "Chưa tiếp nhận được vì giấy tờ số %(numbers)s còn thiếu, chưa đúng hoặc chưa kiểm tra. "
        "Hãy sửa kết quả kiểm tra, hoặc yêu cầu người nộp bổ sung."
    )
    return Told(sentence % {"numbers": ", ".join(map(paper_mark, refusal.positions))}, 422)


def _unanswered(refusal: SupplementUnanswered) -> Told:
    sentence = _("Chưa nhận được vì giấy tờ số %(numbers)s đã yêu cầu mà chưa có gì được nộp.")
    return Told(sentence % {"numbers": ", ".join(map(paper_mark, refusal.positions))}, 422)


def _file(refusal: FileRefused) -> Told:
    sentence = _("Không nhận được tệp “%(name)s”: %(fault)s. Hãy chọn tệp khác.")
    return Told(sentence % {"name": refusal.name, "fault": file_fault(refusal)}, 422)


def _not_an_officer(refusal: NotAnOfficerThere) -> Told:
    sentence = _("%(name)s hôm nay không là cán bộ thụ lý của đơn vị làm việc này. Hãy chọn người khác.")
    return Told(sentence % {"name": refusal.username}, 422)


def _not_a_signer(refusal: NotASignerThere) -> Told:
    sentence = _("%(name)s không ký thay mặt cơ quan giải quyết vào ngày trả kết quả. Hãy chọn người khác.")
    return Told(sentence % {"name": refusal.name}, 422, "signer")


def _exhausted(refusal: CalendarExhausted) -> Told:
    sentence = _(
        "Ngày hẹn trả nằm ngoài lịch làm việc đã có (đến trước %(until)s) nên chưa thể hẹn. "
        "Hãy báo quản trị bổ sung lịch."
    )
    return Told(sentence % {"until": date_in_words(refusal.loaded_until)}, 422)


def _extension(refusal: ExtensionRefused) -> Told:
    sentence = {
        ExtensionFault.EXTENDED_BEFORE: _("Hồ sơ này đã được hẹn lại một lần. Không được hẹn lại lần nữa."),
        ExtensionFault.NO_LATER: _("Ngày hẹn lại phải sau ngày đã hẹn."),
        ExtensionFault.NOT_WORKING_TIME: _("Ngày hẹn lại phải là ngày làm việc."),
        ExtensionFault.IN_THE_PAST: _("Ngày hẹn lại đã qua. Hãy chọn một ngày làm việc sắp tới."),
    }[refusal.fault]
    return Told(sentence, 422, "" if refusal.fault is ExtensionFault.EXTENDED_BEFORE else "other_day")


def _has_time(refusal: ApplicantHasTime) -> Told:
    if refusal.closable_from is None:
        return Told(_("Hồ sơ này không có thời hạn bổ sung nên không đóng được."), 422)
    sentence = _("Người nộp còn thời gian bổ sung. Chỉ được đóng hồ sơ từ %(at)s.")
    return Told(sentence % {"at": moment_in_words(refusal.closable_from)}, 422)


def _in_time(refusal: StillInTime) -> Told:
    sentence = _("Đơn vị được hỏi còn thời hạn trả lời đến %(at)s. Hết hạn mới được giải quyết tiếp.")
    return Told(sentence % {"at": moment_in_words(refusal.due_at)}, 422)


def _another_way(refusal: ReturnedAnotherWay) -> Told:
    sentence = _("Người nộp đã chọn cách nhận kết quả khác: %(way)s.")
    return Told(sentence % {"way": refusal.channel.label}, 422)


def _way(refusal: WayNotOpen) -> Told:
    if not any(refusal.labels):
        return Told(_("Quy trình nội bộ của hồ sơ này không đi tiếp từ bước hiện tại bằng việc này."), 422)
    sentence = _("Hãy chọn một trong các hướng đi tiếp của quy trình: %(ways)s.")
    return Told(sentence % {"ways": "; ".join(f"“{label}”" for label in refusal.labels)}, 422)


def _legs(refusal: LegsUnderWay) -> Told:
    sentence = _("Kết quả của hồ sơ liên thông được trả một lần. Việc số %(numbers)s còn đang giải quyết.")
    return Told(sentence % {"numbers": ", ".join(str(number) for number in refusal.numbers)}, 422)


def _taken(refusal: SlotTaken) -> Told:
    said = {"who": refusal.by, "at": moment_in_words(refusal.at), "code": refusal.code}
    sentence = _("Số này đã được %(who)s nhập lúc %(at)s, thành hồ sơ %(code)s. Hãy xem lại số trên giấy.")
    return Told(sentence % said, 409)


def _entry(refusal: EntryRefused) -> Told:
    sentence = {
        EntryFault.IN_THE_FUTURE: _("Giờ ghi trên giấy không thể sau lúc này. Hãy xem lại giờ và ngày."),
        EntryFault.OUT_OF_ORDER: _("Giờ nộp, giờ tiếp nhận hoặc trả lời, giờ chuyển phải theo đúng thứ tự đó."),
        EntryFault.BEFORE_THE_KIT: _("Số này được giữ sau giờ đã ghi, nên giờ ghi chưa đúng."),
        EntryFault.OUTSIDE_AN_OUTAGE: _(
            "Giờ ghi trên giấy không nằm trong lần gián đoạn nào đã khai báo. Hãy xem lại giờ, hoặc nhờ người đứng đầu "
            "bộ phận khai báo thời gian gián đoạn."
        ),
        EntryFault.BEFORE_THE_RESULT: _(
            "Giờ trả ghi trên giấy trước khi tiếp nhận hoặc trước khi kết quả về đến bộ phận. Hãy xem lại."
        ),
        EntryFault.DUE_BEFORE_ACCEPTANCE: _("Ngày hẹn trả không thể trước ngày tiếp nhận."),
    }[refusal.fault]
    return Told(sentence, 422)


def _outage(refusal: OutageRefused) -> Told:
    sentence = {
        OutageFault.IN_THE_FUTURE: _("Thời điểm không thể sau lúc này."),
        OutageFault.TOO_LONG_AGO: _("Lần gián đoạn này bắt đầu quá lâu nên không khai báo được nữa."),
        OutageFault.ENDS_BEFORE_IT_BEGINS: _("Lúc hoạt động lại phải sau lúc bắt đầu gián đoạn."),
        OutageFault.OVERLAPS: _("Thời gian này trùng với một lần gián đoạn đã khai báo."),
        OutageFault.LEAVES_OUT_ENTERED: _("Có việc làm trên giấy đã nhập ghi giờ sau thời điểm này."),
    }[refusal.fault]
    return Told(sentence, 422)


def _always(sentence: Callable[[], str]) -> Callable[[Any], Told]:
    return lambda _refusal: Told(sentence(), 422)


_WORDS: dict[type[Exception], Callable[[Any], Told]] = {
    StaleDossier: _stale,
    TransitionRefused: _transition,
    NotPermitted: _not_permitted,
    PapersInTheWay: _papers,
    FileRefused: _file,
    NotAnOfficerThere: _not_an_officer,
    CalendarExhausted: _exhausted,
    SupplementUnanswered: _unanswered,
    SlotTaken: _taken,
    EntryRefused: _entry,
    OutageRefused: _outage,
    KitTooLarge: lambda refusal: Told(_("Mỗi bộ không quá %(most)s số.") % {"most": refusal.at_most}, 422),
    NoNumbersLeft: _always(lambda: _("Cơ quan này không còn đủ số dự phòng. Hãy giữ ít số hơn hoặc thu hồi bộ cũ.")),
    NotTakenInThere: _always(lambda: _("Hôm nay bộ phận này không tiếp nhận thủ tục nào của cơ quan đó.")),
    SlotSpoilt: _always(lambda: _("Số này đã báo hỏng hoặc đã thu hồi nên không dùng được nữa.")),
    FormSentBefore: _always(lambda: _("Biểu mẫu này đã gửi cho một số khác. Hãy mở lại trang nhập của số này.")),
    MayNotUsePaper: lambda _refusal: Told(_("Bạn không được giao việc này ở bộ phận đó."), 403),
    PaperNotAskedFor: _always(lambda: _("Có giấy tờ không nằm trong yêu cầu bổ sung đang chờ.")),
    AskedBefore: _always(
        lambda: _(
            "Hồ sơ này đã được yêu cầu bổ sung một lần. Chỉ được yêu cầu thêm khi có điều khoản pháp luật cho phép: "
            "hãy ghi điều khoản đó."
        )
    ),
    NotAskedBefore: _always(
        lambda: _(
            "Chưa yêu cầu bổ sung lần nào sau khi tiếp nhận. Cán bộ thụ lý tự yêu cầu lần đầu, không cần cho phép."
        )
    ),
    ExtensionRefused: _extension,
    ApplicantHasTime: _has_time,
    StillInTime: _in_time,
    WayNotOpen: _way,
    LegsAwaited: _always(
        lambda: _("Các bước phối hợp làm song song chưa xong nên hồ sơ chưa đi tiếp được. Hãy chờ kết quả phối hợp.")
    ),
    TheirsAlready: _always(
        lambda: _("Bước này đang giao cho chính cán bộ được chọn nên lời dặn chưa được ghi. Hãy viết vào ghi chú.")
    ),
    LegUnclear: _always(lambda: _("Đơn vị bạn đang làm nhiều bước phối hợp. Hãy chọn bước đã làm xong.")),
    ConsultedAlready: _always(
        lambda: _("Đơn vị này đang được hỏi, hoặc chính là cơ quan giải quyết. Hãy chọn đơn vị khác.")
    ),
    VerifiedInFuture: _always(lambda: _("Thời điểm xác minh không thể sau lúc này.")),
    ReturnedAnotherWay: _another_way,
    LegsUnderWay: _legs,
    NotSettledAtOnce: _always(
        lambda: _("Thủ tục này không giải quyết ngay tại quầy. Hãy chuyển hồ sơ đến cơ quan giải quyết.")
    ),
    NotASignerThere: _not_a_signer,
    NothingAskedFor: _always(lambda: _("Hãy chọn ít nhất một giấy tờ cần bổ sung.")),
    ResultFileMissing: _always(lambda: _("Chưa có tệp kết quả. Hãy tải lên bản đã đóng dấu để phát hành.")),
    ApplicationIncomplete: _always(lambda: _("Hồ sơ còn thiếu nội dung bắt buộc.")),
    NotOffered: _always(lambda: _("Thủ tục này hiện không được tiếp nhận tại quầy này.")),
    GroupNotOffered: _always(lambda: _("Nhóm việc liên thông này hiện không được tiếp nhận tại quầy này.")),
    VersionEnded: _always(
        lambda: _("Nội dung thủ tục đã thay đổi hoặc thủ tục đã bãi bỏ từ khi bắt đầu soạn. Hãy lập hồ sơ mới.")
    ),
    NoAgencyIdentifier: _always(
        lambda: _("Cơ quan giải quyết chưa có mã định danh nên chưa cấp được mã hồ sơ. Hãy báo quản trị bổ sung.")
    ),
    BookIsClosed: _always(lambda: _("Sổ theo dõi hồ sơ của năm đó đã khóa nên không thể ghi thêm hồ sơ vào năm đó.")),
    LimitUnknown: _always(
        lambda: _(
            "Thời hạn của thủ tục này chưa được xác định thành số ngày, số giờ nên chưa thể hẹn trả. "
            "Hãy báo cán bộ kiểm soát thủ tục xem lại."
        )
    ),
}
REFUSALS = tuple(_WORDS)


def told(refusal: Exception) -> Told:
    """Return what to say about one of `REFUSALS`."""
    return _WORDS[type(refusal)](refusal)
