"""What changed between two versions of a procedure, in words people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.queries.history import PastVersion
from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import Change, PartDifference, Piece
from motcua.ui.parts import Tone

_PARTS: Final[Mapping[Part, str | Promise]] = {
    Part.NAME: _("Tên thủ tục"),
    Part.STEPS: _("Các bước"),
    Part.MANNER: _("Cách nộp"),
    Part.PAPERS: _("Giấy tờ phải nộp"),
    Part.SETS: _("Số bộ hồ sơ"),
    Part.LIMIT: _("Thời hạn"),
    Part.SUBJECTS: _("Ai được làm"),
    Part.AGENCIES: _("Cơ quan giải quyết"),
    Part.FORMS: _("Mẫu đơn, tờ khai"),
    Part.RESULT: _("Kết quả nhận được"),
    Part.CONDITIONS: _("Điều kiện"),
    Part.FEES: _("Phí, lệ phí"),
    Part.LEGAL_BASIS: _("Căn cứ pháp lý"),
}
_CHANGES: Final[Mapping[Change, tuple[str | Promise, Tone, str]]] = {
    Change.ADDED: (_("Thêm"), Tone.GOOD, "plus"),
    Change.DROPPED: (_("Bỏ"), Tone.BAD, "close"),
    Change.CHANGED: (_("Sửa"), Tone.INFO, "edit"),
}


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line that changed: what became of it in a word, its colour and icon, and its pieces."""

    word: str
    tone: Tone
    icon: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """One part that changed, by its name."""

    name: str
    lines: tuple[ChangedLine, ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A version in the history: what changed in one breath (`changed`, empty: nothing told) and line by line."""

    version: PastVersion
    changed: str
    parts: tuple[ChangedPart, ...]


def timeline_line(version: PastVersion) -> TimelineLine:
    """Return the version with its changes in the reader's language."""
    names = [str(_PARTS[difference.part]) for difference in version.differences]
    return TimelineLine(version, ", ".join(names), tuple(_part(difference) for difference in version.differences))


def _part(difference: PartDifference) -> ChangedPart:
    lines = []
    for line in difference.lines:
        word, tone, icon = _CHANGES[line.change]
        lines.append(ChangedLine(str(word), tone, icon, line.pieces))
    return ChangedPart(str(_PARTS[difference.part]), tuple(lines))
