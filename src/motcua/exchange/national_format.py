"""A procedure as the national database writes one, so that nothing it can hold is lost (C-04).

The keys of the pull (TENTTHC, CACHTHUCTHUCHIEN, …) are those of the service LayThuTuc. Parts that C-04 names and that
structure does not have stand beside them in the same manner; what is ours alone stands under `MOTCUA`, which others
leave unread. See docs/features/national-database.md.
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ProcedureDefinition,
    TermsDefinition,
)
from motcua.exchange.national_words import CHANNELS, LEVELS, ONLINE, PUBLIC, TIME_UNITS
from motcua.kernel.events import JsonValue, plain
from motcua.rules.declarations import FieldDefinition, as_stored
from motcua.rules.vietnamese import nfc

NationalRecord = dict[str, JsonValue]
OWN_KEY: Final = "MOTCUA"
OWN_FIELDS: Final = (
    "short_title",
    "summary",
    "life_events",
    "handled_by",
    "is_one_stop",
    "names_abolished_body",
    "is_deciding_agency_inferred",
    "are_steps_shortened",
    "is_full",
)
"""What we say of a procedure and the national structure has no place for."""


def record_of(definition: ProcedureDefinition) -> NationalRecord:
    """Return the procedure in the national structure; text stands in the form we store (NFC, no empty line)."""
    said = definition.content
    return {
        "MATTHC": definition.code,
        "TENTTHC": nfc(said.title),
        "TRANGTHAI": PUBLIC,
        "SOQUYETDINH": clean(said.decision_no),
        "MACOQUANCONGBO": "",
        "TENCOQUANCONGBO": clean(definition.issuing_authority),
        "LOAITHUTUC": clean(definition.kind),
        "DIAPHUONG": definition.scope == "LOCAL",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "", "TENLINHVUC": nfc(definition.sector)}],
        "CAPTHUCHIEN": LEVELS[said.level],
        "CACCAPTHUCHIEN": [LEVELS[level] for level in said.levels],
        "MUCDOTRUCTUYEN": ONLINE[said.online_level],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": step} for step in _texts(said.steps)]}],
        "THOIGIANCHUNG": _terms(said.terms),
        "CACHTHUCTHUCHIEN": [_channel(channel) for channel in said.channels],
        "THANHPHANHOSO": _papers(said.papers),
        "SOBOHOSO": said.set_count,
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": subject} for subject in _texts(said.subjects)],
        "COQUANTHUCHIEN": [{"TENDONVI": name, "MADONVI": ""} for name in _texts(said.implementing_agencies)],
        "COQUANCOTHAMQUYEN": clean(said.deciding_agency),
        "COQUANUYQUYEN": clean(said.delegated_agency),
        "COQUANPHOIHOP": clean(said.coordinating_agencies),
        "DIACHITIEPNHAN": clean(said.receiving_address),
        "KETQUATHUCHIEN": [{"MAKETQUA": clean(one.code), "TENKETQUA": clean(one.name)} for one in said.results],
        "CANCUPHAPLY": [{"SOVANBAN": number, "TENVANBAN": ""} for number in _texts(said.legal_basis)],
        "YEUCAU": clean(said.conditions),
        "TUKHOA": list(_texts(said.keywords)),
        OWN_KEY: _own(said),
    }


def lines_of_records(records: Iterable[NationalRecord]) -> bytes:
    """Return JSON lines, the same bytes for the same records."""
    return "".join(f"{_written(record)}\n" for record in records).encode()


def document_of_records(records: Iterable[NationalRecord]) -> bytes:
    """Return one document, as the service answers: `{"error_code": "0", "result": […]}`."""
    written = ",\n".join(map(_written, records))
    return f'{{"error_code":"0","result":[\n{written}\n]}}\n'.encode()


def packed(written: bytes) -> bytes:
    """Return the bytes gzipped, the same for the same bytes: no time of day and no name stands in them."""
    return gzip.compress(written, compresslevel=6, mtime=0)


def clean(text: str) -> str:
    """Return `text` in the form in which a file is read: each line in NFC with single spaces, no empty line."""
    return "\n".join(line for line in map(nfc, text.replace("\x00", "").split("\n")) if line)


def _written(record: NationalRecord) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(clean, texts) if text)


def _channel(channel: ChannelDefinition) -> NationalRecord:
    return {"KENH": CHANNELS[channel.method], "MOTA": clean(channel.note), "THOIGIAN": [_terms(channel.terms)]}


def _terms(terms: TermsDefinition) -> NationalRecord:
    limit = terms.limit
    return {
        "THOIGIANGIAIQUYET": f"{limit.amount:f}" if limit else "",
        "DONVITINH": TIME_UNITS[limit.unit] if limit else "",
        "MOTA": clean(terms.limit_text),
        "CANXEMLAI": terms.limit_needs_review,
        "PHILEPHI": [
            {
                "MAPHILEPHI": "",
                "SOTIEN": terms.fee_vnd,
                "DONVI": clean(terms.fee_currency),
                "MOTA": clean(terms.fee_text),
                "CANCU": clean(terms.fee_basis),
                "CANXEMLAI": terms.fee_needs_review,
            }
        ],
    }


def _papers(papers: Iterable[PaperDefinition]) -> list[JsonValue]:
    return [
        {"TRUONGHOP": case, "GIAYTO": [_paper(paper) for paper in of_case]}
        for case, of_case in groupby(papers, key=lambda paper: clean(paper.case))
    ]


def _paper(paper: PaperDefinition) -> NationalRecord:
    files = _texts(paper.form_files)
    return {
        "MAGIAYTO": "",
        "TENGIAYTO": clean(paper.name),
        "TENMAUDON": clean(paper.form_no),
        "URL": files[0] if files else "",
        "URLKHAC": list(files[1:]),
        "SOBANCHINH": paper.originals,
        "SOBANSAO": paper.copies,
        "BATBUOC": paper.is_required,
        "GHICHU": paper.is_note,
    }


def _own(said: Content) -> NationalRecord:
    own = {name: _own_value(getattr(said, name)) for name in OWN_FIELDS}
    return {**own, "declaration": [_question(field) for field in said.declaration]}


def _question(field: FieldDefinition) -> NationalRecord:
    # Cleaned first: what is nothing but spaces is left out, as what is not said.
    said = replace(field, group=clean(field.group), prefill=clean(field.prefill), default=clean(field.default))
    return {name: _own_value(value) for name, value in as_stored(said).items()}


def _own_value(value: object) -> JsonValue:
    if isinstance(value, tuple | list):
        return list(_texts(value))
    if isinstance(value, dict):
        return {name: _own_value(one) for name, one in value.items()}
    return clean(value) if isinstance(value, str) else plain(value)
