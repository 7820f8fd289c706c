"""How alike two names are, by the letters they share, so that a likely counterpart can be offered."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from motcua.rules.vietnamese import search_key

MOST_SUGGESTED: Final = 5
_LEAST: Final = 0.3
_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name of ours and how alike it is, from 0 to 100."""

    name: str
    percent: int


def suggestions(theirs: str, ours: Iterable[str], *, most: int = MOST_SUGGESTED) -> tuple[Suggestion, ...]:
    """Return the names of ours that resemble `theirs`, the likeliest first; accents and capitals are no difference."""
    wanted = _runs(theirs)
    rated = ((_shared(wanted, _runs(name)), name) for name in ours)
    best = sorted((rate, name) for rate, name in rated if rate >= _LEAST)
    best.sort(key=lambda one: (-one[0], one[1]))
    return tuple(Suggestion(name, round(100 * rate)) for rate, name in best[:most])


def likeness(one: str, other: str) -> float:
    """Return the part of three-letter runs that two names share, from 0 to 1."""
    return _shared(_runs(one), _runs(other))


def _runs(text: str) -> Counter[str]:
    padded = (f"  {word} " for word in search_key(text).split())
    return Counter(word[place : place + _RUN] for word in padded for place in range(len(word) - _RUN + 1))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
