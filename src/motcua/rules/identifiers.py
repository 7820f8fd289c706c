"""Codes of agencies, procedures and dossiers, and our own reference of what has no national code yet.

Source: docs/law/identifiers.md.
"""

import re
from datetime import date
from typing import Final

from motcua.rules.regimes import REGIMES, CodeOrder, Regime

_OLD_WIDTHS: Final = (3, 2, 2)
_LEVEL_1: Final = re.compile(r"[A-Z]\d{2}")
_GROUP: Final = re.compile(r"[A-Z0-9]+")
_LONGEST_IDENTIFIER: Final = 35
_PROCEDURE_CODE: Final = re.compile(r"([1-9]\.\d{6}(?:\.\d{2})?)(?:(?:\.\d{3}\.\d{2}\.\d{2})?\.[A-Z]\d{2})?")
_DAMM: Final = (  # H. M. Damm, 2004: finds every wrong digit and every swap of neighbours
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


REFERENCE_SPACE: Final = 10**11
"""How many public references there are: draw a number below it from a secure source."""

_REFERENCE_DIGITS: Final = 11


class IdentifierUnclear(Exception):
    """`text` is no agency identifier, or has no counterpart in the other order."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not an agency identifier that can be converted: {text!r}")
        self.text = text


class ProcedureCodeUnclear(Exception):
    """`text` is no procedure code."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a procedure code: {text!r}")
        self.text = text


class ReferenceUnclear(Exception):
    """`text` is no public reference: wrong length, or its check digit does not fit."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a reference: {text!r}")
        self.text = text


def to_new_order(identifier: str) -> str:
    """Return an identifier of QCVN 102:2016 (`000.00.31.H18`) in the order of Decision 20/2020 (`H18.31`) (I-01).

    Raises `IdentifierUnclear`, also when a level is empty while one below it is not.
    """
    groups = identifier.split(".")
    if [len(group) for group in groups[:-1]] != list(_OLD_WIDTHS):
        raise IdentifierUnclear(identifier)
    used = [group for group in groups if set(group) != {"0"}]
    if used != groups[len(groups) - len(used) :] or not _is_well_formed(used[::-1]):
        raise IdentifierUnclear(identifier)
    return ".".join(reversed(used))


def to_old_order(identifier: str) -> str:
    """Return an identifier of Decision 20/2020 (`H18.31`) in the order of QCVN 102:2016 (`000.00.31.H18`) (I-01).

    Raises `IdentifierUnclear`, also for one that the old order has no room for.
    """
    groups = identifier.split(".")
    lower = groups[:0:-1]
    widths = _OLD_WIDTHS[len(_OLD_WIDTHS) - len(lower) :]
    if not _is_well_formed(groups) or [len(group) for group in lower] != list(widths):
        raise IdentifierUnclear(identifier)
    empty = ["0" * width for width in _OLD_WIDTHS[: len(_OLD_WIDTHS) - len(lower)]]
    return ".".join([*empty, *lower, groups[0]])


_BLANK_DAY = "." * 6


def dossier_code(regime: Regime, agency: str, on: date, number: int) -> str:
    """Return the code of the `number`-th dossier that `agency` accepted on `on` (B-40).

    `agency` is an identifier in either order; the code has it in the order of the regime: `000.00.31.H18-210326-0012`
    until June 2025, `H18.31-250715-0012` since. From the ten-thousandth dossier of a day on the number has five digits.
    Raises `IdentifierUnclear`; `number` counts from 1.
    """
    if number < 1:
        raise ValueError(number)
    order = next(rules.code_order for rules in REGIMES if rules.regime is regime)
    new_order = agency if _LEVEL_1.fullmatch(agency.split(".", maxsplit=1)[0]) else to_new_order(agency)
    if not _is_well_formed(new_order.split(".")):
        raise IdentifierUnclear(agency)
    written = to_old_order(new_order) if order is CodeOrder.QCVN_102 else new_order
    return put_together(written, on, number)


def put_together(identifier: str, on: date | None, number: int) -> str:
    """Return the code of its parts, the identifier as it is written: `H18.31-260302-0012` (B-40).

    Without `on` the day is left to be written by hand, as a blank form has it: `H18.31-......-9001` (B-25).
    """
    day = f"{on:%y%m%d}" if on else _BLANK_DAY
    return f"{identifier}-{day}-{number:04}"


def is_procedure_code(text: str) -> bool:
    """Tell whether `text` is a procedure code (C-11): national, with a case number or with an agency behind it."""
    return _PROCEDURE_CODE.fullmatch(text) is not None


def bare_procedure_code(text: str) -> str:
    """Return a procedure code without the agency behind it: `1.001193.000.00.00.H18` is `1.001193` (C-11).

    A case number stays, `1.000358.01`. Raises `ProcedureCodeUnclear`.
    """
    match = _PROCEDURE_CODE.fullmatch(text.strip())
    if match is None:
        raise ProcedureCodeUnclear(text)
    return match.group(1)


def reference_code(number: int) -> str:
    """Return the public reference made of `number`, such as `T-0048-3920-1573`; its last digit checks the others.

    Easy to read over the telephone; as hard to guess as `number`, which is at least 0 and below `REFERENCE_SPACE`.
    """
    return _reference("T", number)


def petition_code(number: int) -> str:
    """Return the public code of a petition made of `number`, such as `P-0048-3920-1573`; as `reference_code` does."""
    return _reference("P", number)


def parse_reference(text: str) -> str:
    """Return the reference that somebody typed, as `reference_code` writes it.

    Spaces, dots and hyphens, a missing or small T make no difference. Raises `ReferenceUnclear`.
    """
    return reference_code(_number_in("T", text))


def parse_petition_code(text: str) -> str:
    """Return the code of a petition that somebody typed, as `petition_code` writes it; as `parse_reference` does."""
    return petition_code(_number_in("P", text))


def _reference(letter: str, number: int) -> str:
    if not 0 <= number < REFERENCE_SPACE:
        raise ValueError(number)
    digits = f"{number:0{_REFERENCE_DIGITS}}"
    digits += str(_damm(digits))
    return f"{letter}-{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def _number_in(letter: str, text: str) -> int:
    digits = re.sub(r"[\s.\-\u2013]", "", text).upper().removeprefix(letter)
    if re.fullmatch(rf"[0-9]{{{_REFERENCE_DIGITS + 1}}}", digits) is None or _damm(digits) != 0:
        raise ReferenceUnclear(text)
    return int(digits[:-1])


def _is_well_formed(groups: list[str]) -> bool:
    return (
        bool(groups)
        and len(".".join(groups)) <= _LONGEST_IDENTIFIER
        and _LEVEL_1.fullmatch(groups[0]) is not None
        and all(_GROUP.fullmatch(group) and set(group) != {"0"} for group in groups[1:])
    )


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
