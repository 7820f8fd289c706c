"""A declaration as a form: the fields that are shown now, repeated groups row by row, without a script.

A plain button asks for the page anew with another row, or with the fields that an answer opens. The form says which
fields it showed, so that an answer which opens more of them is not taken before those have been seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from motcua.rules.declaration_answers import Asked, asked, least_rows, most_rows, row_count, with_row, without_row
from motcua.rules.declarations import UNANSWERED, FieldDefinition, FieldKind, as_stored, from_stored
from motcua.rules.linked_papers import leg_of_key
from motcua.ui.fields import field_for, written

SHOWN: Final = "shown-fields"
ACT: Final = "declaration-act"
"""What the buttons of a declaration post; no field can be called so, as keys have no hyphen outside of rows."""
SAVE: Final = "save"
FIELDS_A_SECTION: Final = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeated group; `remove` is the value of the button that takes it away, empty where none may."""

    number: int
    fields: "list[Block]"
    remove: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a declaration in the page: a question, a heading, a note, or a group with its rows.

    `opens` tells that other questions depend on this one; `add` is the value of the button for one more row.
    """

    kind: str
    title: str
    text: str = ""
    key: str = ""
    field: BoundField | None = None
    count: BoundField | None = None
    rows: tuple[Row, ...] = ()
    add: str = ""
    opens: bool = False


def fields_from(questions: Sequence[Mapping[str, Any]]) -> tuple[FieldDefinition, ...]:
    """Return stored questions as the rules know them."""
    return tuple(from_stored(question) for question in questions)


def is_moving(fields: Sequence[FieldDefinition]) -> bool:
    """Tell whether the answers change what is asked."""
    return any(one.condition or one.kind == FieldKind.GROUP for one in fields)


def sent_answers(data: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return what was sent under `prefix`, unchecked, by the key of the answer."""
    return {
        name.removeprefix(prefix): "\n".join(data.getlist(name))
        if isinstance(data, MultiValueDict)
        else str(data[name])
        for name in data
        if name.startswith(prefix)
    }


def rearranged(fields: Sequence[FieldDefinition], answers: Mapping[str, str], act: str) -> dict[str, str]:
    """Return the answers as the button `act` says: `add:<group>`, `remove:<group>:<row>`; another changes nothing."""
    verb, _colon, rest = act.partition(":")
    group, _colon, row = rest.partition(":")
    if verb == "add":
        return with_row(fields, answers, group)
    if verb == "remove" and row.isdecimal() and len(row) < len("100"):
        return without_row(fields, answers, group, int(row))
    return dict(answers)


class Declaration:
    """The part of a form that asks the questions of a declaration; keys stand under `prefix` in it."""

    def __init__(self, form: forms.Form, questions: Sequence[Mapping[str, Any]], prefix: str = "") -> None:
        self._form, self._prefix = form, prefix
        self.fields = fields_from(questions)
        given = sent_answers(form.data if form.is_bound else form.initial, prefix)
        self._given = given
        self.shown = asked(self.fields, given)
        for one in self.shown:
            if one.field.kind not in UNANSWERED:
                form.fields[f"{prefix}{one.key}"] = _form_field(one)
            if one.field.kind == FieldKind.CHOICES and not form.is_bound:
                form.initial[f"{prefix}{one.key}"] = given.get(one.key, "").split("\n")
            if one.field.kind == FieldKind.GROUP and not form.is_bound:
                form.initial[f"{prefix}{one.key}"] = row_count(one, given)

    @property
    def is_moving(self) -> bool:
        """Whether the answers change what is asked."""
        return is_moving(self.fields)

    @property
    def shown_name(self) -> str:
        """The name under which the page says which fields it shows."""
        return f"{self._prefix}{SHOWN}"

    @property
    def shown_keys(self) -> str:
        """The fields that the page shows."""
        return " ".join(one.key for one in self.shown)

    def answers(self) -> dict[str, str]:
        """Return the cleaned answers in writing, by key."""
        cleaned = self._form.cleaned_data
        keys = [one.key for one in self.shown if f"{self._prefix}{one.key}" in cleaned]
        return {key: written(cleaned[f"{self._prefix}{key}"]) for key in keys}

    def check_seen(self) -> None:
        """Add an error to the form when an answer opened questions that the page did not show yet."""
        told = self._form.data.get(self.shown_name)
        if told is None:
            return
        unseen = [one for one in self.shown if one.key not in told.split()]
        if not unseen:
            return
        for one in unseen:
            self._form.errors.pop(f"{self._prefix}{one.key}", None)
        self._form.add_error(None, _("Câu trả lời của bạn mở thêm câu hỏi. Hãy trả lời tiếp rồi lưu."))

    def blocks(self) -> list[Block]:
        """Return what is shown, piece by piece."""
        return [self._block(one) for one in self.shown if not one.row]

    def _block(self, one: Asked) -> Block:
        name = f"{self._prefix}{one.key}"
        if one.field.kind == FieldKind.GROUP:
            count = row_count(one, self._given)
            return Block(
                kind="group",
                title=one.field.label,
                text=one.field.help,
                key=one.key,
                count=self._form[name],
                rows=tuple(self._row(one, number, count) for number in range(1, count + 1)),
                add=f"add:{one.key}" if count < most_rows(one.field) else "",
            )
        if one.field.kind in UNANSWERED:
            return Block(kind=str(one.field.kind), title=one.field.label, text=one.field.help, key=one.key)
        return Block(kind="field", title=one.field.label, key=one.key, field=self._form[name], opens=self._opens(one))

    def _row(self, group: Asked, number: int, count: int) -> Row:
        fields = [self._block(one) for one in self.shown if one.row == number and one.field.group == group.key]
        return Row(number, fields, f"remove:{group.key}:{number}" if count > least_rows(group) else "")

    def _opens(self, one: Asked) -> bool:
        return any(other.condition and other.condition.field == one.field.key for other in self.fields)


@dataclass(frozen=True, slots=True)
class Section:
    """Some of the questions; `title` is the leg they are for, empty where they are only parted."""

    title: str
    blocks: list[Block]


class DeclarationForm(forms.Form):
    """The procedure's own questions, as its version asks them."""

    def __init__(
        self,
        questions: Sequence[Mapping[str, Any]],
        *args: Any,
        leg_names: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._leg_names = leg_names or {}
        self.declaration = Declaration(self, questions)

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that opens questions not seen yet."""
        self.declaration.check_seen()
        return self.cleaned_data

    def answers(self) -> dict[str, str]:
        """Return the answers in writing, by key."""
        return self.declaration.answers()

    def sections(self) -> list[Section]:
        """Return the questions five by five, under the declaration's own headings, or by leg of an application."""
        blocks = self.declaration.blocks()
        if self._leg_names:
            legs = sorted(self._leg_names.items())
            by_leg = [(name, [one for one in blocks if leg_of_key(one.key) == leg]) for leg, name in legs]
            return [Section(name, fields) for name, fields in by_leg if fields]
        if any(one.kind == FieldKind.HEADING for one in blocks):
            return [Section("", blocks)]
        starts = range(0, len(blocks), FIELDS_A_SECTION)
        return [Section("", blocks[start : start + FIELDS_A_SECTION]) for start in starts]


def _form_field(one: Asked) -> forms.Field:
    if one.field.kind == FieldKind.GROUP:
        return forms.IntegerField(required=False, widget=forms.HiddenInput, label=one.field.label)
    return field_for({**as_stored(one.field), "required": one.is_required})
