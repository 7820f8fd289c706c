"""Every refusal of every command the API calls, with its stable code, its status and what a program can do with it."""

import math
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI

from motcua.api.bulk_refusals import BulkCannot, bulk_cannot
from motcua.api.errors import Problem, answer_with
from motcua.api.posting_refusals import POSTING_PROBLEMS
from motcua.api.shapes import in_hanoi
from motcua.catalogue.commands.publication_acts import DayImpossible, MayNotPublish
from motcua.documents.storage import FileRefused
from motcua.dossiers.commands.bulk import BulkIsOver, NotReversible
from motcua.dossiers.commands.consult import ConsultedAlready, StillInTime
from motcua.dossiers.commands.draft import NotOffered, PaperNotAskedFor
from motcua.dossiers.commands.end import ApplicantHasTime
from motcua.dossiers.commands.enter_from_paper import EntryRefused, FormSentBefore
from motcua.dossiers.commands.extend import ExtensionRefused
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.intake import AskedBefore, BookIsClosed, LimitUnknown, NothingAskedFor, PapersInTheWay
from motcua.dossiers.commands.legs import LegsAwaited, LegUnclear, TheirsAlready, WayNotOpen
from motcua.dossiers.commands.linked_draft import GroupNotOffered
from motcua.dossiers.commands.look_up import LookupLocked, LookupRefused
from motcua.dossiers.commands.note import VerifiedInFuture
from motcua.dossiers.commands.paper_mode import MayNotUsePaper, SlotSpoilt, SlotTaken
from motcua.dossiers.commands.process import NotAnOfficerThere, ResultFileMissing
from motcua.dossiers.commands.request_supplement import NotAskedBefore
from motcua.dossiers.commands.return_result import LegsUnderWay, ReturnedAnotherWay
from motcua.dossiers.commands.settle_at_once import NotASignerThere, NotSettledAtOnce
from motcua.dossiers.commands.submit import ApplicationIncomplete, VersionEnded
from motcua.dossiers.commands.supplement import PaperNeeded, SupplementUnanswered
from motcua.dossiers.models import STATUS_LABELS, Paper
from motcua.kernel.answers import KeyReused
from motcua.kernel.events import JsonValue
from motcua.organisations.facts import NoAgencyIdentifier
from motcua.petitions.commands.answering import DraftChanged, FindingUnfit, NamesASender, OpinionsAwaited
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused
from motcua.petitions.commands.send import TooManySent
from motcua.rules.permissions import NotPermitted
from motcua.rules.transitions import Action, TransitionRefused
from motcua.rules.working_time import CalendarExhausted
from motcua.ui.wording import moment_in_words

JsonObject = dict[str, JsonValue]
_FILE_STATUS = {"TOO_LARGE": 413, "WRONG_TYPE": 415}
_FILE_SENTENCES: dict[str, str | Promise] = {
    "EMPTY": gettext_lazy("Tệp không có nội dung."),
    "TOO_LARGE": gettext_lazy("Tệp quá lớn; mỗi tệp không quá 20 MB."),
    "WRONG_TYPE": gettext_lazy("Tệp không phải là ảnh JPG, PNG hay PDF, dù tên tệp ghi thế nào."),
    "BROKEN": gettext_lazy("Tệp bị hỏng, không mở được."),
    "LOCKED": gettext_lazy("Tệp PDF đang khóa bằng mật khẩu."),
    "ACTIVE_CONTENT": gettext_lazy("Tệp PDF có chứa chương trình hoặc tệp đính kèm."),
}


def _stale(refusal: StaleDossier) -> Problem:
    said = {"who": refusal.by or _("người nộp"), "at": moment_in_words(refusal.at)}
    detail = _("Hồ sơ đã thay đổi từ khi bạn xem: %(who)s đã làm việc khác lúc %(at)s. Chưa có gì được ghi.") % said
    changed: JsonObject = {"event": refusal.kind, "by": refusal.by, "at": in_hanoi(refusal.at)}
    return Problem(409, "stale_dossier", detail, more={"changed": changed})


def _transition(refusal: TransitionRefused) -> Problem:
    detail = _("Không làm được việc này khi hồ sơ đang ở trạng thái “%(status)s”.")
    more = {"action": refusal.action.value, "dossier_status": refusal.status.value}
    return Problem(409, "transition_refused", detail % {"status": STATUS_LABELS[refusal.status]}, more=more)


def _not_permitted(refusal: NotPermitted) -> Problem:
    detail = _("Bạn không được giao việc này đối với hồ sơ này.")
    return Problem(403, "not_permitted", detail, more={"action": refusal.action.value})


