"""Draw the papers about the catalogue as PDF: PDF/A-2a for the archive, PDF/UA-1 for screen readers."""

import json
from datetime import datetime
from enum import StrEnum

import typst

from motcua.documents.catalogue_data import DecisionData, ProposalData
from motcua.documents.fonts import families, fonts
from motcua.documents.rendering import LAYOUTS, printable_values


class CataloguePaper(StrEnum):
    """A paper about the catalogue; the value is the name of its layout, and the kind of the document once issued."""

    DECISION = "publication"
    PROPOSAL = "proposal"


def draw(paper: CataloguePaper, data: DecisionData | ProposalData) -> bytes:
    """Return the PDF that says `data`: the same data give the same bytes on the same machine."""
    compiler = typst.Compiler(LAYOUTS / f"{paper.value}.typ", root=LAYOUTS, font_paths=fonts())
    drawn = compiler.compile(
        format="pdf",
        sys_inputs={
            "data": json.dumps(printable_values(dict(data)), ensure_ascii=False),
            "fonts": json.dumps(families()),
        },
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(datetime.fromisoformat(data["at"]).timestamp()),
    )
    if not isinstance(drawn, bytes):
        raise TypeError(paper)
    return drawn
