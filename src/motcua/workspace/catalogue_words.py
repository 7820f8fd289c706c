"""The words for the parts of a procedure and for what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.procedure_parts import Fault, Part
from motcua.rules.version_differences import Change, PartDifference, Piece
from motcua.ui.parts import Tone

PARTS: Final[Mapping[Part, str | Promise]] = {
    Part.NAME: _("Tên thủ tục"),
    Part.STEPS: _("Trình tự thực hiện"),
    Part.MANNER: _("Cách thức thực hiện"),
    Part.PAPERS: _("Thành phần hồ sơ"),
    Part.SETS: _("Số lượng bộ hồ sơ"),
    Part.LIMIT: _("Thời hạn giải quyết"),
    Part.SUBJECTS: _("Đối tượng thực hiện"),
    Part.AGENCIES: _("Cơ quan thực hiện"),
    Part.FORMS: _("Mẫu đơn, mẫu tờ khai"),
    Part.RESULT: _("Kết quả thực hiện"),
    Part.CONDITIONS: _("Yêu cầu, điều kiện"),
    Part.FEES: _("Phí, lệ phí"),
    Part.LEGAL_BASIS: _("Căn cứ pháp lý"),
}
FAULTS: Final[Mapping[Fault, str | Promise]] = {
    Fault.LIMIT_NOT_UNDERSTOOD: _("Thời hạn chưa đọc được"),
    Fault.FEE_NOT_UNDERSTOOD: _("Phí chưa đọc được"),
    Fault.FEE_WITHOUT_BASIS: _("Thu phí mà không nêu căn cứ"),
    Fault.FORM_WITHOUT_FILE: _("Có số mẫu, không có tệp mẫu"),
    Fault.ABOLISHED_BODY: _("Còn nêu cơ quan đã bãi bỏ"),
}
_MISSING: Final[Mapping[Part, str | Promise]] = {
    Part.NAME: _("Thiếu tên thủ tục"),
    Part.STEPS: _("Thiếu trình tự thực hiện"),
    Part.MANNER: _("Thiếu cách thức thực hiện"),
    Part.PAPERS: _("Thiếu thành phần hồ sơ"),
    Part.SETS: _("Thiếu số lượng bộ hồ sơ"),
    Part.LIMIT: _("Thiếu thời hạn giải quyết"),
    Part.SUBJECTS: _("Thiếu đối tượng thực hiện"),
    Part.AGENCIES: _("Thiếu cơ quan thực hiện"),
    Part.FORMS: _("Chưa rõ có mẫu đơn hay không"),
    Part.RESULT: _("Chưa rõ có kết quả hay không"),
    Part.CONDITIONS: _("Chưa rõ có điều kiện hay không"),
    Part.FEES: _("Chưa rõ có phí, lệ phí hay không"),
    Part.LEGAL_BASIS: _("Thiếu căn cứ pháp lý"),
}
PROBLEM_CHOICES: Final = [
    *((part.value, word) for part, word in _MISSING.items()),
    *((fault.value, word) for fault, word in FAULTS.items()),
]
_CHANGES: Final[Mapping[Change, tuple[str | Promise, Tone, str]]] = {
    Change.ADDED: (_("Thêm"), Tone.GOOD, "plus"),
    Change.DROPPED: (_("Bỏ"), Tone.BAD, "close"),
    Change.CHANGED: (_("Sửa"), Tone.INFO, "edit"),
}


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line that differs: what became of it in a word, on which colour and with which icon, and its pieces."""

    word: str
    tone: Tone
    icon: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """One part that differs, by its name."""

    name: str
    lines: tuple[PrintedLine, ...]


def difference_in_words(difference: PartDifference) -> PrintedPart:
    """Return the difference with its words in the reader's language."""
    lines = []
    for line in difference.lines:
        word, tone, icon = _CHANGES[line.change]
        lines.append(PrintedLine(str(word), tone, icon, line.pieces))
    return PrintedPart(str(PARTS[difference.part]), tuple(lines))


def problem_in_words(problem: Part | Fault) -> str:
    """Return the problem of a version in the reader's language."""
    return str(_MISSING[problem] if isinstance(problem, Part) else FAULTS[problem])
