"""Draw a prescribed form as a PDF from its fixed data: PDF/A-2a for the archive, PDF/UA-1 for screen readers.

The same data gives the same bytes on the same machine: nothing is printed that is not in the data, no clock is asked.
Layouts are the files in `typst/`; docs/law/forms.md says where each part comes from.
"""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst

from motcua.documents.fonts import families, fonts
from motcua.documents.form_data import FormData
from motcua.documents.wording import count_in_words, date_in_words, moment_in_words, typeset
from motcua.rules.papers import PaperKind

LAYOUTS = Path(__file__).resolve().parent / "typst"
_LAYOUT: dict[PaperKind, str] = {
    PaperKind.RECEIPT: "receipt.typ",
    PaperKind.SUPPLEMENT_REQUEST: "supplement_request.typ",
    PaperKind.REFUSAL: "refusal.typ",
    PaperKind.APOLOGY: "apology.typ",
    PaperKind.STOP_NOTICE: "stop_notice.typ",
}

_MOMENTS = frozenset({"due_at", "accepted_at", "old_due_at", "new_due_at"})
_COUNTS = frozenset({"set_count", "originals", "copies", "electronic"})


def render(kind: PaperKind, data: FormData) -> bytes:
    """Return the PDF of the form `kind` that says `data`."""
    compiler = typst.Compiler(LAYOUTS / _LAYOUT[kind], root=LAYOUTS, font_paths=fonts())
    drawn = compiler.compile(
        format="pdf",
        sys_inputs={
            "data": json.dumps(_printed(data), ensure_ascii=False),
            "fonts": json.dumps(families()),
            "qr": qr_code(data["look_up_url"]),
        },
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(datetime.fromisoformat(data["at"]).timestamp()),
    )
    if not isinstance(drawn, bytes):
        raise TypeError(kind)
    return drawn


def qr_code(content: str) -> str:
    """Return the QR code of `content` as SVG, one unit a module."""
    out = io.BytesIO()
    segno.make_qr(content, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=4)
    return out.getvalue().decode()


def _printed(data: FormData) -> object:
    """Return `data` with moments and counts in words and every text fit to print."""
    at = datetime.fromisoformat(data["at"])
    words = {name: _in_words(name, value) for name, value in data.items()}
    return _typeset(words | {"at": moment_in_words(at), "on": date_in_words(at)})


def _in_words(name: str, value: Any) -> object:
    if name == "papers":
        return [{key: _in_words(key, said) for key, said in paper.items()} for paper in value]
    if name == "derivation":
        return [line | {"on": f"{datetime.fromisoformat(line['date']):%d/%m/%Y}"} for line in value]
    if name in _MOMENTS:
        return moment_in_words(datetime.fromisoformat(value))
    return count_in_words(value) if name in _COUNTS else value


def _typeset(value: object) -> object:
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list):
        return [_typeset(item) for item in value]
    if isinstance(value, dict):
        return {key: _typeset(item) for key, item in value.items()}
    return value
