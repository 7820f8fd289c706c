"""The language of electronic declarations: fields, conditions, repeated groups, what is filled in beforehand.

Source: docs/law/declarations.md. A declaration is a list of fields in order; those of a repeated group follow it.
Answers are text by key: of a date "27/03/1985", of several choices one a line, of a yes or no `YES` or `NO`, of a
repeated group the number of its rows, of a field in row n of it the text under `row_key`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YES: Final = "Có"
NO: Final = "Không"
MOST_ROWS: Final = 20
"""Rows of a repeated group that says no maximum of its own."""
LONGEST_ANSWER: Final = 300
"""Characters of a text or an address that says no maximum of its own."""
LONGEST_TEXT: Final = 4000
"""Characters of any text."""
GREATEST_NUMBER: Final = 10**15 - 1
"""What a number and an amount go up to."""


class FieldKind(StrEnum):
    """What a field holds. A heading and a note hold nothing, a group holds the fields that name it."""

    TEXT = "text"
    LONGTEXT = "longtext"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HEADING = "heading"
    NOTE = "note"
    GROUP = "group"


UNANSWERED: Final = frozenset({FieldKind.HEADING, FieldKind.NOTE})
"""Kinds that ask nothing."""
WITH_OPTIONS: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
TEXTS: Final = frozenset({FieldKind.TEXT, FieldKind.LONGTEXT, FieldKind.ADDRESS})
WITH_LIMITS: Final = frozenset({*TEXTS, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.CHOICES, FieldKind.GROUP})
"""Kinds that a least and a most make sense of: characters of a text, a value, choices made, rows."""


class Effect(StrEnum):
    """What a condition does when it is met."""

    SHOW = "SHOW"
    REQUIRE = "REQUIRE"


class Prefill(StrEnum):
    """Where a field is filled in from before the applicant sees it; they may change it (D-05, C-17).

    `EARLIER` is the answer under the same key in the account's last dossier of the procedure.
    """

    NAME = "NAME"
    CITIZEN_ID = "CITIZEN_ID"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    REPRESENTED = "REPRESENTED"
    EARLIER = "EARLIER"


@dataclass(frozen=True, slots=True)
class Condition:
    """Shows or requires a field when the field `field` is answered with one of `values`; with anything, without any."""

    field: str
    values: tuple[str, ...] = ()
    effect: Effect = Effect.SHOW


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One field of a declaration.

    `kind` is a `FieldKind`, `prefill` a `Prefill` or empty. `least` and `most` None: no limit of its own. `group` is
    the key of the repeated group it belongs to, empty for none.
    """

    key: str
    label: str
    kind: str
    required: bool = True
    options: tuple[str, ...] = ()
    help: str = ""
    least: int | None = None
    most: int | None = None
    condition: Condition | None = None
    group: str = ""
    prefill: str = ""
    default: str = ""


def row_key(group: str, row: int, key: str) -> str:
    """Return the key under which the field `key` of row `row`, from 1, of a repeated group is answered."""
    return f"{group}-{row}-{key}"


def as_stored(field: FieldDefinition) -> dict[str, object]:
    """Return a field as versions keep it; what is not said is left out, so that plain fields read as ever."""
    stored: dict[str, object] = {
        "key": field.key,
        "label": field.label,
        "kind": str(field.kind),
        "required": field.required,
        "options": list(field.options),
        "help": field.help,
    }
    said: dict[str, object] = {
        "least": field.least,
        "most": field.most,
        "condition": _stored_condition(field.condition),
        "group": field.group,
        "prefill": field.prefill,
        "default": field.default,
    }
    return stored | {name: value for name, value in said.items() if value is not None and value != ""}


def from_stored(stored: Mapping[str, object]) -> FieldDefinition:
    """Return a field read from what `as_stored` wrote, now or before conditions and groups were there."""
    return FieldDefinition(
        key=str(stored["key"]),
        label=str(stored["label"]),
        kind=str(stored["kind"]),
        required=bool(stored.get("required", True)),
        options=_texts(stored.get("options")),
        help=str(stored.get("help", "")),
        least=_number(stored.get("least")),
        most=_number(stored.get("most")),
        condition=_condition(stored.get("condition")),
        group=str(stored.get("group", "")),
        prefill=str(stored.get("prefill", "")),
        default=str(stored.get("default", "")),
    )


def _stored_condition(condition: Condition | None) -> dict[str, object] | None:
    if condition is None:
        return None
    return {"field": condition.field, "values": list(condition.values), "effect": condition.effect.value}


def _condition(stored: object) -> Condition | None:
    if not isinstance(stored, Mapping):
        return None
    said: dict[str, object] = {str(name): value for name, value in stored.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON
    return Condition(str(said["field"]), _texts(said.get("values")), Effect(str(said.get("effect", Effect.SHOW))))


def _texts(stored: object) -> tuple[str, ...]:
    if not isinstance(stored, list | tuple):
        return ()
    return tuple(str(one) for one in stored)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # JSON


def _number(stored: object) -> int | None:
    return stored if isinstance(stored, int) else None
