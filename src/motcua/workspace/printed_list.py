"""The worklist in the words and parts that its template prints."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.models import STATUS_LABELS
from motcua.dossiers.queries.presence import Presence, Present
from motcua.dossiers.queries.time_left import Remaining
from motcua.dossiers.queries.worklist import WorklistRow
from motcua.rules.deadlines import Urgency
from motcua.rules.transitions import Action
from motcua.ui import parts
from motcua.ui.wording import moment_in_words
from motcua.workspace.labels import ACTIONS
from motcua.workspace.printed import ACT_ROUTES, clock_of, clock_words
from motcua.workspace.worklist_address import COLUMNS, Address

SHORT_NAMED = 2
_LEG_LOOKS = {
    Urgency.NORMAL: (parts.Tone.INFO, "clock"),
    Urgency.DUE_SOON: (parts.Tone.WARN, "clock"),
    Urgency.OVERDUE: (parts.Tone.BAD, "overdue"),
}
# The icon and the key of each act that a line leads to.
_QUICK = {
    Action.ASSIGN: ("assign", "a"),
    Action.REQUEST_INTAKE_SUPPLEMENT: ("note", "s"),
    Action.REQUEST_SUPPLEMENT: ("note", "s"),
    Action.TRANSFER: ("forward", ""),
}


def rows_of(
    rows: Sequence[WorklistRow],
    presence: Mapping[int, Presence],
    address: Address,
    *,
    at: datetime,
    at_home: frozenset[str],
) -> list[parts.WorklistRow]:
    """Print lines; a holder named in `at_home` is the reader or their only unit, and goes unsaid."""
    return [_row(row, _badges(row, presence[row.pk], at), address, at_home) for row in rows]


def presence_badges(others: Sequence[Present], at: datetime) -> tuple[parts.Badge, ...]:
    """Say who has a dossier open, whoever changes it first: "Lan đang sửa (2 phút)", "Hùng đang xem"."""
    return tuple(_present(one, at) for one in others)


def editing_words(one: Present, at: datetime) -> str:
    """Say who fills in a form, and since when: "Lan đang sửa (2 phút)"."""
    minutes = max(int((at - one.since).total_seconds()) // 60, 0) if one.since else 0
    said: dict[str, str | int] = {"name": given_name(one.name), "count": minutes}
    if not minutes:
        return _("%(name)s đang sửa (vừa mở)") % said
    return ngettext("%(name)s đang sửa (%(count)s phút)", "%(name)s đang sửa (%(count)s phút)", minutes) % said


def given_name(name: str) -> str:
    """Return what colleagues call somebody: the given name with the one before it, for there are many Lans."""
    return " ".join(name.split()[-SHORT_NAMED:])


def _row(
    row: WorklistRow, badges: tuple[parts.Badge, ...], address: Address, at_home: frozenset[str]
) -> parts.WorklistRow:
    clock = clock_of(row.remaining, row.status)
    return parts.WorklistRow(
        code=row.code,
        url=reverse("workspace:dossier", args=[row.code]),
        title=row.applicant,
        cells=tuple(_CELLS[column](row, address, at_home) for column in address.columns),
        urgency=clock.urgency,
        time_left=clock.words,
        due_at=row.action_due_at,
        badges=badges,
        acts=tuple(_act(row, act) for act in row.acts),
    )


def _badges(row: WorklistRow, presence: Presence, at: datetime) -> tuple[parts.Badge, ...]:
    """Say what is new, what has changed since the reader last opened it, and who has it open."""
    said = []
    if row.is_new:
        said.append(parts.Badge(_("Mới")))
    if presence.seen_version < row.version:
        said.append(parts.Badge(_("Chưa xem"), parts.Tone.ACCENT, "mail"))
    if row.leg is not None:
        said.append(_leg(row.leg))
    return (*said, *presence_badges(presence.others, at))


def _leg(left: Remaining) -> parts.Badge:
    """Say how long the reader's own unit has for its part; the clock of the line is that of the whole dossier."""
    tone, icon = _LEG_LOOKS[left.urgency]
    return parts.Badge(_("Bước phối hợp: %(left)s") % {"left": clock_words(left)}, tone, icon)


def _present(one: Present, at: datetime) -> parts.Badge:
    if one.act is not None:
        return parts.Badge(editing_words(one, at), parts.Tone.WARN, "edit")
    return parts.Badge(_("%(name)s đang xem") % {"name": given_name(one.name)}, parts.Tone.INFO, "user")


def _act(row: WorklistRow, act: Action) -> parts.RowAct:
    icon, key = _QUICK[act]
    return parts.RowAct(str(ACTIONS[act]), reverse(ACT_ROUTES[act], args=[row.code]), icon, key)


def _procedure(row: WorklistRow, _address: Address, _at_home: frozenset[str]) -> parts.Cell:
    return parts.Cell(str(COLUMNS["thu-tuc"]), row.procedure, language="vi")


def _step(row: WorklistRow, address: Address, at_home: frozenset[str]) -> parts.Cell:
    holder = row.assignee or row.unit
    is_said = holder in at_home or "nguoi-giu" in address.columns
    return parts.Cell(str(COLUMNS["buoc"]), str(STATUS_LABELS[row.status]), "" if is_said else holder)


def _holder(row: WorklistRow, _address: Address, _at_home: frozenset[str]) -> parts.Cell:
    return parts.Cell(str(COLUMNS["nguoi-giu"]), row.unit, row.assignee)


def _desk(row: WorklistRow, _address: Address, _at_home: frozenset[str]) -> parts.Cell:
    return parts.Cell(str(COLUMNS["noi-nhan"]), row.desk)


def _submitted(row: WorklistRow, _address: Address, _at_home: frozenset[str]) -> parts.Cell:
    return parts.Cell(str(COLUMNS["ngay-nop"]), moment_in_words(row.submitted_at) if row.submitted_at else "—")


_CELLS: dict[str, Callable[[WorklistRow, Address, frozenset[str]], parts.Cell]] = {
    "thu-tuc": _procedure,
    "buoc": _step,
    "nguoi-giu": _holder,
    "noi-nhan": _desk,
    "ngay-nop": _submitted,
}
