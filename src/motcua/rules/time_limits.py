"""How long a procedure may take: amounts with their unit, read from and written as Vietnamese or English.

Source: docs/law/deadlines.md (L-07). What a text does not say is never guessed: a bare number, two limits in one
sentence, or a limit that runs from something else than the receipt of the dossier, is refused (`TimeLimitUnclear`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from motcua.rules.vietnamese import nfc, unaccented

Language = Literal["vi", "en"]


class LimitUnit(StrEnum):
    """What a time limit is counted in.

    IMMEDIATE: on the day of receipt. SAME_DAY: the same, but on the next working day when received after 15:00.
    """

    WORKING_DAY = "WORKING_DAY"
    DAY = "DAY"
    WORKING_HOUR = "WORKING_HOUR"
    HOUR = "HOUR"
    MONTH = "MONTH"
    YEAR = "YEAR"
    IMMEDIATE = "IMMEDIATE"
    SAME_DAY = "SAME_DAY"


AT_ONCE = frozenset({LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY})
"""Units without an amount: it is always 0. What has such a limit may be settled on the spot (B step 5)."""
WHOLE_ONLY = frozenset({LimitUnit.DAY, LimitUnit.MONTH, LimitUnit.YEAR})
"""Units the law knows no parts of."""

_ZERO = Decimal(0)


class TimeLimitUnclear(Exception):
    """`text` does not say how long, in one unit, counted from the receipt."""

    def __init__(self, text: str) -> None:
        super().__init__(f"time limit not understood: {text!r}")
        self.text = text


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """An amount of a unit; raises `TimeLimitUnclear` when the unit does not admit the amount."""

    amount: Decimal
    unit: LimitUnit

    def __post_init__(self) -> None:
        is_whole = self.amount == int(self.amount)
        if (
            self.amount < 0
            or (self.amount == 0) != (self.unit in AT_ONCE)
            or (not is_whole and self.unit in WHOLE_ONLY)
        ):
            raise TimeLimitUnclear(f"{self.amount} {self.unit}")


_UNITS: dict[str, tuple[LimitUnit, int]] = {
    "ngày làm việc": (LimitUnit.WORKING_DAY, 1),
    "giờ làm việc": (LimitUnit.WORKING_HOUR, 1),
    "ngày": (LimitUnit.DAY, 1),
    "tuần": (LimitUnit.DAY, 7),
    "h làm việc": (LimitUnit.WORKING_HOUR, 1),
    "giờ": (LimitUnit.HOUR, 1),
    "h": (LimitUnit.HOUR, 1),
    "tháng": (LimitUnit.MONTH, 1),
    "năm": (LimitUnit.YEAR, 1),
    "working day": (LimitUnit.WORKING_DAY, 1),
    "business day": (LimitUnit.WORKING_DAY, 1),
    "working hour": (LimitUnit.WORKING_HOUR, 1),
    "business hour": (LimitUnit.WORKING_HOUR, 1),
    "calendar day": (LimitUnit.DAY, 1),
    "day": (LimitUnit.DAY, 1),
    "week": (LimitUnit.DAY, 7),
    "hour": (LimitUnit.HOUR, 1),
    "month": (LimitUnit.MONTH, 1),
    "year": (LimitUnit.YEAR, 1),
}

_TEN = "một hai ba bốn năm sáu bảy tám chín mười"
_TEENS = "mười một|mười hai|mười ba|mười bốn|mười lăm|mười sáu|mười bảy|mười tám|mười chín"
_TENS = "hai mươi|ba mươi|bốn mươi|năm mươi|sáu mươi|bảy mươi|tám mươi|chín mươi"
_FIVES = "hai mươi lăm|ba mươi lăm|bốn mươi lăm"
_ENGLISH = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"

_WORDS: dict[str, Decimal] = {
    **{word: Decimal(value) for value, word in enumerate(_TEN.split(), start=1)},
    **{word: Decimal(value) for value, word in enumerate(_TEENS.split("|"), start=11)},
    **{word: Decimal(value * 10) for value, word in enumerate(_TENS.split("|"), start=2)},
    **{word: Decimal(value * 10 + 5) for value, word in enumerate(_FIVES.split("|"), start=2)},
    **{word: Decimal(value) for value, word in enumerate(_ENGLISH.split("|"), start=1)},
    "twenty": Decimal(20),
    "thirty": Decimal(30),
    "a": Decimal(1),
    "an": Decimal(1),
    "nửa": Decimal("0.5"),
    "half": Decimal("0.5"),
    "half a": Decimal("0.5"),
    "1/2": Decimal("0.5"),
    "½": Decimal("0.5"),
}


_LEAD = "trong thời hạn|trong vòng|thời hạn|trong|không quá|tối đa|chậm nhất|within|no more than|at most|up to|in"
_AMBIGUOUS_WHEN_BARE = frozenset({"sau"})
"""Words that mean something else too once their marks are gone: `sáu`, six, and `sau`, after."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How limits are worded in one spelling: Vietnamese as it is written, or as it is typed without marks."""

    units: Mapping[str, tuple[LimitUnit, int]]
    numbers: Mapping[str, Decimal]
    limit: re.Pattern[str]
    from_receipt: re.Pattern[str]
    another_case: re.Pattern[str]
    at_once: re.Pattern[str]
    after_three: re.Pattern[str]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _grammar(spelt: Callable[[str], str]) -> _Grammar:
    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(spelt(text))

    units = {spelt(word): unit for word, unit in _UNITS.items()}
    numbers = {spelt(word): value for word, value in _WORDS.items() if spelt(word) not in _AMBIGUOUS_WHEN_BARE}
    any_unit = _any_of(units)
    return _Grammar(
        units=units,
        numbers=numbers,
        limit=pattern(
            rf"(?:(?:{_LEAD})\s+)*"
            rf"(?P<amount>\d{{1,4}}(?:[.,]\d{{1,2}})?|{_any_of(numbers)})"
            rf"\s*(?:\((?P<again>[^()]*)\)\s*)?(?P<unit>{any_unit})s?"
            r"(?P<tail>[\s,].*)?"
        ),
        from_receipt=pattern(
            r",?\s*(?:(?:kể |tính )?từ [^,.]*(?:nhận|nộp)[^,.]*"
            r"|(?:from|of|after|since) (?:the )?(?:receipt|receiving|submission)[^,.]*)"
            r"(?:, (?:hợp lệ|đầy đủ|đúng quy định)[^,.]*)*"
        ),
        another_case=pattern(
            rf"\d\s*(?:\([^()]*\)\s*)?(?:{any_unit})"
            r"|trường hợp|đối với|kết thúc|hết hạn|nếu|trước|\bcase\b|\bif\b|;"
        ),
        at_once=pattern(
            r"(?:ngay )?trong ngày(?: làm việc)?\b|(?:giải quyết |trả kết quả |trả )?ngay(?=$| khi| sau khi)"
            r"|immediately\b|at once\b|on the spot\b|(?:on )?(?:the )?same (?:working )?day\b"
        ),
        after_three=pattern(
            r"sau (?:15 giờ|15h|15:00)\b.*ngày làm việc tiếp theo|ngày làm việc tiếp theo.*sau (?:15 giờ|15h|15:00)\b"
            r"|next working day.*after 15:00"
        ),
    )


