"""The words for the parts of a procedure and for what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.procedure_parts import Part
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
