"""Acts on many dossiers in words: why some would be left out, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.bulk import FAULT
from motcua.dossiers.queries.bulk import Candidate, ItemLine
from motcua.rules.bulk import BulkAct, ItemOutcome
from motcua.ui.parts import Tone

REASONS: dict[str, str | Promise] = {
    "TransitionRefused": _("đang ở bước không làm được việc này"),
    "NotPermitted": _("bạn không được giao việc này đối với hồ sơ"),
    "NotAnOfficerThere": _("cán bộ được chọn không phải cán bộ thụ lý của đơn vị làm việc này"),
    "TheirsAlready": _("việc này đang giao cho chính cán bộ được chọn"),
    "NotToRemind": _("không có ai đang giữ hồ sơ để nhắc, hoặc bạn không phụ trách hồ sơ"),
    "NotSeen": _("bạn không còn được xem hồ sơ"),
    "StaleDossier": _("hồ sơ đã thay đổi sau khi bạn xem trước"),
    "LegUnclear": _("đơn vị bạn đang làm nhiều bước phối hợp của hồ sơ, phải chọn bước trên trang hồ sơ"),
    "ChangedSince": _("đã có việc khác xảy ra với hồ sơ sau đó, nên giữ nguyên"),
    "NobodyBefore": _("trước đó chưa giao cho cán bộ nào, nên không có ai để trả lại; có thể giao cho người khác"),
    "WayNotOpen": _("quy trình của hồ sơ rẽ nhánh, phải chọn hướng đi trên trang hồ sơ"),
    FAULT: _("hệ thống gặp lỗi ở hồ sơ này, hãy làm trên trang hồ sơ hoặc báo người quản trị"),
    "CalendarExhausted": _("hạn nằm ngoài lịch làm việc đã có"),
}
_LOOKS: dict[ItemOutcome, tuple[str | Promise, Tone, str]] = {
    ItemOutcome.WAITING: (_("đang chờ"), Tone.QUIET, "clock"),
    ItemOutcome.DONE: (_("đã làm"), Tone.GOOD, "check"),
    ItemOutcome.REFUSED: (_("không làm"), Tone.BAD, "alert"),
    ItemOutcome.CANCELLED: (_("đã dừng, giữ nguyên"), Tone.QUIET, "undo"),
}


TAKES_BACK: dict[BulkAct, str | Promise] = {
    BulkAct.ASSIGN: _(
        "Làm xong vẫn thu lại được: những hồ sơ từ đó chưa phát sinh việc gì khác thì được giao lại cho cán bộ đã giữ "
        "trước khi giao, và bước thẩm định được tính giờ lại từ đầu. Hồ sơ mà trước khi giao chưa có cán bộ nào giữ "
        "thì không thu lại được."
    ),
    BulkAct.ASSIGN_LEG: _(
        "Làm xong vẫn thu lại được: hồ sơ nào từ đó chưa phát sinh việc gì khác thì bước phối hợp được giao lại cho "
        "cán bộ đã giữ trước khi giao, thời hạn của bước vẫn giữ nguyên. Bước mà trước khi giao chưa có cán bộ nào giữ "
        "thì không thu lại được."
    ),
    BulkAct.FOLLOW: _("Làm xong vẫn thu lại được: bạn ngừng theo dõi những hồ sơ chưa có việc gì khác."),
    BulkAct.TRANSFER: _(
        "Làm xong thì không thu lại được: cơ quan giải quyết đã nhận hồ sơ, không có việc nào đưa hồ sơ về quầy."
    ),
    BulkAct.REMIND: _("Làm xong thì không thu lại được: lời nhắc đã đến người giữ hồ sơ."),
    BulkAct.MEMO: _("Làm xong thì không thu lại được: ghi chú ở lại trong hồ sơ; có thể ghi thêm lời đính chính."),
    BulkAct.TAKE_BACK: _("Đã thu lại thì không hoàn lại được việc thu lại đó; nếu cần, hãy làm lại việc ban đầu."),
}
"""Whether what was done can be taken back, said before and after (ux 20)."""


@dataclass(frozen=True, slots=True)
class Group:
    """The dossiers that one reason keeps out."""

    why: str
    dossiers: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One dossier of a job with what came of it in words."""

    line: ItemLine
    label: str
    tone: Tone
    icon: str
    why: str


def groups_of(cannot: Sequence[Candidate]) -> list[Group]:
    """Group the dossiers that would be left out by why, the most first."""
    reasons = {one.reason for one in cannot}
    groups = [Group(_why(reason), tuple(one for one in cannot if one.reason == reason)) for reason in sorted(reasons)]
    return sorted(groups, key=lambda group: -len(group.dossiers))


def items_of(lines: Sequence[ItemLine]) -> list[PrintedItem]:
    """Print the dossiers of a job."""
    return [
        PrintedItem(line, str(_LOOKS[line.outcome][0]), *_LOOKS[line.outcome][1:], _why(line.reason)) for line in lines
    ]


def _why(reason: str) -> str:
    return str(REASONS.get(reason, reason))
