"""A declaration as it is printed to be filled in by hand: the same language, said on paper."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from motcua.documents.guides import BlankPiece
from motcua.rules.declarations import MOST_ROWS, NO, UNANSWERED, YES, Condition, Effect, FieldDefinition, FieldKind

_LINES: Final = {FieldKind.LONGTEXT.value: 4, FieldKind.ADDRESS.value: 2}
_ROWS: Final = 3
"""Rows of a repeated group that paper has room for, where the group itself asks for no more and allows as many."""


def blank_pieces(fields: Sequence[FieldDefinition]) -> list[BlankPiece]:
    """Return a declaration piece by piece, those of a repeated group inside it; what asks something has a number."""
    numbers = _numbers(fields)
    return [_piece(one, fields, numbers) for one in fields if not one.group]


def _numbers(fields: Sequence[FieldDefinition]) -> dict[str, str]:
    """Return what the questions are numbered by: "3", in a repeated group "3.1"."""
    found: dict[str, str] = {}
    outside = [one for one in fields if not one.group and one.kind not in UNANSWERED]
    for place, one in enumerate(outside, start=1):
        found[one.key] = str(place)
        inside = [member for member in fields if member.group == one.key and member.kind not in UNANSWERED]
        found |= {member.key: f"{place}.{row}" for row, member in enumerate(inside, start=1)}
    return found


def _piece(one: FieldDefinition, fields: Sequence[FieldDefinition], numbers: dict[str, str]) -> BlankPiece:
    is_group = one.kind == FieldKind.GROUP
    members = [member for member in fields if is_group and member.group == one.key]
    most = MOST_ROWS if one.most is None else one.most
    rows = min(max(_ROWS, one.least or 0), most) if is_group else 0
    return {
        "kind": one.kind if is_group or one.kind in UNANSWERED else "question",
        "number": numbers.get(one.key, ""),
        "label": one.label,
        "help": one.help,
        "when": _when(one.condition, numbers) if one.condition else "",
        "options": [YES, NO] if one.kind == FieldKind.YES_NO else list(one.options),
        "lines": _LINES.get(one.kind, 1),
        "rows": rows,
        "more": _("Còn nữa thì ghi tiếp vào tờ kèm theo.") if is_group and rows < most else "",
        "pieces": [_piece(member, fields, numbers) for member in members],
    }


def _when(condition: Condition, numbers: dict[str, str]) -> str:
    named = {"number": numbers.get(condition.field, "…"), "values": ", ".join(condition.values)}
    if condition.values:
        words = {
            Effect.SHOW: _("Chỉ trả lời khi mục %(number)s là: %(values)s."),
            Effect.REQUIRE: _("Phải trả lời khi mục %(number)s là: %(values)s."),
        }
    else:
        words = {
            Effect.SHOW: _("Chỉ trả lời khi đã trả lời mục %(number)s."),
            Effect.REQUIRE: _("Phải trả lời khi đã trả lời mục %(number)s."),
        }
    return words[condition.effect] % named
