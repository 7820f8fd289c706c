"""The exchange with the national database in words: how an entry stands, why something was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.exchange.commands import entries, map_names, take_over, take_records
from motcua.exchange.queries.lists import EntryRow
from motcua.exchange.queries.screens import Sync
from motcua.rules.national_entry import EntryState
from motcua.ui.parts import Tone
from motcua.ui.wording import date_in_words
from motcua.workspace.catalogue_words import PARTS
from motcua.workspace.publication_words import flaw_in_words

Words = str | Promise

_FAULTS: Final[dict[str, Words]] = {
    "CODE_MALFORMED": gettext_lazy("mã thủ tục không đúng dạng"),
    "TITLE_MISSING": gettext_lazy("thiếu tên thủ tục"),
    "WORD_UNKNOWN": gettext_lazy("có giá trị ngoài danh mục"),
    "PAPER_WITHOUT_NAME": gettext_lazy("có giấy tờ không tên"),
    "NOT_A_WHOLE_NUMBER": gettext_lazy("số không đúng"),
    "NOT_A_LIST": gettext_lazy("không đúng cấu trúc"),
    "NOT_NAMED_VALUES": gettext_lazy("không đúng cấu trúc"),
    "NOT_JSON": gettext_lazy("không đọc được"),
    "NOT_TEXT": gettext_lazy("không đúng cấu trúc"),
    "NOT_YES_OR_NO": gettext_lazy("không đúng cấu trúc"),
    "TOO_LONG": gettext_lazy("có chữ quá dài"),
    "NUL_CHARACTER": gettext_lazy("có ký tự rỗng (NUL) không lưu được"),
    "NOT_UTF8": gettext_lazy("có ký tự hỏng, không đúng UTF-8"),
    "NOT_A_NUMBER": gettext_lazy("có số không xác định (NaN, vô cực)"),
    "TOO_DEEP": gettext_lazy("lồng nhau quá nhiều lớp"),
    "REPEATED": gettext_lazy("trùng mã với một dòng ở trên"),
}
_TOLD_WITH_PLACE: Final = frozenset({"NUL_CHARACTER", "NOT_A_NUMBER", "TOO_DEEP", "NOT_A_LIST", "NOT_TEXT"})
_TONES: Final[dict[EntryState, tuple[Tone, str]]] = {
    EntryState.NOT_SENT: (Tone.WARN, "clock"),
    EntryState.SENT: (Tone.INFO, "send"),
    EntryState.CONFIRMED: (Tone.GOOD, "check-circle"),
    EntryState.DIFFERENT: (Tone.BAD, "alert"),
    EntryState.FAILED: (Tone.BAD, "alert"),
}


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry with its state as a coloured word and its deadline as a sentence."""

    row: EntryRow
    tone: Tone
    icon: str
    deadline: str
    is_late: bool


def printed_entry(row: EntryRow) -> PrintedEntry:
    """Return an entry as it is printed."""
    tone, icon = _TONES[row.state]
    return PrintedEntry(row, tone, icon, _deadline(row), row.late_days > 0)


def _deadline(row: EntryRow) -> str:
    if row.due_on is None:
        return _("Chưa tính được hạn.")
    due = {"due": date_in_words(row.due_on)}
    if row.late_days and row.entered_on:
        told = ngettext("Chậm %(count)s ngày, hạn %(due)s.", "Chậm %(count)s ngày, hạn %(due)s.", row.late_days)
        return told % {**due, "count": row.late_days}
    if row.late_days:
        told = ngettext(
            "Đã quá hạn %(count)s ngày, hạn %(due)s.", "Đã quá hạn %(count)s ngày, hạn %(due)s.", row.late_days
        )
        return told % {**due, "count": row.late_days}
    return (_("Đúng hạn (hạn cuối %(due)s).") if row.entered_on else _("Còn hạn đến ngày %(due)s.")) % due


def printed_sync(sync: Sync) -> dict[str, Any]:
    """Return how a procedure stands with the national database, as its page prints it."""
    difference = sync.difference
    parts = ", ".join(str(PARTS[part]) for part in difference.parts) if difference else ""
    entry = printed_entry(sync.entry) if sync.entry else None
    return {"entry": entry, "difference": difference, "difference_parts": parts}


def rejected_in_words(line: int, fault: str, detail: str = "") -> str:
    """Return why a record was left out, as a sentence; with the place in it where `detail` says that."""
    reason = _FAULTS.get(fault, gettext_lazy("không dùng được"))
    if fault in _TOLD_WITH_PLACE and detail:
        told = {"line": line, "reason": reason, "place": detail}
        return _("Thủ tục thứ %(line)s: %(reason)s, tại %(place)s.") % told
    return _("Thủ tục thứ %(line)s: %(reason)s.") % {"line": line, "reason": reason}


def _days(refusal: entries.DayImpossible) -> str:
    first, last = refusal.earliest or refusal.latest, refusal.latest
    return _("Ghi một ngày từ %(first)s đến %(last)s.") % {"first": date_in_words(first), "last": date_in_words(last)}


_REFUSALS: dict[type[Exception], Callable[[Any], str]] = {
    take_records.FileUnreadable: lambda _refusal: _(
        "Không đọc được tệp này: hãy chọn tệp JSON hoặc JSON nén (.gz) do Cơ sở dữ liệu quốc gia xuất ra."
    ),
    take_records.FileCutOff: lambda _refusal: _(
        "Tệp nén bị thiếu phần cuối nên chưa nhận gì: hãy tải lại tệp đầy đủ rồi nhập."
    ),
    map_names.NameUnknownHere: lambda _refusal: _(
        "Tại đây không có tên này: hãy chọn một tên gợi ý hoặc ghi đúng tên."
    ),
    take_over.NotTheirs: lambda _refusal: _(
        "Thủ tục do tỉnh quy định: không ghi đè. Hãy sửa ở Cơ sở dữ liệu quốc gia, hoặc công bố lại."
    ),
    take_over.NothingToTakeOver: lambda _refusal: _("Không có nội dung nào để nhận, hoặc đã nhận rồi."),
    take_over.RecordMoved: lambda _refusal: _(
        "Nội dung ở Cơ sở dữ liệu quốc gia vừa thay đổi: hãy xem lại trước khi nhận."
    ),
    take_over.ContentUnfit: lambda refusal: (
        _("Chưa nhận được nội dung này. %(reasons)s") % {"reasons": " ".join(map(flaw_in_words, refusal.flaws))}
    ),
    take_over.GroupBreaks: lambda refusal: (
        _("Nhóm liên thông “%(names)s” dùng chung giấy tờ theo thứ tự cũ: hãy sửa nhóm trước khi nhận nội dung này.")
        % {"names": ", ".join(sorted(refusal.names))}
    ),
    entries.DayImpossible: _days,
    entries.NotConnected: lambda _refusal: _(
        "Chưa có kết nối với Cơ sở dữ liệu quốc gia: hãy tải tệp và cập nhật bằng tay."
    ),
    entries.EntryNotOpen: lambda _refusal: _("Việc này đã gửi hoặc đã cập nhật rồi, không cần gửi lại."),
}
REFUSALS = tuple(_REFUSALS)


def refusal_in_words(refusal: Exception) -> str:
    """Return what to say about one of `REFUSALS`."""
    return _REFUSALS[type(refusal)](refusal)
