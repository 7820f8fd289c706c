"""The fields of a declaration as the lines of the builder."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.declarations import UNANSWERED, FieldDefinition, FieldKind, Prefill
from motcua.workspace.declaration_words import SOURCES, condition_in_words, flaw_in_words, kind_in_words


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its number ("3", in a group "3.1"), what is told about it, and what is wrong with it."""

    key: str
    number: str
    label: str
    kind: str
    notes: tuple[str, ...]
    faults: tuple[str, ...]
    is_group: bool
    is_in_group: bool


def field_lines(fields: Sequence[FieldDefinition], before: Sequence[FieldDefinition]) -> list[FieldLine]:
    """Return the fields in order; `before` is what the version before asks."""
    flaws = declaration_flaws(fields, before)
    lines: list[FieldLine] = []
    outer, inner = 0, 0
    for one in fields:
        outer, inner = (outer, inner + 1) if one.group else (outer + 1, 0)
        lines.append(
            FieldLine(
                key=one.key,
                number=f"{outer}.{inner}" if one.group else str(outer),
                label=one.label or one.key,
                kind=kind_in_words(one.kind),
                notes=tuple(_notes(one, fields)),
                faults=tuple(flaw_in_words(flaw, fields) for flaw in flaws if flaw.key == one.key),
                is_group=one.kind == FieldKind.GROUP,
                is_in_group=bool(one.group),
            )
        )
    return lines


def _notes(one: FieldDefinition, fields: Sequence[FieldDefinition]) -> list[str]:
    told: list[str] = []
    if one.kind not in UNANSWERED and not one.required:
        told.append(_("Không bắt buộc"))
    if one.options:
        told.append(_("Lựa chọn: %(options)s") % {"options": ", ".join(one.options)})
    if one.least is not None:
        told.append(_("Tối thiểu %(number)s") % {"number": one.least})
    if one.most is not None:
        told.append(_("Tối đa %(number)s") % {"number": one.most})
    if one.condition:
        told.append(condition_in_words(one.condition, fields))
    if one.prefill in set(Prefill):
        told.append(_("Điền sẵn: %(source)s") % {"source": SOURCES[Prefill(one.prefill)]})
    if one.default:
        told.append(_("Trả lời sẵn: %(answer)s") % {"answer": one.default})
    return told
