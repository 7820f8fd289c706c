"""The numbers of legal documents, what they tell, and where a text cites them (J-01, J-02, J-10).

Source: docs/law/legal-documents.md. A number with a year is a strong hint of a normative text, not proof. Without a
year it repeats: identity is number, issuer and date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.rules.vietnamese import nfc, slug


class Kind(StrEnum):
    """What sort of document it is, normative or administrative (J-01, J-03)."""

    CONSTITUTION = "CONSTITUTION"
    CODE = "CODE"
    LAW = "LAW"
    ORDINANCE = "ORDINANCE"
    RESOLUTION = "RESOLUTION"
    DECREE = "DECREE"
    DECISION = "DECISION"
    CIRCULAR = "CIRCULAR"
    JOINT_CIRCULAR = "JOINT_CIRCULAR"
    ORDER = "ORDER"
    DIRECTIVE = "DIRECTIVE"
    CONSOLIDATION = "CONSOLIDATION"
    REGULATION = "REGULATION"
    PLAN = "PLAN"
    PROGRAMME = "PROGRAMME"
    GUIDANCE = "GUIDANCE"
    NOTICE = "NOTICE"
    REPORT = "REPORT"
    TELEGRAM = "TELEGRAM"
    LETTER = "LETTER"
    OTHER = "OTHER"


KIND_OF_MARK: Final[dict[str, Kind]] = {
    "PL": Kind.ORDINANCE,
    "NQ": Kind.RESOLUTION,
    "NQLT": Kind.RESOLUTION,
    "NĐ": Kind.DECREE,
    "QĐ": Kind.DECISION,
    "TT": Kind.CIRCULAR,
    "TTLT": Kind.JOINT_CIRCULAR,
    "L": Kind.ORDER,
    "CT": Kind.DIRECTIVE,
    "VBHN": Kind.CONSOLIDATION,
    "QC": Kind.REGULATION,
    "QYĐ": Kind.REGULATION,
    "KH": Kind.PLAN,
    "CTR": Kind.PROGRAMME,
    "HD": Kind.GUIDANCE,
    "TB": Kind.NOTICE,
    "BC": Kind.REPORT,
    "CĐ": Kind.TELEGRAM,
}
"""The mark in the number and the kind it stands for (J-10); the National Assembly's laws carry none."""

KIND_OF_WORD: Final[dict[str, Kind]] = {
    "hiến pháp": Kind.CONSTITUTION,
    "bộ luật": Kind.CODE,
    "luật": Kind.LAW,
    "pháp lệnh": Kind.ORDINANCE,
    "nghị quyết": Kind.RESOLUTION,
    "nghị định": Kind.DECREE,
    "quyết định": Kind.DECISION,
    "thông tư liên tịch": Kind.JOINT_CIRCULAR,
    "thông tư": Kind.CIRCULAR,
    "lệnh": Kind.ORDER,
    "chỉ thị": Kind.DIRECTIVE,
    "văn bản hợp nhất": Kind.CONSOLIDATION,
    "quy chế": Kind.REGULATION,
    "quy định": Kind.REGULATION,
    "kế hoạch": Kind.PLAN,
    "chương trình": Kind.PROGRAMME,
    "hướng dẫn": Kind.GUIDANCE,
    "thông báo": Kind.NOTICE,
    "báo cáo": Kind.REPORT,
    "công điện": Kind.TELEGRAM,
    "công văn": Kind.LETTER,
}
"""What a document is called, in lower case, and its kind."""

