"""Drafts of the province's own documents in words: states, items of the checklist, what stands in the way (M02)."""

from django.utils.translation import gettext_lazy as _

from motcua.rules.drafting import DRAFTED_RELATIONS, DraftState, ItemCode, ItemState, NumberFault
from motcua.rules.legal_effect import Relation
from motcua.ui.parts import Tone
from motcua.workspace.labels import Words
from motcua.workspace.law_words import DOES

STATE_TONES = {
    DraftState.DRAFT: Tone.INFO,
    DraftState.SUBMITTED: Tone.ACCENT,
    DraftState.GIVEN_BACK: Tone.WARN,
    DraftState.SIGNED: Tone.GOOD,
}
ITEMS: dict[ItemCode, Words] = {
    ItemCode.TEXT: _("Có nội dung dự thảo"),
    ItemCode.BASES: _("Căn cứ ban hành còn hiệu lực"),
    ItemCode.AUTHORITY: _("Đúng thẩm quyền ban hành"),
    ItemCode.OLDER_DOCUMENTS: _("Đã rà soát văn bản cũ phải sửa, thay thế hoặc bãi bỏ"),
    ItemCode.OPINIONS: _("Đã lấy ý kiến và tiếp thu, giải trình"),
    ItemCode.APPRAISAL: _("Đã có báo cáo thẩm định của cơ quan tư pháp"),
    ItemCode.IMPACT: _("Đã đánh giá tác động của thủ tục hành chính"),
    ItemCode.PUBLICATION: _("Đã chuẩn bị công bố thủ tục hành chính"),
    ItemCode.TRANSITION: _("Có quy định chuyển tiếp cho hồ sơ đang giải quyết"),
    ItemCode.POSTING: _("Đã chuẩn bị đăng công báo, niêm yết"),
}
ITEM_STATES: dict[ItemState, Words] = {
    ItemState.OPEN: _("Chưa xong"),
    ItemState.DONE: _("Đã xong"),
    ItemState.NOT_NEEDED: _("Không cần"),
}
ITEM_TONES = {
    ItemState.OPEN: (Tone.WARN, "clock"),
    ItemState.DONE: (Tone.GOOD, "check-circle"),
    ItemState.NOT_NEEDED: (Tone.QUIET, "info"),
}
NUMBER_FAULTS: dict[NumberFault, Words] = {
    NumberFault.UNCLEAR: _("Ghi đủ số và ký hiệu, ví dụ 12/2026/QĐ-UBND hoặc 60/QĐ-UBND."),
    NumberFault.YEAR_MISSING: _("Văn bản quy phạm pháp luật có năm trong số, ký hiệu, ví dụ 12/2026/QĐ-UBND."),
    NumberFault.YEAR_WRONG: _("Năm trong số, ký hiệu phải là năm ký."),
    NumberFault.KIND_WRONG: _("Ký hiệu không đúng với loại văn bản."),
    NumberFault.ISSUER_WRONG: _("Ký hiệu cơ quan ban hành không đúng với dự thảo."),
}
RELATIONS: list[tuple[str, Words]] = [(relation.value, DOES[relation]) for relation in DRAFTED_RELATIONS]


def relation_in_words(kind: str) -> Words:
    """Return what a draft does to another document."""
    return DOES[Relation(kind)]
