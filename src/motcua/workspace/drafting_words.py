"""Drafts of the province's own documents in words: the items of the checklist, where they stand, what is refused."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.legislation.commands import draft_acts, drafting, keep
from motcua.rules.drafting import DraftState, ItemCode, ItemState, NumberFault
from motcua.ui.parts import Tone
from motcua.ui.wording import date_in_words
from motcua.workspace.labels import Words
from motcua.workspace.law_words import Standing

ITEMS: dict[ItemCode, Words] = {
    ItemCode.TEXT: gettext_lazy("Nội dung dự thảo đã được nhập"),
    ItemCode.BASES: gettext_lazy("Có căn cứ pháp lý và các căn cứ đều còn hiệu lực"),
    ItemCode.AUTHORITY: gettext_lazy("Đúng thẩm quyền ban hành"),
    ItemCode.OLDER_DOCUMENTS: gettext_lazy("Đã nêu rõ văn bản được sửa đổi, thay thế hoặc bãi bỏ"),
    ItemCode.OPINIONS: gettext_lazy("Đã lấy ý kiến, tiếp thu và giải trình"),
    ItemCode.APPRAISAL: gettext_lazy("Đã có báo cáo thẩm định của cơ quan tư pháp"),
    ItemCode.IMPACT: gettext_lazy("Đã đánh giá tác động của thủ tục hành chính"),
    ItemCode.PUBLICATION: gettext_lazy("Đã chuẩn bị công bố các thủ tục được quy định"),
    ItemCode.TRANSITION: gettext_lazy("Có quy định chuyển tiếp cho hồ sơ đang giải quyết"),
    ItemCode.POSTING: gettext_lazy("Đã phân công gửi đăng Công báo và cơ sở dữ liệu quốc gia"),
}
"""What must be true of a draft."""
HINTS: dict[ItemCode, Words] = {
    ItemCode.TEXT: gettext_lazy("Phần mềm tự kiểm tra."),
    ItemCode.BASES: gettext_lazy("Phần mềm tự kiểm tra theo sổ văn bản, vào ngày xem và một lần nữa vào ngày ký."),
    ItemCode.AUTHORITY: gettext_lazy("Ghi điều, khoản giao thẩm quyền cho cơ quan ban hành."),
    ItemCode.OLDER_DOCUMENTS: gettext_lazy(
        "Nhập từng văn bản ở phần quan hệ; nếu không có văn bản nào, hãy ghi lý do."
    ),
    ItemCode.OPINIONS: gettext_lazy("Ghi đã hỏi cơ quan nào, ngày nhận đủ ý kiến."),
    ItemCode.APPRAISAL: gettext_lazy("Ghi số và ngày của báo cáo thẩm định."),
    ItemCode.IMPACT: gettext_lazy("Sự cần thiết, tính hợp lý, tính hợp pháp và chi phí tuân thủ của từng thủ tục."),
    ItemCode.PUBLICATION: gettext_lazy("Ghi người soạn quyết định công bố và ngày dự kiến công bố."),
    ItemCode.TRANSITION: gettext_lazy("Ghi điều, khoản chuyển tiếp, hoặc lý do không cần."),
    ItemCode.POSTING: gettext_lazy("Phải gửi trong 3 ngày từ ngày ký; ghi người gửi."),
}
"""What to look at, or to write down."""
ITEM_STATES: dict[ItemState, Standing] = {
    ItemState.OPEN: Standing(gettext_lazy("Chưa xong"), Tone.WARN, "clock"),
    ItemState.DONE: Standing(gettext_lazy("Đã xong"), Tone.GOOD, "check-circle"),
    ItemState.NOT_NEEDED: Standing(gettext_lazy("Không cần"), Tone.QUIET, "info"),
}
STATES: dict[DraftState, Standing] = {
    DraftState.DRAFT: Standing(gettext_lazy("Đang soạn thảo"), Tone.INFO, "edit"),
    DraftState.SUBMITTED: Standing(gettext_lazy("Chờ ký ban hành"), Tone.WARN, "clock"),
    DraftState.GIVEN_BACK: Standing(gettext_lazy("Trả lại để sửa"), Tone.WARN, "alert"),
    DraftState.SIGNED: Standing(gettext_lazy("Đã ký ban hành"), Tone.GOOD, "check-circle"),
}
_NUMBER_FAULTS: dict[NumberFault, Words] = {
    NumberFault.UNCLEAR: gettext_lazy("Ghi đủ số và ký hiệu, ví dụ 12/2026/QĐ-UBND hoặc 60/KH-UBND."),
    NumberFault.YEAR_MISSING: gettext_lazy("Văn bản quy phạm pháp luật có năm trong số, ví dụ 12/2026/QĐ-UBND."),
    NumberFault.YEAR_WRONG: gettext_lazy("Năm trong số phải là năm ký."),
    NumberFault.KIND_WRONG: gettext_lazy("Ký hiệu loại văn bản không đúng với dự thảo này."),
    NumberFault.ISSUER_WRONG: gettext_lazy("Ký hiệu cơ quan ban hành không đúng với dự thảo này."),
}


def items_in_words(codes: tuple[ItemCode, ...]) -> str:
    """Return the names of items, one after the other."""
    return "; ".join(str(ITEMS[code]) for code in codes)


_REFUSALS: dict[type[Exception], Callable[[Any], str]] = {
    drafting.DraftActNotOpen: lambda _refusal: _("Dự thảo đang ở tình trạng khác nên không làm được việc này."),
    drafting.DraftMoved: lambda _refusal: _(
        "Dự thảo vừa được sửa ở nơi khác. Chữ bạn nhập vẫn ở dưới đây; hãy mở lại dự thảo để so sánh trước khi lưu."
    ),
    drafting.ItemNotSettled: lambda _refusal: _("Không thể ghi kết quả này cho mục đang mở."),
    draft_acts.ItemsOpen: lambda refusal: (
        _("Còn mục bắt buộc chưa xong: %(items)s.") % {"items": items_in_words(refusal.codes)}
    ),
    draft_acts.NumberImpossible: lambda refusal: str(_NUMBER_FAULTS[refusal.fault]),
    draft_acts.SigningDayImpossible: lambda refusal: (
        _("Ghi một ngày từ %(first)s đến %(last)s.")
        % {"first": date_in_words(refusal.earliest), "last": date_in_words(refusal.latest)}
    ),
    draft_acts.EffectTooEarly: lambda refusal: (
        _("Văn bản này có hiệu lực sớm nhất từ ngày %(day)s.") % {"day": date_in_words(refusal.earliest)}
    ),
    draft_acts.AlreadyEntered: lambda _refusal: _("Sổ văn bản đã có văn bản mang số, ký hiệu này."),
    keep.NotTwoDocuments: lambda _refusal: _("Số này là của chính văn bản mà dự thảo sửa đổi hoặc căn cứ vào."),
    keep.RelatedAlready: lambda _refusal: _("Sổ văn bản đã ghi các quan hệ của văn bản mang số, ký hiệu này."),
}
REFUSALS = tuple(_REFUSALS)


def refusal_in_words(refusal: Exception) -> str:
    """Return what to say about one of `REFUSALS`."""
    return _REFUSALS[type(refusal)](refusal)
