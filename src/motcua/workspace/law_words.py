"""Legal documents in words: kinds, where they stand, what they do to one another, what is wrong with a basis."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motcua.legislation.models import BasisReviewItem
from motcua.rules.legal_basis import Flaw, Severity
from motcua.rules.legal_effect import EffectStatus, EndReason, Relation
from motcua.rules.legal_numbers import Kind
from motcua.ui.parts import Tone
from motcua.workspace.labels import Words

KINDS: dict[Kind, Words] = {
    Kind.CONSTITUTION: _("Hiến pháp"),
    Kind.CODE: _("Bộ luật"),
    Kind.LAW: _("Luật"),
    Kind.ORDINANCE: _("Pháp lệnh"),
    Kind.RESOLUTION: _("Nghị quyết"),
    Kind.DECREE: _("Nghị định"),
    Kind.DECISION: _("Quyết định"),
    Kind.CIRCULAR: _("Thông tư"),
    Kind.JOINT_CIRCULAR: _("Thông tư liên tịch"),
    Kind.ORDER: _("Lệnh"),
    Kind.DIRECTIVE: _("Chỉ thị"),
    Kind.CONSOLIDATION: _("Văn bản hợp nhất"),
    Kind.REGULATION: _("Quy chế, quy định"),
    Kind.PLAN: _("Kế hoạch"),
    Kind.PROGRAMME: _("Chương trình"),
    Kind.GUIDANCE: _("Hướng dẫn"),
    Kind.NOTICE: _("Thông báo"),
    Kind.REPORT: _("Báo cáo"),
    Kind.TELEGRAM: _("Công điện"),
    Kind.LETTER: _("Công văn"),
    Kind.OTHER: _("Văn bản khác"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A status in words, with the tone and the icon it is shown with."""

    label: Words
    tone: Tone
    icon: str


STATUSES: dict[EffectStatus, Standing] = {
    EffectStatus.UNKNOWN: Standing(_("Chưa rõ hiệu lực"), Tone.QUIET, "info"),
    EffectStatus.NOT_YET: Standing(_("Chưa có hiệu lực"), Tone.INFO, "clock"),
    EffectStatus.IN_FORCE: Standing(_("Còn hiệu lực"), Tone.GOOD, "check-circle"),
    EffectStatus.SUSPENDED_PART: Standing(_("Ngưng hiệu lực một phần"), Tone.WARN, "alert"),
    EffectStatus.SUSPENDED_ALL: Standing(_("Ngưng hiệu lực"), Tone.WARN, "alert"),
    EffectStatus.EXPIRED_PART: Standing(_("Hết hiệu lực một phần"), Tone.WARN, "alert"),
    EffectStatus.EXPIRED_ALL: Standing(_("Hết hiệu lực"), Tone.BAD, "stop"),
    EffectStatus.REPEALED: Standing(_("Bị bãi bỏ"), Tone.BAD, "stop"),
}
DOES: dict[Relation, Words] = {
    Relation.BASED_ON: _("Căn cứ vào"),
    Relation.DETAILS: _("Quy định chi tiết, hướng dẫn"),
    Relation.AMENDS: _("Sửa đổi, bổ sung"),
    Relation.REPLACES: _("Thay thế"),
    Relation.REPEALS: _("Bãi bỏ"),
    Relation.SUSPENDS: _("Ngưng hiệu lực"),
    Relation.CORRECTS: _("Đính chính"),
    Relation.CONSOLIDATES: _("Hợp nhất"),
    Relation.CITES: _("Dẫn chiếu"),
    Relation.TRANSPOSES_PROCEDURE: _("Quy định thủ tục của"),
}
"""What a document does to another."""
IS_DONE_TO: dict[Relation, Words] = {
    Relation.BASED_ON: _("Là căn cứ của"),
    Relation.DETAILS: _("Được quy định chi tiết, hướng dẫn bởi"),
    Relation.AMENDS: _("Được sửa đổi, bổ sung bởi"),
    Relation.REPLACES: _("Bị thay thế bởi"),
    Relation.REPEALS: _("Bị bãi bỏ bởi"),
    Relation.SUSPENDS: _("Bị ngưng hiệu lực bởi"),
    Relation.CORRECTS: _("Được đính chính bởi"),
    Relation.CONSOLIDATES: _("Được hợp nhất trong"),
    Relation.CITES: _("Được dẫn chiếu trong"),
    Relation.TRANSPOSES_PROCEDURE: _("Có thủ tục được quy định trong"),
}
"""The same, seen from the other."""
END_REASONS: dict[EndReason, Words] = {
    EndReason.TERM_ENDED: _("Hết thời hạn quy định trong văn bản"),
    EndReason.REPLACED: _("Bị thay thế"),
    EndReason.REPEALED: _("Bị bãi bỏ"),
    EndReason.FELL_WITH_PARENT: _("Hết hiệu lực cùng văn bản được quy định chi tiết"),
    EndReason.ENTERED: _("Theo dữ liệu đã nạp"),
}
FLAWS: dict[Flaw, Words] = {
    Flaw.ENDED: _("Đã hết hiệu lực: không được làm căn cứ."),
    Flaw.PARTLY_ENDED: _("Hết hiệu lực một phần: xem điều, khoản dẫn chiếu còn hiệu lực không."),
    Flaw.SUSPENDED: _("Đang ngưng hiệu lực: xem lại."),
    Flaw.TAKES_EFFECT_LATER: _("Có hiệu lực sau văn bản này: chưa dùng làm căn cứ được."),
    Flaw.EFFECT_UNKNOWN: _("Chưa nhập ngày có hiệu lực: hãy bổ sung vào sổ văn bản."),
    Flaw.NOT_IN_THE_REGISTER: _("Chưa có trong sổ văn bản."),
    Flaw.NUMBER_OR_DATE_MISSING: _("Chưa có trong sổ văn bản, và không ghi ngày ban hành."),
}
SEVERITIES: dict[Severity, Standing] = {
    Severity.ERROR: Standing(_("Phải xử lý"), Tone.BAD, "alert"),
    Severity.WARNING: Standing(_("Cần xem lại"), Tone.WARN, "info"),
}
OUTCOMES: dict[str, Standing] = {
    BasisReviewItem.Outcome.PENDING.value: Standing(BasisReviewItem.Outcome.PENDING.label, Tone.WARN, "clock"),
    BasisReviewItem.Outcome.STILL_VALID.value: Standing(
        BasisReviewItem.Outcome.STILL_VALID.label, Tone.GOOD, "check-circle"
    ),
    BasisReviewItem.Outcome.TO_AMEND.value: Standing(BasisReviewItem.Outcome.TO_AMEND.label, Tone.INFO, "edit"),
    BasisReviewItem.Outcome.TO_ABOLISH.value: Standing(BasisReviewItem.Outcome.TO_ABOLISH.label, Tone.INFO, "stop"),
    BasisReviewItem.Outcome.GONE.value: Standing(BasisReviewItem.Outcome.GONE.label, Tone.QUIET, "check-circle"),
}
