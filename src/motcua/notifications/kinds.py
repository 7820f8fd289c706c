"""What officials are told about: the kinds of notices in words. A kind is named after its event."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

FOLLOWED = "FollowedChanged"
"""The kind that no single event stands behind: whatever happens to a dossier somebody follows."""
NOTICES: dict[str, Promise] = {
    "DossierDueSoon": pgettext_lazy("notice", "Hồ sơ sắp đến hạn"),
    "DossierOverdue": pgettext_lazy("notice", "Hồ sơ đã quá hạn"),
    "ConsultationSilent": pgettext_lazy("notice", "Đơn vị được hỏi chưa trả lời đúng hạn"),
    "ConsultationRequested": pgettext_lazy("notice", "Đơn vị bạn được hỏi ý kiến"),
    "ConsultationAnswered": pgettext_lazy("notice", "Đã có ý kiến trả lời"),
    "DossierAssigned": pgettext_lazy("notice", "Bạn được giao hồ sơ"),
    "DossierPassedOn": pgettext_lazy("notice", "Bạn được chuyển hồ sơ để thẩm định tiếp"),
    "LegBegun": pgettext_lazy("notice", "Đơn vị bạn được giao bước phối hợp"),
    "LegAssigned": pgettext_lazy("notice", "Bạn được giao bước phối hợp"),
    "LegFinished": pgettext_lazy("notice", "Đơn vị phối hợp đã làm xong"),
    "LegOverdue": pgettext_lazy("notice", "Đơn vị phối hợp quá thời gian của bước"),
    "DraftGivenBack": pgettext_lazy("notice", "Dự thảo được trả lại để làm lại"),
    "DossierReminded": pgettext_lazy("notice", "Bạn được nhắc về hồ sơ"),
    "ResultGivenAtOnce": pgettext_lazy("notice", "Quầy đã trả ngay một kết quả ghi bạn là người ký"),
    "ReworkRequested": pgettext_lazy("notice", "Hồ sơ được trả lại để làm lại"),
    "SupplementCompleted": pgettext_lazy("notice", "Người nộp đã bổ sung giấy tờ"),
    "SupplementReceivedAtCounter": pgettext_lazy("notice", "Quầy đã nhận giấy tờ bổ sung"),
    "FinancialObligationSettled": pgettext_lazy("notice", "Người nộp đã thực hiện nghĩa vụ tài chính"),
    FOLLOWED: pgettext_lazy("notice", "Hồ sơ bạn theo dõi có thay đổi"),
}


def notice_in_words(kind: str) -> str:
    """Return what a notice says; a kind without words of its own shows its name rather than nothing."""
    return str(NOTICES.get(kind, kind))
