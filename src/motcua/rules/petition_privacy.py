"""Whether a text that is to be published still says who somebody is (E-06).

Source: docs/law/petitions.md. The rule errs on the side of keeping a text back: what looks like a number, an address of
e-mail, a place or a code of somebody is found however it is spaced, dotted or accented, and so are the names, addresses
and contacts that it was told, whole or in the parts that still tell. It finds no name that it was not told, and does
not know what a text says about somebody's health or children.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.rules.petition_numbers import PersonalKind, Span, spans_by_looks, spans_of_contact
from motcua.rules.vietnamese import search_key

__all__ = [
    "Personal",
    "PersonalKind",
    "Sender",
    "StillPersonal",
    "personal_in",
    "require_impersonal",
    "without_personal",
]


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal datum in a text, as it stands there; a name or an address told whole, as it is known."""

    kind: PersonalKind
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of people who must not be told from the text; `public` is what a unit has published of itself.

    `contacts` are telephone and identity numbers and addresses of e-mail; those are personal even where also public.
    """

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    public: tuple[str, ...] = ()


class StillPersonal(Exception):
    """A text that was to be published still holds `found`."""

    def __init__(self, found: Collection[Personal]) -> None:
        super().__init__(", ".join(one.kind for one in found))
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    start: int
    end: int

    def tells(self, known: str) -> bool:
        """Tell whether this is `known` with its accents, or written without any but with a capital, as names are."""
        if self.text.casefold() == known.casefold():
            return True
        return self.text.isascii() and self.text[0].isupper() and self.key == search_key(known)

    def is_initial_of(self, known: str) -> bool:
        """Tell whether this capital stands for `known`."""
        return len(self.text) == 1 and self.text.isupper() and search_key(known).startswith(self.key)


LEFT_OUT: Final = "[…]"
_LEAST_WORDS: Final = 2
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ´`][^\W_]+)*")
_PARTS: Final = re.compile(
    r"[,;\n\-]|\s(?=(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh)\s)", re.IGNORECASE
)
# Whole communes are nobody's; what lies below them is a few houses.
_WIDE_PARTS: Final = ("xa ", "phuong ", "thi tran ", "dac khu ", "huien ", "thi xa ", "thanh pho ", "tinh ")


def personal_in(text: str, sender: Sender) -> tuple[Personal, ...]:
    """Return the personal data that stand in `text`, in the order of their kinds; nothing twice.

    An amount of money is no number of a person. A name or an address counts from two words on: one word alone is
    everybody's.
    """
    shown = _shown(text)
    found = [Personal(kind, shown[start:end].strip()) for kind, start, end in _spans_of_numbers(shown, sender)]
    words = _words(shown)
    for kind, known in ((PersonalKind.NAME, sender.names), (PersonalKind.ADDRESS, sender.addresses)):
        for one in dict.fromkeys(known):
            if next(_whole(one, words), None):
                found.append(Personal(kind, one))
            elif part := next(_partly(kind, one, words), None):
                found.append(Personal(kind, shown[part[0] : part[1]]))
    return tuple(dict.fromkeys(found))


def require_impersonal(text: str, sender: Sender) -> None:
    """Raise `StillPersonal` when personal data stand in `text`."""
    found = personal_in(text, sender)
    if found:
        raise StillPersonal(found)


def without_personal(text: str, sender: Sender) -> str:
    """Return `text` with `LEFT_OUT` in the place of each personal datum; untouched when there is none."""
    if not personal_in(text, sender):
        return text
    shown = _shown(text)
    words = _words(shown)
    places = [(start, end) for _, start, end in _spans_of_numbers(shown, sender)]
    for kind, known in ((PersonalKind.NAME, sender.names), (PersonalKind.ADDRESS, sender.addresses)):
        for one in known:
            places += [*_whole(one, words), *_partly(kind, one, words)]
    kept, after = "", 0
    for start, end in sorted(places):
        if start >= after:
            kept += shown[after:start] + LEFT_OUT
        after = max(after, end)
    return kept + shown[after:]


def _spans_of_numbers(shown: str, sender: Sender) -> list[Span]:
    looked = list(spans_by_looks(shown, sender.public))
    told = [span for contact in sender.contacts for span in spans_of_contact(shown, contact)]
    return looked + [span for span in told if not any(_meet(span, other) for other in looked)]


def _meet(one: Span, other: Span) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def _whole(known: str, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Return where `known` stands word for word, with or without accents."""
    keys = search_key(known).split()
    if len(keys) >= _LEAST_WORDS:
        for run in _runs(words, len(keys)):
            if [word.key for word in run] == keys:
                yield run[0].start, run[-1].end


def _partly(kind: PersonalKind, known: str, words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """Return where a part of `known` stands that still tells who is meant."""
    if kind is PersonalKind.ADDRESS:
        for part in _PARTS.split(known):
            wanted = _WORD.findall(part)
            if len(wanted) >= _LEAST_WORDS and not f"{search_key(part)} ".startswith(_WIDE_PARTS):
                yield from _told(wanted, words)
        return
    name = _WORD.findall(known)
    if len(name) > _LEAST_WORDS:
        yield from _told(name[-_LEAST_WORDS:], words)
        yield from _told([name[0], name[-1]], words)
        for run in _runs(words, len(name)):
            pairs = list(zip(run[:-1], name[:-1], strict=True))
            if run[-1].tells(name[-1]) and all(word.tells(one) or word.is_initial_of(one) for word, one in pairs):
                yield run[0].start, run[-1].end


def _told(wanted: Sequence[str], words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    for run in _runs(words, len(wanted)):
        if all(word.tells(one) for word, one in zip(run, wanted, strict=True)):
            yield run[0].start, run[-1].end


def _runs(words: Sequence[_Word], length: int) -> Iterator[Sequence[_Word]]:
    return (words[start : start + length] for start in range(len(words) - length + 1))


def _words(shown: str) -> list[_Word]:
    return [_Word(one.group(), search_key(one.group()), one.start(), one.end()) for one in _WORD.finditer(shown)]


def _shown(text: str) -> str:
    """Return `text` as a reader sees it: digits of every script as ours, one dash for all, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(_seen(sign) for sign in folded if unicodedata.category(sign) != "Cf")


def _seen(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.digit(sign))
    return "-" if category == "Pd" or sign == "−" else sign
