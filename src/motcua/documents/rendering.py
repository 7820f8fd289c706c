"""Draw a prescribed form as a PDF from its fixed data: PDF/A-2a for the archive, PDF/UA-1 for screen readers.

The same data gives the same bytes on the same machine: nothing is printed that is not in the data, no clock is asked.
Layouts are the files in `typst/`; docs/law/forms.md says where each part comes from.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from motcua.documents.codes import barcode, qr_code
from motcua.documents.fonts import families, fonts
from motcua.documents.form_data import FormData
from motcua.documents.office_data import OfficeData
from motcua.documents.wording import (
    count_in_words,
    date_in_words,
    moment_in_short,
    moment_in_words,
    typeset,
)
from motcua.rules.papers import PaperKind
from motcua.rules.prescribed_forms import AnyPaper, OfficePaper

LAYOUTS = Path(__file__).resolve().parent / "typst"
_LAYOUT: dict[AnyPaper, str] = {
    PaperKind.RECEIPT: "receipt.typ",
    PaperKind.SUPPLEMENT_REQUEST: "supplement_request.typ",
    PaperKind.REFUSAL: "refusal.typ",
    PaperKind.APOLOGY: "apology.typ",
    PaperKind.STOP_NOTICE: "stop_notice.typ",
    OfficePaper.CONTROL_SHEET: "control_sheet.typ",
    OfficePaper.REGISTER: "register.typ",
    OfficePaper.HANDOVER_LIST: "handover_list.typ",
    OfficePaper.PAPER_KIT: "paper_kit.typ",
}

_COUNTS = frozenset({"set_count", "originals", "copies", "electronic", "line_count", "extension_count"})
_TABLES = frozenset({"papers", "handovers", "lines"})


def render(kind: AnyPaper, data: FormData | OfficeData, *, letters: Sequence[str] | None = None) -> bytes:
    """Return the PDF of the form `kind` that says `data`.

    `letters` are the font families, the first one first; None takes the best that the machine has.
    """
    printed: Any = data
    codes = (
        _codes_of_kit(printed) if "slots" in printed else _codes(printed.get("code", ""), printed.get("look_up_url"))
    )
    return draw(_LAYOUT[kind], printed, codes, letters=letters)


def draw(
    layout: str, data: Mapping[str, Any], codes: Mapping[str, str], *, letters: Sequence[str] | None = None
) -> bytes:
    """Return the PDF of a layout that says `data`, whose `at` is its moment; `codes` are further texts it reads.

    `letters` are the font families, the first one first; None takes the best that the machine has.
    """
    compiler = typst.Compiler(LAYOUTS / layout, root=LAYOUTS, font_paths=fonts())
    drawn = compiler.compile(
        format="pdf",
        sys_inputs={
            "data": json.dumps(_printed(data), ensure_ascii=False),
            "fonts": json.dumps(letters or families()),
            **codes,
        },
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(datetime.fromisoformat(data["at"]).timestamp()),
    )
    if not isinstance(drawn, bytes):
        raise TypeError(layout)
    return drawn


def _codes(code: str, look_up_url: str) -> dict[str, str]:
    """Return what the layout of a paper about one dossier draws beside its title; nothing for other papers."""
    if not code:
        return {}
    bars = barcode(code)
    return {"qr": qr_code(look_up_url), "barcode": bars.svg, "bars": str(bars.modules)}


def _codes_of_kit(kit: dict[str, Any]) -> dict[str, str]:
    """Return the QR code of the look-up, and the bars of each number by what they say."""
    drawn = {slot["bars"]: barcode(slot["bars"]) for slot in kit["slots"]}
    bars = {said: {"svg": bars.svg, "modules": bars.modules} for said, bars in drawn.items()}
    return {"qr": qr_code(kit["look_up_url"]), "bars": json.dumps(bars)}


def _printed(data: Mapping[str, Any]) -> object:
    """Return `data` with moments and counts in words and every text fit to print."""
    at = datetime.fromisoformat(data["at"])
    words = {name: _in_words(name, value) for name, value in data.items()}
    return printable_values(words | {"at": moment_in_words(at), "on": date_in_words(at)})


def _in_words(name: str, value: Any) -> object:
    if name in _TABLES:
        return [{key: _in_cell(key, said) for key, said in row.items()} for row in value]
    if name == "derivation":
        return [line | {"on": f"{datetime.fromisoformat(line['date']):%d/%m/%Y}"} for line in value]
    if name.endswith("_at"):
        return moment_in_words(datetime.fromisoformat(value)) if value else ""
    return count_in_words(value) if name in _COUNTS else value


def _in_cell(name: str, value: Any) -> object:
    """Write moments and days in a table short: there are many, and little room."""
    if name.endswith("_at"):
        return moment_in_short(datetime.fromisoformat(value)) if value else ""
    if name.endswith("_on"):
        return f"{datetime.fromisoformat(value):%d/%m/%Y}" if value else ""
    return count_in_words(value) if name in _COUNTS else value


def printable_values(value: object) -> object:
    """Return `value`, down to its last text, with only what can be printed."""
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, list | tuple):
        return [printable_values(item) for item in value]
    if isinstance(value, dict):
        return {key: printable_values(item) for key, item in value.items()}
    return value
