"""Vietnamese words for roles, acts and events, as officials read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.documents.storage import FileRefused
from motcua.rules.papers import PaperKind
from motcua.rules.permissions import Role
from motcua.rules.recounts import ClockKind, Shift
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
    Role.LEGAL_OFFICER: _("Cán bộ tư pháp"),
    Role.ADMINISTRATOR: _("Quản trị"),
    Role.AUDITOR: _("Thanh tra, kiểm toán"),
}
CLOCKS: dict[ClockKind, Words] = {
    ClockKind.PROMISE: _("Hẹn trả kết quả"),
    ClockKind.STEP: _("Hạn của bước xử lý"),
    ClockKind.CONSULTATION: _("Hạn trả lời ý kiến"),
    ClockKind.INTAKE: _("Hạn trả lời người nộp"),
}
SHIFTS: dict[Shift, Words] = {
    Shift.LATER: _("Dời muộn hơn"),
    Shift.KEPT: _("Giữ nguyên, không rút ngắn"),
    Shift.CONFIRMED: _("Không còn tạm tính"),
    Shift.UNKNOWN: _("Ngoài lịch đã có, giữ nguyên"),
}
ACTIONS: dict[Action, Words] = {
    Action.SUBMIT: _("Nộp hồ sơ"),
    Action.GUIDE: _("Hướng dẫn người nộp"),
    Action.REQUEST_INTAKE_SUPPLEMENT: _("Yêu cầu bổ sung"),
    Action.COMPLETE_SUPPLEMENT: _("Bổ sung giấy tờ"),
    Action.RECEIVE_SUPPLEMENT: _("Nhận giấy tờ bổ sung"),
    Action.DECLINE: _("Từ chối tiếp nhận"),
    Action.ACCEPT: _("Kiểm tra giấy tờ và tiếp nhận"),
    Action.SETTLE_AT_ONCE: _("Trả kết quả ngay"),
    Action.TRANSFER: _("Chuyển cơ quan giải quyết"),
    Action.ASSIGN: _("Phân công thụ lý"),
    Action.ASSIGN_LEG: _("Giao bước phối hợp"),
    Action.RECORD_VERIFICATION: _("Ghi biên bản xác minh"),
    Action.REQUEST_SUPPLEMENT: _("Yêu cầu bổ sung hồ sơ"),
    Action.OVERRIDE_SUPPLEMENT: _("Cho yêu cầu bổ sung lần nữa"),
    Action.CONSULT: _("Lấy ý kiến đơn vị khác"),
    Action.ANSWER_CONSULTATION: _("Trả lời ý kiến"),
    Action.GO_ON_UNANSWERED: _("Giải quyết tiếp, không chờ ý kiến"),
    Action.AWAIT_FINANCIAL: _("Thông báo nghĩa vụ tài chính"),
    Action.SETTLE_FINANCIAL: _("Ghi nhận đã nộp tiền"),
    Action.EXTEND: _("Xin lỗi và hẹn lại ngày trả"),
    Action.PASS_ON: _("Chuyển bước tiếp theo"),
    Action.FINISH_LEG: _("Hoàn thành bước phối hợp"),
    Action.PROPOSE: _("Trình ký"),
    Action.PROPOSE_REFUSAL: _("Trình ký văn bản từ chối"),
    Action.APPROVE_DRAFT: _("Duyệt dự thảo"),
    Action.GIVE_BACK_DRAFT: _("Trả lại dự thảo"),
    Action.RETURN_FOR_REWORK: _("Trả lại để làm lại"),
    Action.SIGN: _("Ký kết quả"),
    Action.ISSUE: _("Cấp số, phát hành"),
    Action.ISSUE_REFUSAL: _("Cấp số, phát hành văn bản từ chối"),
    Action.HAND_OVER: _("Trả kết quả"),
    Action.POST_RESULT: _("Gửi kết quả qua bưu chính"),
    Action.RELEASE_ONLINE: _("Trả bản điện tử"),
    Action.REPORT_ERROR: _("Báo kết quả có sai sót"),
    Action.CORRECT: _("Ký lại kết quả đã đính chính"),
    Action.RATE: _("Đánh giá"),
    Action.WITHDRAW: _("Rút hồ sơ"),
    Action.RECORD_WITHDRAWAL: _("Rút hồ sơ theo yêu cầu của người nộp"),
    Action.STOP: _("Dừng giải quyết"),
    Action.CLOSE_UNANSWERED: _("Đóng hồ sơ không bổ sung"),
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
    "DossierEnteredFromPaper": pgettext_lazy("event", "Nhập lại hồ sơ đã tiếp nhận trên giấy"),
    "DeclineEnteredFromPaper": pgettext_lazy("event", "Nhập lại từ chối tiếp nhận trên giấy"),
    "AskingEnteredFromPaper": pgettext_lazy("event", "Nhập lại yêu cầu bổ sung trên giấy"),
    "ReturnEnteredFromPaper": pgettext_lazy("event", "Nhập lại kết quả đã trả trên giấy"),
    "DossierAccepted": pgettext_lazy("event", "Tiếp nhận hồ sơ"),
    "DossierTransferred": pgettext_lazy("event", "Chuyển cơ quan giải quyết"),
    "DossierAssigned": pgettext_lazy("event", "Phân công thụ lý"),
    "ResultProposed": pgettext_lazy("event", "Trình ký"),
    "DossierPassedOn": pgettext_lazy("event", "Chuyển bước tiếp theo"),
    "LegAssigned": pgettext_lazy("event", "Giao bước phối hợp cho cán bộ"),
    "LegFinished": pgettext_lazy("event", "Hoàn thành bước phối hợp"),
    "LegOverdue": pgettext_lazy("event", "Đơn vị phối hợp quá thời gian của bước"),
    "DraftApproved": pgettext_lazy("event", "Duyệt dự thảo"),
    "DraftGivenBack": pgettext_lazy("event", "Trả lại dự thảo"),
    "ReworkRequested": pgettext_lazy("event", "Trả lại để làm lại"),
    "ResultSigned": pgettext_lazy("event", "Ký kết quả"),
    "ResultIssued": pgettext_lazy("event", "Phát hành kết quả"),
    "ResultGivenAtOnce": pgettext_lazy("event", "Trả kết quả ngay"),
    "ResultReturned": pgettext_lazy("event", "Trả kết quả"),
    "DossierWithdrawn": pgettext_lazy("event", "Rút hồ sơ"),
    "DossierWithdrawnAtCounter": pgettext_lazy("event", "Rút hồ sơ theo yêu cầu của người nộp"),
    "ApplicantGuided": pgettext_lazy("event", "Hướng dẫn người nộp"),
    "SupplementRequested": pgettext_lazy("event", "Yêu cầu bổ sung sau khi tiếp nhận"),
    "SecondSupplementRequested": pgettext_lazy("event", "Yêu cầu bổ sung lần nữa"),
    "VerificationRecorded": pgettext_lazy("event", "Ghi biên bản xác minh"),
    "ConsultationRequested": pgettext_lazy("event", "Lấy ý kiến"),
    "ConsultationAnswered": pgettext_lazy("event", "Trả lời ý kiến"),
    "ConsultationGivenUp": pgettext_lazy("event", "Giải quyết tiếp, không chờ ý kiến"),
    "FinancialObligationSet": pgettext_lazy("event", "Thông báo nghĩa vụ tài chính"),
    "FinancialObligationSettled": pgettext_lazy("event", "Đã thực hiện nghĩa vụ tài chính"),
    "DossierExtended": pgettext_lazy("event", "Xin lỗi và hẹn lại ngày trả"),
    "RefusalProposed": pgettext_lazy("event", "Trình ký văn bản từ chối"),
    "RefusalIssued": pgettext_lazy("event", "Phát hành văn bản từ chối"),
    "ResultErrorReported": pgettext_lazy("event", "Báo kết quả có sai sót"),
    "ResultCorrected": pgettext_lazy("event", "Ký lại kết quả đã đính chính"),
    "DossierRated": pgettext_lazy("event", "Đánh giá"),
    "DossierStopped": pgettext_lazy("event", "Dừng giải quyết"),
    "DossierClosedUnanswered": pgettext_lazy("event", "Đóng hồ sơ không bổ sung"),
    "DossierDueSoon": pgettext_lazy("event", "Sắp đến hạn"),
    "DossierOverdue": pgettext_lazy("event", "Quá hạn"),
    "ConsultationSilent": pgettext_lazy("event", "Đơn vị được hỏi chưa trả lời đúng hạn"),
    "ClocksRecounted": pgettext_lazy("event", "Tính lại hạn theo lịch làm việc mới"),
    "DossierMoved": pgettext_lazy("event", "Giải quyết theo nội dung thủ tục mới"),
    "DossierReminded": pgettext_lazy("event", "Nhắc người đang giữ hồ sơ"),
    "MemoWritten": pgettext_lazy("event", "Ghi chú nội bộ"),
    "DossierFollowed": pgettext_lazy("event", "Bắt đầu theo dõi hồ sơ"),
    "DossierUnfollowed": pgettext_lazy("event", "Ngừng theo dõi hồ sơ"),
    "DraftDeleted": pgettext_lazy("event", "Xóa hồ sơ nháp"),
    "LinkedDraftStarted": pgettext_lazy("event", "Bắt đầu soạn hồ sơ liên thông"),
    "LinkedFiledAtCounter": pgettext_lazy("event", "Nhận hồ sơ liên thông tại quầy"),
    "LinkedLegOpened": pgettext_lazy("event", "Chuyển cơ quan giải quyết việc liên thông"),
    "LinkedResultReturned": pgettext_lazy("event", "Trả kết quả cùng hồ sơ liên thông"),
    "LinkedLegWithdrawn": pgettext_lazy("event", "Rút cùng hồ sơ liên thông"),
    "LinkedPaperRenewed": pgettext_lazy("event", "Thay kết quả đã đính chính trong giấy tờ của việc"),
}
FORMS: dict[PaperKind, Words] = {
    PaperKind.RECEIPT: _("Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    PaperKind.SUPPLEMENT_REQUEST: _("Mẫu 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    PaperKind.REFUSAL: _("Mẫu 03: Phiếu từ chối tiếp nhận hồ sơ"),
    PaperKind.APOLOGY: _("Mẫu 04: Phiếu xin lỗi, hẹn lại hoặc gia hạn ngày trả kết quả"),
    PaperKind.STOP_NOTICE: _("Thông báo dừng giải quyết hồ sơ"),
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
