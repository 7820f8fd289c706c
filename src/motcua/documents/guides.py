"""Draw papers that citizens print for themselves: what to bring, a blank declaration. No text prescribes them.

Nothing is kept: the same data gives the same bytes on the same machine.
"""

import json
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

import typst

from motcua.documents.fonts import families, fonts
from motcua.documents.rendering import LAYOUTS
from motcua.documents.wording import typeset


class GuideHead(TypedDict):
    """What every such paper says; `at` is a moment in ISO 8601, `on` the same in words, `url` the procedure's page.

    `standing` warns of a text that does not hold, not yet, or not for long; empty while nothing ends it.
    """

    title: str
    code: str
    decision: str
    at: str
    on: str
    url: str
    standing: list[str]


class GuidePaper(TypedDict):
    """One paper to bring."""

    name: str
    counts: str


class GuideGroup(TypedDict):
    """The papers of one case, by its heading."""

    heading: str
    papers: list[GuidePaper]


class ChecklistData(GuideHead):
    """What to bring, where, and what to expect; `place` lines are empty until somebody says where they live."""

    groups: list[GuideGroup]
    notes: list[str]
    sets: str
    limit: str
    fee: str
    ways: str
    place: list[str]


class BlankPiece(TypedDict):
    """A piece of a declaration: `kind` is "question", "heading", "note" or "group".

    A question has boxes to tick for its `options`, else `lines` to write on. A group has its `pieces` printed so many
    `rows`, and `more` says what to do with further ones, empty where there are none. `number` is empty for what asks
    nothing, `when` says under which answers the piece is asked, empty for always.
    """

    kind: str
    number: str
    label: str
    help: str
    when: str
    options: list[str]
    lines: int
    rows: int
    more: str
    pieces: list["BlankPiece"]


class BlankFormData(GuideHead):
    """A declaration to fill in by hand, addressed to `agency`."""

    agency: str
    pieces: list[BlankPiece]


class Guide(StrEnum):
    """The layouts, by their files."""

    CHECKLIST = "checklist.typ"
    BLANK_FORM = "blank_form.typ"


def draw_guide(guide: Guide, data: ChecklistData | BlankFormData) -> bytes:
    """Return the PDF that says `data`: PDF/A-2a, and PDF/UA-1 for screen readers."""
    compiler = typst.Compiler(LAYOUTS / guide.value, root=LAYOUTS, font_paths=fonts())
    drawn = compiler.compile(
        format="pdf",
        sys_inputs={
            "data": json.dumps(_typeset(data), ensure_ascii=False),
            "fonts": json.dumps(families()),
        },
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(datetime.fromisoformat(data["at"]).timestamp()),
    )
    if not isinstance(drawn, bytes):
        raise TypeError(guide)
    return drawn


def _typeset(value: object) -> object:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [_typeset(item) for item in value]
    if isinstance(value, dict):
        return {key: _typeset(item) for key, item in value.items()}
    return value
