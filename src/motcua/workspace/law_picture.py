"""The picture of a legal document among its neighbours: who does something to it, and to whom it does something."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from motcua.legislation.queries.register import DocumentPage, Tied
from motcua.rules.legal_effect import ENDED, Relation
from motcua.workspace.labels import Words
from motcua.workspace.law_words import DOES

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, EDGE = 190, 58, 190, 18, 8
MOST: Final = 12
"""Neighbours drawn on a side; the table below the picture names all."""
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class DocumentBox:
    """A document: where it stands, what it says, whether it has ended or is the one in the middle."""

    x: int
    y: int
    number: str
    note: str
    has_ended: bool
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the document that does something to the other; the word starts or ends beside the outer box."""

    path: str
    label: Words
    label_x: int
    label_y: int
    ends_there: bool


@dataclass(frozen=True, slots=True)
class LawPicture:
    """The whole picture, in pixels; `left_out` counts the neighbours for whom there was no room."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[DocumentBox, ...]
    arrows: tuple[Arrow, ...]
    left_out: int


def law_picture(page: DocumentPage) -> LawPicture | None:
    """Return the picture, None where a document stands alone. On the left stands who does something to it."""
    left, right = page.ties_in[:MOST], page.ties_out[:MOST]
    if not left and not right:
        return None
    rows = max(len(left), len(right), 1)
    height = 2 * EDGE + rows * BOX_HEIGHT + (rows - 1) * GAP_Y
    middle_x = EDGE + (BOX_WIDTH + GAP_X if left else 0)
    right_x = middle_x + BOX_WIDTH + GAP_X
    width = (right_x + BOX_WIDTH if right else middle_x + BOX_WIDTH) + EDGE
    document = page.document
    middle = DocumentBox(
        middle_x,
        (height - BOX_HEIGHT) // 2,
        document.number,
        _short(document.title),
        page.status in ENDED,
        is_middle=True,
    )
    lefts = _column(left, EDGE, height)
    rights = _column(right, right_x, height)
    arrows = [_arrow(box, middle, tied.relation, near=box) for box, tied in zip(lefts, left, strict=True)]
    arrows += [_arrow(middle, box, tied.relation, near=box) for box, tied in zip(rights, right, strict=True)]
    return LawPicture(
        width=width,
        height=height,
        box_width=BOX_WIDTH,
        box_height=BOX_HEIGHT,
        boxes=(*lefts, middle, *rights),
        arrows=tuple(arrows),
        left_out=len(page.ties_in) - len(left) + len(page.ties_out) - len(right),
    )


def _column(ties: Sequence[Tied], x: int, height: int) -> list[DocumentBox]:
    taken = len(ties) * BOX_HEIGHT + (len(ties) - 1) * GAP_Y
    top = (height - taken) // 2
    return [
        DocumentBox(
            x=x,
            y=top + place * (BOX_HEIGHT + GAP_Y),
            number=tied.other.number,
            note=_short(tied.other.title),
            has_ended=tied.other.status in ENDED,
        )
        for place, tied in enumerate(ties)
    ]


def _arrow(source: DocumentBox, target: DocumentBox, relation: Relation, *, near: DocumentBox) -> Arrow:
    """Draw from the right edge of one to the left edge of the other; the word stands beside the outer box."""
    start, end = source.x + BOX_WIDTH, target.x
    first, last = source.y + BOX_HEIGHT // 2, target.y + BOX_HEIGHT // 2
    bend = (start + end) // 2
    is_outgoing = near is source
    return Arrow(
        path=f"M{start},{first} C{bend},{first} {bend},{last} {end},{last}",
        label=DOES[relation],
        label_x=start + 10 if is_outgoing else end - 12,
        label_y=near.y + BOX_HEIGHT // 2 - 8,
        ends_there=not is_outgoing,
    )


def _short(title: str) -> str:
    return textwrap.shorten(title, _LETTERS, placeholder="…")