_WITH_MARKS = _grammar(str)
_BARE = _grammar(unaccented)
_DIGIT = re.compile(r"\d")


def parse_time_limit(text: str) -> TimeLimit:
    """Read a time limit in Vietnamese or English; raises `TimeLimitUnclear`.

    "5 ngày làm việc", "03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ", "nửa ngày làm việc", "20 ngày", "8 giờ",
    "1 tháng", "trong ngày", "half a working day". A week is seven days. A text without a single mark is read as
    Vietnamese typed without marks: "5 ngay lam viec".
    """
    plain = nfc(text).lower().rstrip(" .,;")
    grammar = _BARE if plain.isascii() else _WITH_MARKS
    limit = _at_once(plain, grammar) or _amount_of_unit(plain, grammar)
    if limit is None:
        raise TimeLimitUnclear(text)
    return limit


def _at_once(plain: str, grammar: _Grammar) -> TimeLimit | None:
    opening = grammar.at_once.match(plain)
    if opening is None:
        return None
    rest = plain[opening.end() :]
    if grammar.after_three.search(rest):
        is_alone = not _DIGIT.search(grammar.after_three.sub("", rest, count=1))
        return TimeLimit(_ZERO, LimitUnit.SAME_DAY) if is_alone else None
    return None if grammar.another_case.search(rest) or _DIGIT.search(rest) else TimeLimit(_ZERO, LimitUnit.IMMEDIATE)


def _amount_of_unit(plain: str, grammar: _Grammar) -> TimeLimit | None:
    found = grammar.limit.fullmatch(plain)
    if found is None:
        return None
    amount, again, tail = _number(found["amount"], grammar), found["again"], found["tail"]
    if again is not None and _number(again, grammar) != amount:
        return None
    if tail is not None and (not grammar.from_receipt.fullmatch(tail) or grammar.another_case.search(tail)):
        return None
    unit, times = grammar.units[found["unit"]]
    try:
        return TimeLimit(amount * times, unit)
    except TimeLimitUnclear:
        return None


def _number(text: str, grammar: _Grammar) -> Decimal:
    """Return what `text` says in digits or words, or a number nobody means when it says neither."""
    word = grammar.numbers.get(text.strip())
    if word is not None:
        return word
    digits = text.strip().replace(",", ".")
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else Decimal(-1)


_WRITTEN: dict[Language, dict[LimitUnit, str]] = {
    "vi": {
        LimitUnit.WORKING_DAY: "{} ngày làm việc",
        LimitUnit.DAY: "{} ngày",
        LimitUnit.WORKING_HOUR: "{} giờ làm việc",
        LimitUnit.HOUR: "{} giờ",
        LimitUnit.MONTH: "{} tháng",
        LimitUnit.YEAR: "{} năm",
        LimitUnit.IMMEDIATE: "trong ngày",
        LimitUnit.SAME_DAY: "trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo",
    },
    "en": {
        LimitUnit.WORKING_DAY: "{} working day",
        LimitUnit.DAY: "{} day",
        LimitUnit.WORKING_HOUR: "{} working hour",
        LimitUnit.HOUR: "{} hour",
        LimitUnit.MONTH: "{} month",
        LimitUnit.YEAR: "{} year",
        LimitUnit.IMMEDIATE: "the same day",
        LimitUnit.SAME_DAY: "the same day; the next working day if received after 15:00",
    },
}


def format_time_limit(limit: TimeLimit, language: Language = "vi") -> str:
    """Write a time limit so that `parse_time_limit` reads it back."""
    number = f"{limit.amount.normalize():f}"
    if language == "vi":
        return _WRITTEN["vi"][limit.unit].format(number.replace(".", ","))
    is_plural = limit.unit not in AT_ONCE and limit.amount > 1
    return _WRITTEN["en"][limit.unit].format(number) + ("s" if is_plural else "")
