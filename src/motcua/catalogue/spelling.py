"""What each typed word may have been meant as: itself, a word one letter away, or two words run together."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection

from motcua.rules.vietnamese import slips

_LONGEST: Final = 24
_SHORTEST_TO_MEND: Final = 3
_SHORTEST_PART: Final = 2
_MOST_NEAR: Final = 10
_TELLING_SHARE: Final = 0.35
_SHARE_OF_UNKNOWN: Final = 0.85
_SHARE_OF_KNOWN: Final = 0.5

# Each form in the list, with the words of the catalogue it may stand for.
_MEANT: Final = """
SELECT slip.slip, word.word, word.procedure_count, (SELECT max(procedure_count) FROM catalogue_searchword)
FROM catalogue_searchslip slip JOIN catalogue_searchword word ON word.word = slip.word_id
WHERE slip.slip = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One typed word, `is_known` when the catalogue has it; `weight` is how much it tells.

    `near` are words it may have been meant as, the commonest first; `near_share` is what one of them counts beside the
    word itself. `telling` are the words worth looking up in the index: none when the word occurs nearly everywhere or
    is like nothing in the catalogue.
    """

    word: str
    is_known: bool
    near: tuple[str, ...]
    near_share: float
    weight: float
    telling: tuple[str, ...]
    may_be_unfinished: bool


def spell(typed: tuple[str, ...]) -> list[Reading]:
    """Return what each word of `typed` may have been meant as, words run together taken apart. One database query."""
    vocabulary = _Vocabulary(typed)
    parts = [part for word in typed for part in vocabulary.taken_apart(word)]
    return [vocabulary.reading(word, is_last=place == len(parts)) for place, word in enumerate(parts, start=1)]


class _Vocabulary:
    """The words of the catalogue that have to do with what was typed."""

    def __init__(self, typed: tuple[str, ...]) -> None:
        forms = {form for word in typed if len(word) <= _LONGEST for form in _forms(word)}
        with connection.cursor() as cursor:
            cursor.execute(_MEANT, [list(forms)])
            rows: list[tuple[str, str, int, int]] = cursor.fetchall()
        self._counts: Mapping[str, int] = {word: count for _, word, count, _ in rows}
        self._most = max((most for *_, most in rows), default=1)
        self._meant: dict[str, set[str]] = {}
        for form, word, _, _ in rows:
            self._meant.setdefault(form, set()).add(word)

    def taken_apart(self, word: str) -> tuple[str, ...]:
        """Return `word`, or the two words of the catalogue that it is made of when it is none itself.

        A word that is one letter away stands before parts that are rarer than it: "pheep" is "phep", not "phe ep".
        """
        if word in self._counts:
            return (word,)
        splits = [parts for parts in _splits(word) if all(part in self._counts for part in parts)]
        best = max(splits, key=self._rarest, default=(word,))
        return best if self._rarest(best) > max(map(self._counts.__getitem__, self._near(word)), default=0) else (word,)

    def reading(self, word: str, *, is_last: bool) -> Reading:
        """Return what `word` may have been meant as."""
        is_known = word in self._counts
        near = sorted(self._near(word), key=lambda one: (-self._counts[one], one))[:_MOST_NEAR]
        count = self._counts[word] if is_known else max((self._counts[one] for one in near), default=1)
        telling = [word] if is_known else near
        return Reading(
            word=word,
            is_known=is_known,
            near=tuple(near),
            near_share=_SHARE_OF_KNOWN if is_known else _SHARE_OF_UNKNOWN,
            weight=math.log(2 * (self._most + 1) / count) if is_known or near else 1.0,
            telling=tuple(one for one in telling if self._counts[one] <= _TELLING_SHARE * self._most),
            may_be_unfinished=is_last,
        )

    def _near(self, word: str) -> set[str]:
        return {near for form in _mended(word) for near in self._meant.get(form, ())} - {word}

    def _rarest(self, parts: tuple[str, ...]) -> int:
        return min(self._counts.get(part, 0) for part in parts)


def _forms(word: str) -> Iterator[str]:
    yield from _mended(word)
    for parts in _splits(word):
        for part in parts:
            yield from _mended(part)


def _mended(word: str) -> frozenset[str]:
    is_mendable = len(word) >= _SHORTEST_TO_MEND and not word.isdecimal()
    return slips(word) if is_mendable else frozenset({word})


def _splits(word: str) -> Iterator[tuple[str, str]]:
    for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        yield word[:place], word[place:]
