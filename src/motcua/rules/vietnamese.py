"""Vietnamese text: one way to store it, a key to find it by, a key to sort it by.

The database knows neither Vietnamese order nor how to take accents off, so both keys are columns that we fill.
"""

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = "'\u2018\u2019\u02bc\u00b4`"
_WITHOUT_APOSTROPHES: Final = str.maketrans("", "", _APOSTROPHES)
_PLAIN_D: Final = str.maketrans({"đ": "d", "ð": "d"})  # the Icelandic eth is a common slip for đ
_Y_AS_I: Final = str.maketrans({"y": "i"})
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER_MARKS: Final = {
    "a\u0306": "a~",
    "a\u0302": "a~~",
    "e\u0302": "e~",
    "o\u0302": "o~",
    "o\u031b": "o~~",
    "u\u031b": "u~",
}
_RUNS: Final = re.compile(r"\d+|[^\W\d_]+")


def nfc(text: str) -> str:
    """Return `text` in the one form we store: composed letters, single spaces, no space at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unaccented(text: str) -> str:
    """Return `text` as it is typed without Vietnamese letters: no marks, `đ` as `d`; nothing else changes."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M"))
    return bare.replace("đ", "d").replace("Đ", "D")


def search_key(text: str) -> str:
    """Return the words of `text` in lower case without accents, `đ` as `d` and `y` as `i`, one space between words.

    Where the tone mark stands (Hòa, Hoà), which apostrophe is used (M'Drắk, M’Drắk) and all other punctuation make no
    difference. The key of a key is the key itself.
    """
    return _bare(text).translate(_Y_AS_I)


def slug(text: str) -> str:
    """Return `text` as it stands in an address: lower case, no accents, a hyphen between words."""
    return _bare(text).replace(" ", "-")


def words(text: str) -> tuple[str, ...]:
    """Return the words of the search key of `text`, in order."""
    return tuple(search_key(text).split())


def slips(word: str) -> frozenset[str]:
    """Return `word` and every form of it with one letter left out.

    Two words that share a form are one letter apart: added, missing, wrong, or swapped with its neighbour.
    """
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))} - {""})


def sort_key(text: str) -> str:
    """Return a key whose byte order is the Vietnamese dictionary order of `text`.

    Syllable by syllable: first the letters (a ă â b c d đ e ê … o ô ơ … u ư …), then the tone (level, huyền, hỏi, ngã,
    sắc, nặng), then the next syllable. Numbers stand before letters and count by their value (Phường 2, Phường 10).
    Case, punctuation and the place of the tone mark make no difference.
    """
    composed = unicodedata.normalize("NFKC", text).lower().translate(_WITHOUT_APOSTROPHES)
    runs: list[str] = _RUNS.findall(unicodedata.normalize("NFC", composed))
    return "".join(_number(run) if run.isdecimal() else _syllable(run) for run in runs)


def _bare(text: str) -> str:
    lowered = unicodedata.normalize("NFKD", text.translate(_WITHOUT_APOSTROPHES)).lower()
    plain = unicodedata.normalize("NFKD", lowered).translate(_PLAIN_D)
    letters = (c for c in plain if not unicodedata.category(c).startswith("M") and c not in _APOSTROPHES)
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def _number(digits: str) -> str:
    value = str(int(digits))
    return f"!{len(value):02}{value}"


def _syllable(letters: str) -> str:
    key: list[str] = []
    tone = "0"
    for letter in letters:
        decomposed = unicodedata.normalize("NFD", letter)
        base, marks = decomposed[0], decomposed[1:]
        written = "d~" if base in "đð" else base
        for mark in marks:
            written = _LETTER_MARKS.get(base + mark, written)
            tone = _TONES.get(mark, tone) if tone == "0" else tone
        key.append(written)
    return "".join(key) + tone