def _papers_in_the_way(refusal: PapersInTheWay) -> Problem:
    detail = _("Giấy tờ số %(numbers)s còn thiếu, chưa đúng hoặc chưa kiểm tra.")
    numbers = ", ".join(str(position) for position in refusal.positions)
    return Problem(422, "papers_in_the_way", detail % {"numbers": numbers}, more={"positions": [*refusal.positions]})


def _unanswered(refusal: SupplementUnanswered) -> Problem:
    detail = _("Giấy tờ số %(numbers)s đã yêu cầu mà chưa có gì được nộp.")
    numbers = ", ".join(str(position) for position in refusal.positions)
    return Problem(
        422, "supplement_unanswered", detail % {"numbers": numbers}, more={"positions": [*refusal.positions]}
    )


def _incomplete(refusal: ApplicationIncomplete) -> Problem:
    missing: list[JsonValue] = [{"part": gap.part.value, "what": gap.what} for gap in refusal.gaps]
    detail = _("Hồ sơ còn thiếu các mục nêu ở missing.")
    return Problem(422, "application_incomplete", detail, more={"missing": missing})


def _not_an_officer(refusal: NotAnOfficerThere) -> Problem:
    detail = _("%(name)s hôm nay không là cán bộ thụ lý của đơn vị làm việc này.") % {"name": refusal.username}
    return Problem(422, "not_an_officer_there", detail)


def _not_a_signer(refusal: NotASignerThere) -> Problem:
    sentence = _("%(name)s không ký thay mặt cơ quan giải quyết vào ngày trả kết quả.")
    detail = sentence % {"name": refusal.name}
    return Problem(422, "not_a_signer_there", detail)


def _exhausted(refusal: CalendarExhausted) -> Problem:
    detail = _("Ngày hẹn trả nằm ngoài lịch làm việc đã có (đến trước %(until)s).")
    until = refusal.loaded_until
    return Problem(
        422, "calendar_exhausted", detail % {"until": f"{until:%d/%m/%Y}"}, more={"loaded_until": until.isoformat()}
    )


def _file(refusal: FileRefused) -> Problem:
    code, status = f"file_{refusal.reason.lower()}", _FILE_STATUS.get(refusal.reason, 422)
    return Problem(
        status, code, str(_FILE_SENTENCES[refusal.reason]), more={"found": refusal.found, "name": refusal.name}
    )


def _locked(refusal: LookupLocked) -> Problem:
    detail = _("Đã thử sai nhiều lần. Hãy thử lại sau %(until)s.") % {"until": moment_in_words(refusal.until)}
    seconds = max(1, math.ceil((refusal.until - timezone.now()).total_seconds()))
    return Problem(
        429, "lookup_locked", detail, more={"until": in_hanoi(refusal.until)}, headers={"Retry-After": str(seconds)}
    )


def _version_ended(refusal: VersionEnded) -> Problem:
    detail = _("Nội dung thủ tục đã thay đổi hoặc thủ tục đã bãi bỏ từ khi bắt đầu soạn. Hãy lập hồ sơ mới.")
    return Problem(409, "version_ended", detail, more={"procedure": refusal.procedure})


def _has_time(refusal: ApplicantHasTime) -> Problem:
    detail = _("Người nộp còn thời gian bổ sung; chưa được đóng hồ sơ.")
    closable_from = in_hanoi(refusal.closable_from) if refusal.closable_from else None
    return Problem(409, "applicant_has_time", detail, more={"closable_from": closable_from})


def _in_time(refusal: StillInTime) -> Problem:
    detail = _("Đơn vị được hỏi còn thời hạn trả lời.")
    return Problem(409, "still_in_time", detail, more={"due_at": in_hanoi(refusal.due_at)})


def _extension(refusal: ExtensionRefused) -> Problem:
    detail = _("Không hẹn lại được: chỉ hẹn lại một lần, vào một ngày làm việc sắp tới, sau ngày đã hẹn.")
    return Problem(422, "extension_refused", detail, more={"fault": refusal.fault.value})


def _another_way(refusal: ReturnedAnotherWay) -> Problem:
    detail = _("Người nộp đã chọn cách nhận kết quả khác.")
    return Problem(409, "returned_another_way", detail, more={"channel": refusal.channel.value})


def _way(refusal: WayNotOpen) -> Problem:
    detail = _("Quy trình nội bộ không đi tiếp theo hướng này; các hướng chọn được nêu ở ways.")
    return Problem(422, "way_not_open", detail, more={"ways": [*refusal.labels]})


