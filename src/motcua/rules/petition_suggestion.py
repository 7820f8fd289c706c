"""Which unit a petition may be about, by its words: a suggestion with its reasons, never a decision (E-03).

Source: docs/law/petitions.md. What is learned is the catalogue itself: which unit decides procedures of which names.
Pairs of neighbouring words are compared, because a single Vietnamese syllable says little; a pair that stands in few
names says more than one that stands in many.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from motcua.rules.vietnamese import search_key, words

NAMED_SCORE = 100.0
"""What a unit gains whose own name stands in the text."""
LEAST_SCORE = 1.0
"""Below it nothing is suggested: the words are everybody's."""
_MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class Decides:
    """A procedure by its name, and the unit that decides it."""

    unit_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit with its reasons: whether the text names it, and the procedures it decides whose names share words."""

    unit_id: int
    score: float
    is_named: bool
    titles: tuple[str, ...]


def suggest_units(
    text: str, catalogue: Sequence[Decides], names: Mapping[int, str], *, most: int = 3
) -> tuple[Suggestion, ...]:
    """Return up to `most` units that `text` may be about, the likeliest first; `names` are those of every candidate."""
    asked, key = frozenset(_pairs(text)), f" {search_key(text)} "
    titles = dict.fromkeys(one.title for one in catalogue)
    common = Counter(pair for title in titles for pair in frozenset(_pairs(title)))
    worth = {title: _worth(title, asked, common, len(titles)) for title in titles}
    found = [
        suggestion
        for unit_id, name in names.items()
        if (suggestion := _of(unit_id, name, key, catalogue, worth)).score >= LEAST_SCORE
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.unit_id))[:most])


def _of(unit_id: int, name: str, key: str, catalogue: Iterable[Decides], worth: Mapping[str, float]) -> Suggestion:
    fitting = {one.title: worth[one.title] for one in catalogue if one.unit_id == unit_id and worth[one.title] > 0}
    best = sorted(fitting, key=lambda title: (-fitting[title], title))[:_MOST_REASONS]
    is_named = f" {search_key(name)} " in key
    score = max(fitting.values(), default=0.0) + (NAMED_SCORE if is_named else 0.0)
    return Suggestion(unit_id, score, is_named, tuple(best))


def _worth(title: str, asked: frozenset[tuple[str, str]], common: Mapping[tuple[str, str], int], count: int) -> float:
    """Return how much `title` shares with the text: each shared pair, the rarer the more."""
    return sum(log((1 + count) / common[pair]) for pair in sorted(frozenset(_pairs(title)) & asked))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(words(text))
