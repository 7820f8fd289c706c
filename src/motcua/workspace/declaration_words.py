"""Declarations in words: what is wrong with a field, what a condition says, where a field is filled in from."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.rules.declaration_flaws import DeclarationFault, DeclarationFlaw
from motcua.rules.declarations import Condition, Effect, FieldDefinition, FieldKind, Prefill

Words = str | Promise

KINDS: dict[FieldKind, Words] = {
    FieldKind.TEXT: gettext_lazy("Chữ, một dòng"),
    FieldKind.LONGTEXT: gettext_lazy("Chữ, nhiều dòng"),
    FieldKind.NUMBER: gettext_lazy("Số"),
    FieldKind.MONEY: gettext_lazy("Số tiền (đồng)"),
    FieldKind.DATE: gettext_lazy("Ngày"),
    FieldKind.CHOICE: gettext_lazy("Chọn một"),
    FieldKind.CHOICES: gettext_lazy("Chọn nhiều"),
    FieldKind.YES_NO: gettext_lazy("Có hoặc không"),
    FieldKind.CITIZEN_ID: gettext_lazy("Số định danh cá nhân"),
    FieldKind.PHONE: gettext_lazy("Số điện thoại"),
    FieldKind.EMAIL: gettext_lazy("Thư điện tử"),
    FieldKind.ADDRESS: gettext_lazy("Địa chỉ"),
    FieldKind.HEADING: gettext_lazy("Tiêu đề phần"),
    FieldKind.NOTE: gettext_lazy("Lời dẫn"),
    FieldKind.GROUP: gettext_lazy("Nhóm lặp lại"),
}
SOURCES: dict[Prefill, Words] = {
    Prefill.NAME: gettext_lazy("Họ tên người nộp"),
    Prefill.CITIZEN_ID: gettext_lazy("Số định danh của người nộp"),
    Prefill.PHONE: gettext_lazy("Số điện thoại của người nộp"),
    Prefill.EMAIL: gettext_lazy("Thư điện tử của người nộp"),
    Prefill.ADDRESS: gettext_lazy("Nơi cư trú của người nộp"),
    Prefill.REPRESENTED: gettext_lazy("Họ tên người được nộp thay"),
    Prefill.EARLIER: gettext_lazy("Câu trả lời trong hồ sơ trước của cùng tài khoản"),
}
_FAULTS: dict[DeclarationFault, Words] = {
    DeclarationFault.KIND_UNKNOWN: gettext_lazy("Hãy chọn loại câu hỏi."),
    DeclarationFault.KEY_UNCLEAR: gettext_lazy("Mã câu hỏi chỉ gồm chữ thường không dấu, chữ số và gạch dưới."),
    DeclarationFault.KEY_TWICE: gettext_lazy("Mã câu hỏi này đã dùng cho câu khác."),
    DeclarationFault.LABEL_MISSING: gettext_lazy("Hãy ghi câu hỏi."),
    DeclarationFault.OPTIONS_MISSING: gettext_lazy("Câu chọn phải có ít nhất một lựa chọn."),
    DeclarationFault.OPTION_TWICE: gettext_lazy("Lựa chọn “%(about)s” ghi hai lần."),
    DeclarationFault.LIMITS_CROSSED: gettext_lazy("Mức tối thiểu không lớn hơn mức tối đa."),
    DeclarationFault.LEAST_TOO_GREAT: gettext_lazy(
        "Không trả lời nào đạt mức tối thiểu này: nhiều nhất được %(about)s."
    ),
    DeclarationFault.MOST_TOO_SMALL: gettext_lazy("Mức tối đa phải từ 1 trở lên."),
    DeclarationFault.CONDITION_UNKNOWN: gettext_lazy("Câu hỏi mà điều kiện nhắc tới không còn trong tờ khai."),
    DeclarationFault.CONDITION_LATER: gettext_lazy("Điều kiện phải dựa vào một câu đứng trước: “%(about)s” đứng sau."),
    DeclarationFault.CONDITION_CYCLE: gettext_lazy("Các điều kiện nối vòng nên không câu nào hiện ra được."),
    DeclarationFault.CONDITION_APART: gettext_lazy("“%(about)s” nằm trong một nhóm lặp lại khác."),
    DeclarationFault.CONDITION_UNFIT: gettext_lazy("Không đặt được điều kiện như vậy với “%(about)s”."),
    DeclarationFault.VALUE_UNKNOWN: gettext_lazy("Không có lựa chọn “%(about)s” ở câu mà điều kiện dựa vào."),
    DeclarationFault.NEVER_SHOWN: gettext_lazy("Câu bắt buộc này không bao giờ hiện ra."),
    DeclarationFault.GROUP_UNKNOWN: gettext_lazy("Nhóm lặp lại của câu này không còn trong tờ khai."),
    DeclarationFault.GROUP_APART: gettext_lazy("Câu này phải đứng liền sau nhóm “%(about)s” của nó."),
    DeclarationFault.GROUP_NESTED: gettext_lazy("Nhóm lặp lại không chứa nhóm khác."),
    DeclarationFault.GROUP_EMPTY: gettext_lazy("Nhóm lặp lại chưa có câu hỏi nào."),
    DeclarationFault.GROUP_TOO_LONG: gettext_lazy("Nhóm lặp lại có từ 1 đến %(about)s mục."),
    DeclarationFault.PREFILL_UNKNOWN: gettext_lazy("Không có nguồn điền sẵn này."),
    DeclarationFault.PREFILL_UNFIT: gettext_lazy("Nguồn điền sẵn không hợp với loại câu hỏi này."),
    DeclarationFault.DEFAULT_UNFIT: gettext_lazy("Trả lời sẵn không hợp với loại câu hỏi này."),
    DeclarationFault.KIND_CHANGED: gettext_lazy(
        "Câu này trước đây thuộc loại “%(about)s”: hãy bỏ đi và thêm câu mới thay vì đổi loại."
    ),
    DeclarationFault.GROUP_CHANGED: gettext_lazy(
        "Câu này đã công bố ngoài nhóm hoặc ở nhóm khác: hãy bỏ đi và thêm câu mới thay vì chuyển nhóm."
    ),
}
BESIDE: dict[DeclarationFault, str] = {
    DeclarationFault.KIND_UNKNOWN: "kind",
    DeclarationFault.KIND_CHANGED: "kind",
    DeclarationFault.LABEL_MISSING: "label",
    DeclarationFault.OPTIONS_MISSING: "options",
    DeclarationFault.OPTION_TWICE: "options",
    DeclarationFault.LIMITS_CROSSED: "most",
    DeclarationFault.LEAST_TOO_GREAT: "least",
    DeclarationFault.MOST_TOO_SMALL: "most",
    DeclarationFault.GROUP_TOO_LONG: "most",
    DeclarationFault.CONDITION_UNKNOWN: "when",
    DeclarationFault.CONDITION_LATER: "when",
    DeclarationFault.CONDITION_CYCLE: "when",
    DeclarationFault.CONDITION_APART: "when",
    DeclarationFault.CONDITION_UNFIT: "when",
    DeclarationFault.VALUE_UNKNOWN: "values",
    DeclarationFault.NEVER_SHOWN: "when",
    DeclarationFault.GROUP_UNKNOWN: "group",
    DeclarationFault.GROUP_CHANGED: "group",
    DeclarationFault.GROUP_NESTED: "group",
    DeclarationFault.PREFILL_UNKNOWN: "prefill",
    DeclarationFault.PREFILL_UNFIT: "prefill",
    DeclarationFault.DEFAULT_UNFIT: "default",
}
"""The box of the form that each fault stands beside; what is not listed is put right in the list of fields."""


def kind_in_words(kind: str) -> str:
    """Return what a kind of field is called; one that is not known as it is written."""
    return str(KINDS[FieldKind(kind)]) if kind in set(FieldKind) else kind


def flaw_in_words(flaw: DeclarationFlaw, fields: Sequence[FieldDefinition]) -> str:
    """Return what is wrong as a sentence; other fields are named by their questions."""
    about = kind_in_words(flaw.about) if flaw.fault is DeclarationFault.KIND_CHANGED else _label(flaw.about, fields)
    sentence = str(_FAULTS[flaw.fault])
    return sentence % {"about": about} if "%(about)s" in sentence else sentence


def condition_in_words(condition: Condition, fields: Sequence[FieldDefinition]) -> str:
    """Return when a field is shown or required."""
    asked = _label(condition.field, fields)
    if condition.values:
        words = {
            Effect.SHOW: _("Chỉ hiện khi “%(asked)s” là: %(values)s"),
            Effect.REQUIRE: _("Bắt buộc khi “%(asked)s” là: %(values)s"),
        }
        return words[condition.effect] % {"asked": asked, "values": ", ".join(condition.values)}
    any_answer = {
        Effect.SHOW: _("Chỉ hiện khi “%(asked)s” đã trả lời"),
        Effect.REQUIRE: _("Bắt buộc khi “%(asked)s” đã trả lời"),
    }
    return any_answer[condition.effect] % {"asked": asked}


def _label(key: str, fields: Sequence[FieldDefinition]) -> str:
    return next((one.label or one.key for one in fields if one.key == key), key)
