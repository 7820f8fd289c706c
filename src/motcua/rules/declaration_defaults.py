"""Whether an answer that stands in a field beforehand is one that the field takes.

Source: docs/law/declarations.md. Kinds with options are no business of this module: there an answer is one of them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from motcua.rules.completeness import is_citizen_id, is_passport, phone_number
from motcua.rules.declarations import GREATEST_NUMBER, LONGEST_ANSWER, LONGEST_TEXT, TEXTS, FieldDefinition, FieldKind
from motcua.rules.written_numbers import NumberUnclear, amount_said, number_said

_DATE: Final = re.compile(r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4})")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")


def longest(one: FieldDefinition) -> int:
    """Return how many characters a text may have."""
    usual = LONGEST_TEXT if one.kind == FieldKind.LONGTEXT else LONGEST_ANSWER
    return min(one.most or usual, LONGEST_TEXT)


def takes(one: FieldDefinition, said: str) -> bool:
    """Tell whether `said` answers a field that offers no options; what asks nothing and a group take nothing."""
    if one.kind in TEXTS:
        return (one.least or 0) <= len(said) <= longest(one)
    if one.kind in _READ:
        number = _READ[one.kind](said)
        return number is not None and (one.least or 0) <= number <= (GREATEST_NUMBER if one.most is None else one.most)
    return one.kind in _SHAPED and _SHAPED[one.kind](said)


def _number(said: str) -> Decimal | None:
    try:
        return number_said(said)
    except NumberUnclear:
        return None


def _is_date(said: str) -> bool:
    found = _DATE.fullmatch(said)
    if not found:
        return False
    try:
        date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return False
    return True


def _is_identity_number(said: str) -> bool:
    plain = re.sub(r"[\s.\-]", "", said).upper()
    return is_citizen_id(plain) or is_passport(plain)


_READ: Final[Mapping[str, Callable[[str], Decimal | None]]] = {
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: amount_said,
}
_SHAPED: Final[Mapping[str, Callable[[str], bool]]] = {
    FieldKind.DATE: _is_date,
    FieldKind.CITIZEN_ID: _is_identity_number,
    FieldKind.PHONE: lambda said: phone_number(said) is not None,
    FieldKind.EMAIL: lambda said: _EMAIL.fullmatch(said) is not None,
}