def _legs_awaited(refusal: LegsAwaited) -> Problem:
    detail = _("Các bước phối hợp làm song song nêu ở steps chưa xong.")
    return Problem(409, "legs_awaited", detail, more={"steps": [*refusal.codes]})


def _leg_unclear(refusal: LegUnclear) -> Problem:
    detail = _("Đơn vị của bạn đang làm nhiều bước phối hợp; hãy nêu một nhánh trong legs.")
    return Problem(422, "leg_unclear", detail, more={"legs": [*refusal.legs]})


def _legs(refusal: LegsUnderWay) -> Problem:
    detail = _("Kết quả của hồ sơ liên thông được trả một lần; còn việc đang giải quyết.")
    return Problem(409, "legs_under_way", detail, more={"legs": [*refusal.numbers]})


def _slot_taken(refusal: SlotTaken) -> Problem:
    said = {"who": refusal.by, "at": moment_in_words(refusal.at), "code": refusal.code}
    detail = _("Số này đã được %(who)s nhập lúc %(at)s, thành hồ sơ %(code)s. Hãy xem lại số trên giấy.") % said
    more: JsonObject = {"dossier": refusal.code, "by": refusal.by, "at": in_hanoi(refusal.at)}
    return Problem(409, "number_taken", detail, more=more)


def _may_not_use_paper(_refusal: MayNotUsePaper) -> Problem:
    detail = _("Bạn không được giao việc này ở bộ phận đó.")
    return Problem(403, "not_permitted", detail, more={"action": Action.ACCEPT.value})


def _entry(refusal: EntryRefused) -> Problem:
    detail = _("Giờ, ngày trên giấy không thể như vậy; xem fault.")
    return Problem(422, "entry_refused", detail, more={"fault": refusal.fault.value})


def _petition_act(refusal: PetitionActRefused) -> Problem:
    detail = _("Phản ánh đang ở tình trạng khác nên không làm được việc này.")
    more: JsonObject = {"act": refusal.act.value, "stage": refusal.stage.value}
    return Problem(409, "petition_act_refused", detail, more=more)


def _may_not_handle(refusal: MayNotHandle) -> Problem:
    detail = _("Bạn không được giao việc này đối với phản ánh.")
    return Problem(403, "not_permitted", detail, more={"action": refusal.act.value})


def _opinions(refusal: OpinionsAwaited) -> Problem:
    detail = _("Còn chờ ý kiến của: %(units)s.") % {"units": ", ".join(refusal.units)}
    return Problem(409, "opinions_awaited", detail, more={"units": [*refusal.units]})


def _always(status: int, code: str, sentence: str | Promise) -> Callable[[Any], Problem]:
    return lambda _refusal: Problem(status, code, str(sentence))


