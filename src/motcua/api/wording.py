"""What is wrong with a field, in one sentence of the caller's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES: dict[str, str | Promise] = {
    "missing": gettext_lazy("Thiếu mục này."),
    "extra_forbidden": gettext_lazy("Không có mục nào tên như vậy."),
    "json_invalid": gettext_lazy("Nội dung không phải là JSON đọc được."),
    "string_type": gettext_lazy("Mục này phải là chữ."),
    "string_unicode": gettext_lazy("Mục này có ký tự không hợp lệ."),
    "value_error": gettext_lazy("Mục này có ký tự không hợp lệ."),
    "string_pattern_mismatch": gettext_lazy("Mục này không đúng dạng."),
    "int_type": gettext_lazy("Mục này phải là số nguyên."),
    "int_parsing": gettext_lazy("Mục này phải là số nguyên."),
    "int_from_float": gettext_lazy("Mục này phải là số nguyên."),
    "bool_type": gettext_lazy("Mục này phải là true hoặc false."),
    "bool_parsing": gettext_lazy("Mục này phải là true hoặc false."),
    "list_type": gettext_lazy("Mục này phải là danh sách."),
    "dict_type": gettext_lazy("Mục này phải là đối tượng JSON."),
    "model_type": gettext_lazy("Mục này phải là đối tượng JSON."),
    "model_attributes_type": gettext_lazy("Mục này phải là đối tượng JSON."),
    "date_from_datetime_parsing": gettext_lazy("Ngày phải ghi như 2026-03-02."),
}


def sentence_for(kind: str, context: Mapping[str, object]) -> str:
    """Return the sentence for a fault of that kind, as pydantic names it."""
    if kind in {"enum", "literal_error"}:
        return _("Mục này chỉ nhận một trong: %(choices)s.") % {"choices": context.get("expected", "")}
    if kind == "string_too_long":
        return _("Mục này dài nhất %(count)s ký tự.") % {"count": context.get("max_length")}
    if kind in {"string_too_short", "too_short"}:
        return _("Mục này không được để trống.")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _("Số này nằm ngoài khoảng cho phép.")
    return str(_SENTENCES.get(kind, _("Mục này không hợp lệ.")))
