"""Numbers, addresses of e-mail and codes in a text that tell who somebody is (E-06), found by how they look.

Source: docs/law/petitions.md. What is nobody's is told apart first: days, hours, amounts of money, numbers of legal
texts, codes of procedures, and whatever the unit itself has published. The rest errs on the side of finding.
"""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final


class PersonalKind(StrEnum):
    """What was found; NUMBER is a long number of no known kind: an account, a tax code."""

    CODE = "CODE"
    EMAIL = "EMAIL"
    PLACE = "PLACE"
    DOCUMENT = "DOCUMENT"
    PLATE = "PLATE"
    IDENTITY = "IDENTITY"
    PHONE = "PHONE"
    NUMBER = "NUMBER"
    NAME = "NAME"
    ADDRESS = "ADDRESS"


Span = tuple[PersonalKind, int, int]
"""What was found from where to before where."""

# Every dash stands here as "-", whatever it was written as. People part the digits of a telephone by anything.
_WIDE: Final = r"[\s.\-()_,/:;·•∙'’*|]{0,3}"
_NARROW: Final = r"[\s.\-/()_]{0,3}"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:19|20)\d\d"
_DAY_OF_YEAR: Final = r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])"
_HOUR: Final = r"(?:[01]?\d|2[0-4]):[0-5]\d"
_MOMENT: Final = rf"(?:{_DAY}|{_DAY_OF_YEAR}|{_HOUR})"
_AMOUNT: Final = r"[1-9]\d{0,2}(?:[.\s]\d{3})+"
_RUN: Final = re.compile(rf"\d(?:{_WIDE}\d)*")
_MOMENTS: Final = re.compile(rf"{_MOMENT}(?:(?:\s?[,;\-]\s?|\s){_MOMENT})*")
_NOBODYS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d.\-/])\d{1,4}/(?:19|20)\d\d/(?:NĐ|QĐ|TT|NQ|QH|UBND|PL|CT|TB|KH)[^\s,;]*",
        r"(?<![\d.\-/])\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.H\d{2})?(?![.\-/]?\d)",
        rf"(?<!\d){_AMOUNT}(?=\s*(?:đồng|đ\b|vnđ|vnd|₫|triệu|tỷ))",
        rf"(?:phí|tiền|giá|mức|phạt|thuế|tổng)(?:\s[^\W\d]+){{0,3}}:?\s{_AMOUNT}(?![.\-/]?\d)",
    )
)
_BY_LOOKS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            PersonalKind.CODE,
            (
                r"\b(?:[A-Z]\d{2}(?:\.\d{2,3}){0,4}|(?:\d{2,3}\.){3}[A-Z]\d{2})[\s.\-]{1,3}\d{6}[\s.\-]{1,3}\d{4,5}\b"
                r"|\b[TP][\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{4}[\s.\-]{0,2}\d{4}\b"
            ),
        ),
        (
            PersonalKind.EMAIL,
            (
                r"[\w.+\-]+\s?(?:@|[(\[{<]\s?(?:at|a|@|a[\s\-]?còng|a[\s\-]?cong)\s?[)\]}>]|\sa[\s\-]?còng\s)\s?"
                r"[\w\-]+(?:\s?(?:\.|[(\[{<]\s?(?:\.|dot|chấm)\s?[)\]}>]|\schấm\s)\s?[\w\-]+)+"
            ),
        ),
        (PersonalKind.PLACE, r"(?<![\d.,])-?\d{1,2}[.,]\d{4,}\s*[;,/\s]\s*-?\d{2,3}[.,]\d{4,}(?!\d)"),
        (PersonalKind.DOCUMENT, r"\b[A-Z]{2}[\s.\-]?\d(?:[\s.\-]?\d){12}\b|\b[A-Z][\s.\-]?\d{7,8}\b"),
        (
            PersonalKind.PLATE,
            r"(?<![\d./])\d{2}[\s\-]?[A-ZĐ]{1,2}\d?[\s.\-]{1,3}(?:\d{3}[.\s]?\d{2}|\d{4})\b|\b\d{2}[A-ZĐ]\d?\d{3}\.\d{2}\b",
        ),
        (PersonalKind.IDENTITY, rf"(?<!\d)\d(?:{_NARROW}\d){{11}}(?!\d)"),
        (PersonalKind.PHONE, rf"(?<!\d)(?:\+?84|0)(?:{_WIDE}\d){{8,10}}(?!\d)|\+(?:{_WIDE}\d){{7,15}}(?!\d)"),
        (PersonalKind.IDENTITY, rf"(?<!\d)\d(?:{_NARROW}\d){{8}}(?!\d)"),
        (PersonalKind.NUMBER, r"(?<!\d)(?:\d{8,}|\d(?:[\s.\-]?\d){9,})(?!\d)"),
    )
)
_LEAST_DIGITS: Final = 7


def spans_by_looks(shown: str, public: Collection[str]) -> Iterator[Span]:
    """Return what looks personal in `shown`, kind by kind; `public` are numbers and addresses that everybody knows.

    What one kind has taken is not looked at again, so that a code is not told as a telephone number too.
    """
    known = {as_contact(one) for one in public}
    left = _RUN.sub(lambda run: _hidden(run) if _MOMENTS.fullmatch(run.group()) else run.group(), shown)
    for pattern in _NOBODYS:
        left = pattern.sub(_hidden, left)
    for kind, pattern in _BY_LOOKS:
        for match in pattern.finditer(left):
            if as_contact(match.group()) not in known:
                yield kind, match.start(), match.end()
        left = pattern.sub(_hidden, left)


def spans_of_contact(shown: str, contact: str) -> Iterator[Span]:
    """Return where a telephone number, identity number or e-mail address of somebody known stands, however parted."""
    if "@" in contact:
        pattern, kind = re.escape(contact), PersonalKind.EMAIL
    else:
        digits = as_contact(contact)
        if len(digits) < _LEAST_DIGITS:
            return
        pattern, kind = r"[^\d\w]{0,3}".join(digits), PersonalKind.PHONE
    for match in re.finditer(pattern, shown, re.IGNORECASE):
        yield kind, match.start(), match.end()


def as_contact(text: str) -> str:
    """Return the one form in which two contacts are compared: an address in small letters, or the digits from 0 on."""
    if "@" in text:
        return "".join(text.split()).casefold()
    digits = "".join(filter(str.isdecimal, text))
    return digits.removeprefix("84").removeprefix("0") if len(digits) > _LEAST_DIGITS else digits


def _hidden(match: re.Match[str]) -> str:
    """Keep the places of everything else."""
    return "…" * len(match.group())
