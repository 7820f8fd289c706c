"""What differs between two versions of a procedure, part by part and word by word (C-03, C-06).

Source: docs/law/procedure-parts.md: who publishes an amendment names the amended parts. Compared is the text as
published; what a change means is for the reader to judge.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from motcua.rules.procedure_parts import Part

_TOKEN: Final = re.compile(r"\S+\s*")
_ALIKE: Final = 0.5
"""Two lines that share fewer of their words than this are two lines, one dropped and one added."""


class Change(StrEnum):
    """What became of a line of a part."""

    ADDED = "ADDED"
    DROPPED = "DROPPED"
    CHANGED = "CHANGED"


class PieceKind(StrEnum):
    """What became of some words of a line."""

    KEPT = "KEPT"
    DELETED = "DELETED"
    INSERTED = "INSERTED"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One line of a part: a paper, a step, a document. Lines of one `key` say something of the same thing."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a changed line; pieces that follow one another stand apart by a space."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One line that differs: without the insertions the pieces are the old text, without the deletions the new."""

    change: Change
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PartDifference:
    """The lines of one part that differ, in the order of the new version, dropped ones where they stood."""

    part: Part
    lines: tuple[LineDifference, ...]


PartLines = Mapping[Part, Sequence[PartLine]]


def part_differences(before: PartLines, after: PartLines) -> tuple[PartDifference, ...]:
    """Return the parts that differ, in the order of the form; empty when both say the same.

    Lines that say the same are equal wherever they stand: that a line moved is no difference.
    """
    found = ((part, _line_differences(before.get(part, ()), after.get(part, ()))) for part in Part)
    return tuple(PartDifference(part, lines) for part, lines in found if lines)


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return how `before` became `after`, word by word; spaces, capitals and leading noughts are no difference."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    return tuple(_pieces(old, new, _matcher(old, new)))


def _pieces(old: list[str], new: list[str], matcher: "SequenceMatcher[str]") -> Iterator[Piece]:
    for kind, old_from, old_until, new_from, new_until in matcher.get_opcodes():
        if kind == "equal":
            yield Piece(PieceKind.KEPT, _joined(new[new_from:new_until]))
            continue
        if old_from < old_until:
            yield Piece(PieceKind.DELETED, _joined(old[old_from:old_until]))
        if new_from < new_until:
            yield Piece(PieceKind.INSERTED, _joined(new[new_from:new_until]))


def _joined(tokens: Sequence[str]) -> str:
    return "".join(tokens).rstrip()


def _line_differences(before: Sequence[PartLine], after: Sequence[PartLine]) -> tuple[LineDifference, ...]:
    pairs = _paired(before, after)
    new_of, old_of = dict(pairs), {new: old for old, new in pairs}
    told: list[tuple[float, LineDifference]] = []
    last = -1.0
    for old, line in enumerate(before):
        if old in new_of:
            last = float(new_of[old])
        else:
            told.append((last + 0.5, LineDifference(Change.DROPPED, (Piece(PieceKind.DELETED, line.text),))))
    for new, line in enumerate(after):
        if new not in old_of:
            told.append((float(new), LineDifference(Change.ADDED, (Piece(PieceKind.INSERTED, line.text),))))
            continue
        pieces = word_pieces(before[old_of[new]].text, line.text)
        if any(piece.kind is not PieceKind.KEPT for piece in pieces):
            told.append((float(new), LineDifference(Change.CHANGED, pieces)))
    return tuple(line for _, line in sorted(told, key=lambda one: one[0]))


def _paired(before: Sequence[PartLine], after: Sequence[PartLine]) -> list[tuple[int, int]]:
    """Return which line became which: equal ones first, then those of one key, then the most alike."""
    pairs: list[tuple[int, int]] = []
    old_left, new_left = list(range(len(before))), list(range(len(after)))
    for trait in (_words, _key):
        waiting: dict[str, list[int]] = {}
        for new in new_left:
            waiting.setdefault(trait(after[new]), []).append(new)
        found = [(old, places.pop(0)) for old in old_left if (places := waiting.get(trait(before[old])))]
        pairs += found
        old_left, new_left = _left(old_left, new_left, found)
    return pairs + _most_alike(before, after, old_left, new_left)


def _left(
    old_left: Sequence[int], new_left: Sequence[int], found: Sequence[tuple[int, int]]
) -> tuple[list[int], list[int]]:
    olds, news = {old for old, _ in found}, {new for _, new in found}
    return [old for old in old_left if old not in olds], [new for new in new_left if new not in news]


def _most_alike(
    before: Sequence[PartLine], after: Sequence[PartLine], old_left: Sequence[int], new_left: Sequence[int]
) -> list[tuple[int, int]]:
    alike = [
        (-likeness, old, new)
        for old in old_left
        for new in new_left
        if (likeness := _likeness(before[old].text, after[new].text)) >= _ALIKE
    ]
    pairs: list[tuple[int, int]] = []
    olds: set[int] = set()
    news: set[int] = set()
    for _, old, new in sorted(alike):
        if old not in olds and new not in news:
            pairs.append((old, new))
            olds.add(old)
            news.add(new)
    return pairs


def _likeness(before: str, after: str) -> float:
    matcher = _matcher(_TOKEN.findall(before), _TOKEN.findall(after))
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _matcher(old: Sequence[str], new: Sequence[str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, [_folded(token) for token in old], [_folded(token) for token in new], autojunk=False)


def _words(line: PartLine) -> str:
    return " ".join(_folded(token) for token in line.text.split())


def _folded(token: str) -> str:
    """Return the word as it is compared: "05" is 5, and a capital letter is no difference."""
    word = token.rstrip().casefold()
    return str(int(word)) if word.isdecimal() else word


def _key(line: PartLine) -> str:
    return line.key