PROBLEMS: dict[type[Exception], Callable[[Any], Problem]] = {
    StaleDossier: _stale,
    TransitionRefused: _transition,
    NotPermitted: _not_permitted,
    PapersInTheWay: _papers_in_the_way,
    ApplicationIncomplete: _incomplete,
    NotAnOfficerThere: _not_an_officer,
    CalendarExhausted: _exhausted,
    FileRefused: _file,
    LookupLocked: _locked,
    LookupRefused: _always(404, "lookup_refused", gettext_lazy("Không có hồ sơ nào khớp cả mã và PIN này.")),
    Paper.DoesNotExist: _always(422, "no_such_paper", gettext_lazy("Giấy tờ này không có trong danh mục của thủ tục.")),
    PaperNotAskedFor: _always(
        409, "paper_not_asked_for", gettext_lazy("Khi bổ sung, chỉ thay được giấy tờ mà nơi tiếp nhận yêu cầu.")
    ),
    SupplementUnanswered: _unanswered,
    PaperNeeded: _always(
        422, "paper_needed", gettext_lazy("Giấy tờ này trường hợp nào cũng phải nộp, không thể báo là không có.")
    ),
    AskedBefore: _always(
        409,
        "asked_before",
        gettext_lazy("Hồ sơ đã được yêu cầu bổ sung một lần; yêu cầu thêm phải nêu điều khoản cho phép (basis)."),
    ),
    NotAskedBefore: _always(
        409,
        "not_asked_before",
        gettext_lazy("Chưa yêu cầu bổ sung sau khi tiếp nhận; cán bộ thụ lý tự yêu cầu lần đầu."),
    ),
    ApplicantHasTime: _has_time,
    StillInTime: _in_time,
    WayNotOpen: _way,
    LegsAwaited: _legs_awaited,
    LegUnclear: _leg_unclear,
    TheirsAlready: _always(
        409,
        "theirs_already",
        gettext_lazy("Bước này đang giao cho chính cán bộ được chọn nên lời dặn (note) chưa được ghi."),
    ),
    ExtensionRefused: _extension,
    ReturnedAnotherWay: _another_way,
    LegsUnderWay: _legs,
    GroupNotOffered: _always(
        422, "group_not_offered", gettext_lazy("Nhóm liên thông này hiện không được tiếp nhận tại nơi đó.")
    ),
    ConsultedAlready: _always(
        409, "consulted_already", gettext_lazy("Đơn vị này đang được hỏi, hoặc chính là cơ quan giải quyết.")
    ),
    VerifiedInFuture: _always(422, "verified_in_future", gettext_lazy("Thời điểm xác minh không thể sau lúc này.")),
    NotSettledAtOnce: _always(409, "not_settled_at_once", gettext_lazy("Thủ tục này không giải quyết ngay tại quầy.")),
    NotASignerThere: _not_a_signer,
    NothingAskedFor: _always(422, "nothing_asked_for", gettext_lazy("Hãy chọn ít nhất một giấy tờ cần bổ sung.")),
    ResultFileMissing: _always(422, "result_file_missing", gettext_lazy("Chưa có tệp kết quả để phát hành.")),
    NotOffered: _always(422, "not_offered", gettext_lazy("Thủ tục này hiện không được tiếp nhận tại nơi đó.")),
    VersionEnded: _version_ended,
    SlotTaken: _slot_taken,
    SlotSpoilt: _always(
        409, "number_spoilt", gettext_lazy("Số này đã báo hỏng hoặc đã thu hồi nên không dùng được nữa.")
    ),
    EntryRefused: _entry,
    FormSentBefore: _always(
        422, "idempotency_key_reused", gettext_lazy("Idempotency-Key này đã dùng cho một yêu cầu khác.")
    ),
    MayNotUsePaper: _may_not_use_paper,
    BookIsClosed: _always(
        409, "register_closed", gettext_lazy("Sổ theo dõi hồ sơ của năm đó đã khóa nên không thể ghi thêm hồ sơ.")
    ),
    LimitUnknown: _always(
        422, "limit_unknown", gettext_lazy("Thời hạn của thủ tục chưa được xác định nên chưa thể hẹn trả.")
    ),
    NoAgencyIdentifier: _always(
        422, "no_agency_identifier", gettext_lazy("Cơ quan giải quyết chưa có mã định danh nên chưa cấp được mã hồ sơ.")
    ),
    MayNotPublish: _always(
        403, "not_the_keeper", gettext_lazy("Chỉ cán bộ kiểm soát thủ tục của cơ quan công bố xác nhận việc cập nhật.")
    ),
    DayImpossible: _always(
        422, "day_impossible", gettext_lazy("Ngày cập nhật phải từ ngày ký quyết định đến hôm nay.")
    ),
    **POSTING_PROBLEMS,
    PetitionActRefused: _petition_act,
    MayNotHandle: _may_not_handle,
    OpinionsAwaited: _opinions,
    TooManySent: _always(
        429,
        "too_many_sent",
        gettext_lazy("Hôm nay tài khoản này đã gửi nhiều phản ánh. Hãy gửi tiếp vào ngày mai, hoặc gọi đơn vị."),
    ),
    DraftChanged: _always(
        409, "draft_changed", gettext_lazy("Dự thảo đã thay đổi sau khi bạn đọc. Hãy đọc lại rồi duyệt.")
    ),
    NamesASender: _always(
        422, "names_a_sender", gettext_lazy("Câu trả lời cho người gửi các phản ánh đã gộp còn cho biết ai khác là ai.")
    ),
    FindingUnfit: _always(422, "finding_unfit", gettext_lazy("Kết luận này không hợp với loại phản ánh.")),
    BulkCannot: bulk_cannot,
    BulkIsOver: _always(409, "bulk_is_over", gettext_lazy("Việc đã làm xong nên không dừng được nữa.")),
    NotReversible: _always(
        409,
        "not_reversible",
        gettext_lazy("Việc này chưa xong, hoặc không có việc nào thu lại được những gì nó đã làm."),
    ),
    KeyReused: _always(
        422, "idempotency_key_reused", gettext_lazy("Idempotency-Key này đã dùng cho một yêu cầu khác.")
    ),
}


def handle_refusals(api: NinjaAPI) -> None:
    """Have `api` tell every refusal."""
    for kind in PROBLEMS:
        api.add_exception_handler(kind, _tell)


def _tell(request: HttpRequest, refusal: Any) -> HttpResponse:
    return answer_with(request, next(PROBLEMS[kind] for kind in type(refusal).__mro__ if kind in PROBLEMS)(refusal))
