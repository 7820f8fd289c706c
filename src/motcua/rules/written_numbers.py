"""Numbers and amounts as people write them, with points, commas or blanks between the thousands.

Source: docs/law/declarations.md. What can be read as two numbers is read as neither: "1.500" is fifteen hundred to one
writer and one and a half to another, and nobody would notice which was kept.
"""

import re
from decimal import Decimal
from typing import Final

_PLAIN: Final = re.compile(r"-?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")
_UNCLEAR: Final = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED: Final = re.compile(
    r"-?[1-9][0-9]{0,2}(?:(?P<mark>[.,\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?P<rest>[.,][0-9]+)?"
)
_AMOUNT: Final = re.compile(r"-?[0-9]{1,3}(?:(?P<mark>[.,\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*)?|-?[0-9]+")


class NumberUnclear(Exception):
    """A text that reads as two numbers: `whole` with its mark between thousands, `part` with it before decimals."""

    def __init__(self, whole: Decimal, part: Decimal) -> None:
        super().__init__(f"{whole} or {part}")
        self.whole = whole
        self.part = part


def number_said(text: str) -> Decimal | None:
    """Return the number that `text` says, None where it says none; raises `NumberUnclear`.

    One point or comma stands before decimals, one mark again and again between thousands, two marks as is usual.
    """
    said = text.strip()
    if _UNCLEAR.fullmatch(said):
        raise NumberUnclear(Decimal(re.sub(r"[.,]", "", said)), Decimal(said.replace(",", ".")))
    grouped = _GROUPED.fullmatch(said)
    if grouped and grouped["rest"] and grouped["rest"][0] == grouped["mark"]:
        return None
    if grouped:
        rest = grouped["rest"] or ""
        return Decimal(re.sub(r"[.,\s]", "", said.removesuffix(rest)) + rest.replace(",", "."))
    return Decimal(said.replace(",", ".")) if _PLAIN.fullmatch(said) else None


def amount_said(text: str) -> Decimal | None:
    """Return the whole amount that `text` says, its marks all between thousands; None where it says none."""
    said = text.strip()
    return Decimal(re.sub(r"[.,\s]", "", said)) if _AMOUNT.fullmatch(said) else None


def as_said(number: Decimal) -> str:
    """Return `number` without needless noughts, and with one where it would read as two numbers without."""
    plain = f"{number.normalize():f}"
    return f"{plain}0" if _UNCLEAR.fullmatch(plain) else plain
