"""Vietnamese words for roles, acts and events, as officials read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.documents.storage import FileRefused
from motcua.rules.papers import PaperKind
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action

Words = str | Promise

ROLES: dict[Role, Words] = {
    Role.RECEPTION_OFFICER: _("Cán bộ tiếp nhận"),
    Role.HEAD_OF_ONE_STOP: _("Phụ trách bộ phận một cửa"),
    Role.DISPATCHER: _("Người phân công"),
    Role.PROCESSING_OFFICER: _("Cán bộ thụ lý"),
    Role.SIGNER: _("Lãnh đạo ký"),
    Role.RECORDS_CLERK: _("Văn thư"),
    Role.PROCEDURE_CONTROL_OFFICER: _("Cán bộ kiểm soát thủ tục"),
    Role.ADMINISTRATOR: _("Quản trị"),
    Role.AUDITOR: _("Thanh tra, kiểm toán"),
}
ACTIONS: dict[Action, Words] = {
    Action.SUBMIT: _("Nộp hồ sơ"),
    Action.REQUEST_INTAKE_SUPPLEMENT: _("Yêu cầu bổ sung"),
    Action.COMPLETE_SUPPLEMENT: _("Bổ sung giấy tờ"),
    Action.RECEIVE_SUPPLEMENT: _("Nhận giấy tờ bổ sung"),
    Action.DECLINE: _("Từ chối tiếp nhận"),
    Action.ACCEPT: _("Kiểm tra giấy tờ và tiếp nhận"),
    Action.TRANSFER: _("Chuyển cơ quan giải quyết"),
    Action.ASSIGN: _("Phân công thụ lý"),
    Action.PROPOSE: _("Trình ký"),
    Action.RETURN_FOR_REWORK: _("Trả lại để làm lại"),
    Action.SIGN: _("Ký kết quả"),
    Action.ISSUE: _("Cấp số, phát hành"),
    Action.HAND_OVER: _("Trả kết quả"),
    Action.WITHDRAW: _("Rút hồ sơ"),
    Action.RECORD_WITHDRAWAL: _("Rút hồ sơ theo yêu cầu của người nộp"),
}
EVENTS: dict[str, Words] = {
    "DraftStarted": pgettext_lazy("event", "Bắt đầu soạn hồ sơ"),
    "DraftChanged": pgettext_lazy("event", "Sửa, bổ sung nội dung hồ sơ"),
    "ContactCodeSent": pgettext_lazy("event", "Gửi mã xác nhận liên hệ"),
    "ContactConfirmed": pgettext_lazy("event", "Xác nhận liên hệ"),
    "DossierSubmitted": pgettext_lazy("event", "Nộp hồ sơ"),
    "DossierFiledAtCounter": pgettext_lazy("event", "Nhận hồ sơ tại quầy"),
    "IntakeSupplementRequested": pgettext_lazy("event", "Yêu cầu bổ sung giấy tờ"),
    "SupplementCompleted": pgettext_lazy("event", "Bổ sung giấy tờ"),
    "SupplementReceivedAtCounter": pgettext_lazy("event", "Nhận giấy tờ bổ sung tại quầy"),
    "DossierDeclined": pgettext_lazy("event", "Từ chối tiếp nhận"),
    "DossierAccepted": pgettext_lazy("event", "Tiếp nhận hồ sơ"),
    "DossierTransferred": pgettext_lazy("event", "Chuyển cơ quan giải quyết"),
    "DossierAssigned": pgettext_lazy("event", "Phân công thụ lý"),
    "ResultProposed": pgettext_lazy("event", "Trình ký"),
    "ReworkRequested": pgettext_lazy("event", "Trả lại để làm lại"),
    "ResultSigned": pgettext_lazy("event", "Ký kết quả"),
    "ResultIssued": pgettext_lazy("event", "Phát hành kết quả"),
    "ResultReturned": pgettext_lazy("event", "Trả kết quả"),
    "DossierWithdrawn": pgettext_lazy("event", "Rút hồ sơ"),
    "DossierWithdrawnAtCounter": pgettext_lazy("event", "Rút hồ sơ theo yêu cầu của người nộp"),
}
FORMS: dict[PaperKind, Words] = {
    PaperKind.RECEIPT: _("Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    PaperKind.SUPPLEMENT_REQUEST: _("Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    PaperKind.REFUSAL: _("Mẫu 03: Phiếu từ chối tiếp nhận hồ sơ"),
}
FILE_FAULTS: dict[str, Words] = {
    "EMPTY": _("tệp trống"),
    "TOO_LARGE": _("tệp quá lớn (mỗi tệp không quá 20 MB)"),
    "WRONG_TYPE": _("tệp không phải là ảnh (JPG, PNG) hay PDF"),
    "BROKEN": _("tệp bị hỏng, không mở được"),
    "LOCKED": _("tệp PDF đang khóa bằng mật khẩu"),
    "ACTIVE_CONTENT": _("tệp PDF có chứa chương trình hoặc tệp đính kèm"),
}


def event_in_words(kind: str) -> Words:
    """Return what happened; an event without words of its own shows its name rather than nothing."""
    return EVENTS.get(kind, kind)


def file_fault(refusal: FileRefused) -> Words:
    """Return what is wrong with a file that was not taken."""
    return FILE_FAULTS[refusal.reason]