_NUMBER: Final = r"(?P<number>\d{1,5}(?:\.\d{1,3})?[a-zA-Z]?)"
_YEAR: Final = r"(?:/(?P<year>(?:19|20)\d\d))?"
_MARKS: Final = r"/(?P<marks>(?:UBTVQH|QH)\d{1,2}|[A-ZĐƯ][A-ZĐƯa-z]{0,5}(?:\s?-\s?[A-ZĐƯ][A-ZĐƯa-z&]*\d{0,2})+)"
_WHOLE: Final = re.compile(rf"{_NUMBER}{_YEAR}{_MARKS}")
_CITED: Final = re.compile(rf"(?<![\w/]){_NUMBER}{_YEAR}{_MARKS}(?!\w)")
_DATED: Final = re.compile(
    r"\s*,?\s*(?:được\s+\S+(?:\s+\S+){0,4}\s+)?ngày\s+"
    r"(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})\s*(?:/|-|\.|\s+năm\s+)\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_ARTICLES: Final = re.compile(
    r"(?P<articles>(?:(?:điểm|khoản|điều|mục|chương|phụ lục)\s+[\w.]+\s*(?:(?:,|và)\s+)?)+)(?:của\s+)?"
    r"(?:\w+\s+){1,4}(?:số\s*:?\s*)?$",
    re.IGNORECASE,
)
_BEFORE: Final = 120


class NumberUnclear(Exception):
    """`text` is not the number of a legal document."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A number in parts: `61`, 2018 (None: it has none), mark `NĐ` (empty: a law or a letter) and issuer `CP`."""

    number: str
    year: int | None
    mark: str
    issuer: str

    @property
    def looks_normative(self) -> bool:
        """Whether it has a year, which normative texts do (J-02)."""
        return self.year is not None

    def __str__(self) -> str:
        year = f"/{self.year}" if self.year else ""
        mark = f"{self.mark}-" if self.mark else ""
        return f"{self.number}{year}/{mark}{self.issuer}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A number found in a text at `start`, with the day written after it (None: none) and the articles before it."""

    number: LegalNumber
    on: date | None
    articles: str
    start: int


def read_number(text: str) -> LegalNumber:
    """Return the number that `text` is, in the form we store: two digits at least. Raises `NumberUnclear`."""
    found = _WHOLE.fullmatch(nfc(text).replace(" ", ""))
    if found is None:
        raise NumberUnclear(text)
    return _number_in(found)


def canonical(text: str) -> str:
    """Return the one number that `text` is or names, as we store it; else `text` in the form of our texts.

    So a basis typed as "Nghị định số 61/2018/NĐ-CP" is found by its number; a text of several numbers stays as it is.
    """
    named = {str(citation.number) for citation in citations_in(text)}
    return named.pop() if len(named) == 1 else nfc(text)


def kind_of(number: LegalNumber) -> Kind:
    """Return what the marks tell: laws of the National Assembly have none, letters neither (J-02).

    Some of its resolutions are numbered like laws; who knows better says so.
    """
    if number.mark:
        return KIND_OF_MARK.get(number.mark.upper(), Kind.OTHER)
    if number.issuer.startswith("UBTVQH"):
        return Kind.ORDINANCE
    return Kind.LAW if number.issuer.startswith("QH") else Kind.LETTER


def address_of(number: str, territory: str = "", issued_on: date | None = None) -> str:
    """Return what names a document in an address: `61-2018-nd-cp`, with the territory where its number repeats.

    With `issued_on` also the day, where number and territory name more than one (J-02).
    """
    address = slug(f"{number} {territory}")
    return f"{address}-{issued_on:%Y-%m-%d}" if issued_on else address


def citations_in(text: str) -> Iterator[Citation]:
    """Yield every number `text` cites, in its order, each time it does."""
    plain = nfc(text)
    for found in _CITED.finditer(plain):
        before = _ARTICLES.search(plain, max(0, found.start() - _BEFORE), found.start())
        yield Citation(
            number=_number_in(found),
            on=_day_after(plain, found.end()),
            articles=nfc(before["articles"]).rstrip(",") if before else "",
            start=found.start(),
        )


def _number_in(found: re.Match[str]) -> LegalNumber:
    marks = found["marks"].replace(" ", "")
    first, _, rest = marks.partition("-")
    mark, issuer = ("", marks) if not rest or first.upper() not in KIND_OF_MARK else (first, rest)
    digits = found["number"]
    padded = digits.zfill(2) if digits.isdecimal() else digits.zfill(3) if digits[1:].isalpha() else digits
    return LegalNumber(padded, int(found["year"]) if found["year"] else None, mark, issuer)


def _day_after(text: str, end: int) -> date | None:
    found = _DATED.match(text, end)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
