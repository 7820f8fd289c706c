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
    "DossierReminded": pgettext_lazy("notice", "Bạn được nhắc về hồ sơ"),
    "ReworkRequested": pgettext_lazy("notice", "Hồ sơ được trả lại để làm lại"),
    "SupplementCompleted": pgettext_lazy("notice", "Người nộp đã bổ sung giấy tờ"),
    "SupplementReceivedAtCounter": pgettext_lazy("notice", "Quầy đã nhận giấy tờ bổ sung"),
    FOLLOWED: pgettext_lazy("notice", "Hồ sơ bạn theo dõi có thay đổi"),
}


def notice_in_words(kind: str) -> str:
    """Return what a notice says; a kind without words of its own shows its name rather than nothing."""
    return str(NOTICES.get(kind, kind))
