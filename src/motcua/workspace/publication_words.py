"""Publication decisions in words: what is wrong, which part is meant, why something was refused."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.catalogue.commands import publication_acts, publication_drafts
from motcua.catalogue.publication_pages import Measured
from motcua.rules.publication import Fault, Flaw
from motcua.ui.wording import date_in_words

Words = str | Promise

FAULTS: dict[Fault, Words] = {
    Fault.NO_LINES: gettext_lazy("Quyết định chưa có thủ tục nào."),
    Fault.UNCHANGED: gettext_lazy("Nội dung mới chưa khác gì nội dung đang áp dụng."),
    Fault.CHANGED_MEANWHILE: gettext_lazy(
        "Nội dung đang áp dụng đã thay đổi sau khi soạn dòng này: hãy bỏ dòng và thêm lại."
    ),
    Fault.ALREADY_ENDED: gettext_lazy("Thủ tục này không còn trong danh mục đang áp dụng."),
    Fault.ALREADY_THERE: gettext_lazy("Thủ tục mang mã này đã được công bố trước đó."),
    Fault.SUCCESSOR_ENDS: gettext_lazy(
        "Thủ tục thay thế chưa được công bố, hoặc cũng hết hiệu lực theo quyết định này."
    ),
    Fault.NORM_MISSING: gettext_lazy("Chưa ghi văn bản sửa đổi, thay thế hoặc bãi bỏ."),
    Fault.PARTS_MISSING: gettext_lazy("Nội dung còn thiếu: %(named)s."),
    Fault.BASIS_ENDED: gettext_lazy("Căn cứ không còn hiệu lực, hoặc chưa có hiệu lực vào ngày ấy: %(named)s."),
    Fault.DECLARATION_UNSOUND: gettext_lazy("Tờ khai điện tử còn chỗ cần sửa: %(named)s."),
    Fault.GROUP_BREAKS: gettext_lazy(
        "Nhóm liên thông “%(named)s” dùng chung giấy tờ: hãy giữ thứ tự giấy tờ cũ, thêm giấy tờ mới vào cuối."
    ),
    Fault.PROCESS_TOO_LONG: gettext_lazy(
        "Quy trình nội bộ số %(named)s dài hơn thời hạn mới: hãy trình phê duyệt quy trình ngắn hơn trước."
    ),
}
_NAMING = frozenset({Fault.BASIS_ENDED, Fault.DECLARATION_UNSOUND, Fault.GROUP_BREAKS, Fault.PROCESS_TOO_LONG})
PARTS: dict[str, Words] = {
    "title": gettext_lazy("tên thủ tục"),
    "steps": gettext_lazy("trình tự thực hiện"),
    "channels": gettext_lazy("cách thức thực hiện"),
    "papers": gettext_lazy("thành phần hồ sơ"),
    "set_count": gettext_lazy("số bộ hồ sơ"),
    "terms": gettext_lazy("thời hạn, phí và lệ phí"),
    "subjects": gettext_lazy("đối tượng thực hiện"),
    "deciding_agency": gettext_lazy("cơ quan có thẩm quyền"),
    "implementing_agencies": gettext_lazy("cơ quan thực hiện"),
    "coordinating_agencies": gettext_lazy("cơ quan phối hợp"),
    "delegated_agency": gettext_lazy("cơ quan được ủy quyền"),
    "receiving_address": gettext_lazy("địa chỉ tiếp nhận"),
    "results": gettext_lazy("kết quả"),
    "conditions": gettext_lazy("yêu cầu, điều kiện"),
    "legal_basis": gettext_lazy("căn cứ pháp lý"),
    "declaration": gettext_lazy("tờ khai điện tử"),
}
_ORDER = tuple(PARTS)


def parts_in_words(parts: frozenset[str]) -> str:
    """Return the parts in the order of the law's list; one without a word of its own is told by its field."""
    known = [str(PARTS[name]) for name in _ORDER if name in parts]
    return ", ".join([*known, *sorted(parts - PARTS.keys())])


def flaw_in_words(flaw: Flaw) -> str:
    """Return what is wrong as a sentence, which names what it is about where more than the line is."""
    sentence = str(FAULTS[flaw.fault])
    if flaw.fault is Fault.PARTS_MISSING:
        return sentence % {"named": parts_in_words(flaw.parts)}
    return sentence % {"named": ", ".join(sorted(flaw.parts))} if flaw.fault in _NAMING else sentence


def measured_in_words(measured: Measured) -> str:
    """Return how a deadline was kept, as a sentence."""
    if measured.due_on is None:
        return _("Chưa tính được hạn.")
    due = {"due": date_in_words(measured.due_on)}
    if measured.late_days:
        told = (
            ngettext("Chậm %(count)s ngày, hạn %(due)s.", "Chậm %(count)s ngày, hạn %(due)s.", measured.late_days)
            if measured.done_on
            else ngettext(
                "Đã quá hạn %(count)s ngày, hạn %(due)s.", "Đã quá hạn %(count)s ngày, hạn %(due)s.", measured.late_days
            )
        )
        return told % {**due, "count": measured.late_days}
    return (_("Đúng hạn (hạn cuối %(due)s).") if measured.done_on else _("Còn hạn đến ngày %(due)s.")) % due


def _days(refusal: publication_acts.DayImpossible) -> str:
    latest = date_in_words(refusal.latest)
    if refusal.earliest is None:
        return _("Muộn nhất là ngày %(day)s.") % {"day": latest}
    return _("Ghi một ngày từ %(first)s đến %(last)s.") % {"first": date_in_words(refusal.earliest), "last": latest}


_REFUSALS: dict[type[Exception], Callable[[Any], str]] = {
    publication_drafts.ActNotOpen: lambda _refusal: _("Quyết định đang ở tình trạng khác nên không làm được việc này."),
    publication_drafts.NotInForce: lambda _refusal: _(
        "Thủ tục này không còn trong danh mục đang áp dụng, hoặc không thể công bố theo loại đã chọn."
    ),
    publication_drafts.UnderPublication: lambda refusal: (
        _("Thủ tục này đang được soạn trong quyết định “%(title)s”.") % {"title": refusal.title}
    ),
    publication_drafts.CodeTaken: lambda _refusal: _("Mã này đã dùng cho một thủ tục khác."),
    publication_drafts.ProcedureCodeUnclear: lambda _refusal: _("Ghi mã dạng 1.001193, không kèm phần đuôi."),
    publication_drafts.StillSuccessor: lambda _refusal: _(
        "Thủ tục mới này đang thay thế một thủ tục khác trong quyết định: hãy bỏ dòng ấy trước."
    ),
    publication_drafts.BeyondTheList: lambda refusal: (
        _("Với thủ tục do trung ương quy định, Chủ tịch UBND tỉnh chỉ công bố danh mục; không sửa được: %(parts)s.")
        % {"parts": parts_in_words(refusal.parts)}
    ),
    publication_drafts.DraftMoved: lambda _refusal: _(
        "Bản dự thảo vừa được sửa ở nơi khác. Nội dung mới nhất ở dưới đây; hãy xem lại rồi sửa tiếp."
    ),
    publication_acts.DecisionFlawed: lambda _refusal: _("Quyết định còn chỗ cần sửa."),
    publication_acts.NumberTaken: lambda _refusal: _("Số quyết định này đã dùng trong ngày ký ấy."),
    publication_acts.DayImpossible: _days,
}
REFUSALS = tuple(_REFUSALS)


def refusal_in_words(refusal: Exception) -> str:
    """Return what to say about one of `REFUSALS`."""
    return _REFUSALS[type(refusal)](refusal)
