"""Whether a text that is to be published still says who somebody is (E-06).

Source: docs/law/petitions.md. The rule errs on the side of keeping a text back: what looks like a telephone number, an
identity number, an address of e-mail, the code of a dossier or a petition, or the name or address of the sender is
found however it is spaced, dotted or accented. It finds no name that it was not told.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.rules.vietnamese import search_key


class PersonalKind(StrEnum):
    """What was found."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    IDENTITY = "IDENTITY"
    CODE = "CODE"
    NAME = "NAME"
    ADDRESS = "ADDRESS"


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal datum in a text, as it stands there."""

    kind: PersonalKind
    text: str


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of people who must not be told from the text: their names and addresses."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class StillPersonal(Exception):
    """A text that was to be published still holds `found`."""

    def __init__(self, found: Collection[Personal]) -> None:
        super().__init__(", ".join(one.kind for one in found))
        self.found = tuple(found)


# One sign or two between digits, as people write numbers; a slash parts the days of a date, and is none.
_GAP: Final = r"[\s.\-–()_]{0,3}"
_CODES: Final = re.compile(
    r"\b(?:[A-Z]\d{2}(?:\.\d{2,3}){0,4}|(?:\d{2,3}\.){3}[A-Z]\d{2})[\s.\-–]{1,3}\d{6}[\s.\-–]{1,3}\d{4,5}\b"
    r"|\b[TP][\s.\-–]{0,2}\d{4}[\s.\-–]{0,2}\d{4}[\s.\-–]{0,2}\d{4}\b",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\s?\.\s?[\w\-]+)+", re.IGNORECASE)
_PHONE: Final = re.compile(rf"(?<!\d)(?:\+?84|0)(?:{_GAP}\d){{8,10}}(?!\d)")
_IDENTITY: Final = re.compile(rf"(?<!\d)(?:\d{_GAP}){{11}}\d(?!\d)|(?<!\d)(?:\d{_GAP}){{8}}\d(?!\d)")
_MONEY: Final = re.compile(r"(?<!\d)[1-9]\d{0,2}(?:[.\s]\d{3})+(?=\s*(?:đồng|đ\b|vnđ|vnd|₫|triệu|tỷ))", re.IGNORECASE)
_LEAST_WORDS: Final = 2


def personal_in(text: str, sender: Sender) -> tuple[Personal, ...]:
    """Return the personal data that stand in `text`, in the order of their kinds; nothing twice.

    An amount of money is no number of a person. A name or an address counts from two words on: one word alone is
    everybody's.
    """
    shown = _shown(text)
    found = list(dict.fromkeys(_by_pattern(shown)))
    key = f" {search_key(shown)} "
    for kind, known in ((PersonalKind.NAME, sender.names), (PersonalKind.ADDRESS, sender.addresses)):
        found += [Personal(kind, one) for one in dict.fromkeys(known) if _is_told(one, key)]
    return tuple(found)


def require_impersonal(text: str, sender: Sender) -> None:
    """Raise `StillPersonal` when personal data stand in `text`."""
    found = personal_in(text, sender)
    if found:
        raise StillPersonal(found)


def _by_pattern(shown: str) -> Iterator[Personal]:
    """Take each kind out before the next is looked for, so that a code is not told as a telephone number too."""
    left = _MONEY.sub("…", shown)
    for kind, pattern in (
        (PersonalKind.CODE, _CODES),
        (PersonalKind.EMAIL, _EMAIL),
        (PersonalKind.PHONE, _PHONE),
        (PersonalKind.IDENTITY, _IDENTITY),
    ):
        yield from (Personal(kind, match.group().strip()) for match in pattern.finditer(left))
        left = pattern.sub("…", left)


def _is_told(known: str, key: str) -> bool:
    words = search_key(known)
    return len(words.split()) >= _LEAST_WORDS and f" {words} " in key


def _shown(text: str) -> str:
    """Return `text` as a reader sees it: digits of every script as ours, and no invisible signs between them."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in seen)
