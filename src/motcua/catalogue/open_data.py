"""Procedures as open data: one record a procedure, for machines and spreadsheets, with no word about any person."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import ChannelDefinition, PaperDefinition, TermsDefinition
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries.day import versions_in_force
from motcua.catalogue.version_text import fee_text, limit_text
from motcua.kernel.events import plain

FORMAT: Final = "1"
"""Raised when the columns change, so that what was kept by somebody is fetched anew."""

_CHUNK: Final = 500
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class OpenTerms:
    """A limit and a fee as understood (None: not understood) and as written; `fee_vnd` 0 is free of charge."""

    limit_amount: str | None
    limit_unit: str | None
    limit_text: str
    fee_vnd: int | None
    fee_currency: str
    fee_text: str


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper of the closed list; `case` is empty where everybody brings it."""

    name: str
    case: str
    originals: int
    copies: int
    form_no: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A way to file: DIRECT, ONLINE or POSTAL."""

    method: str
    terms: OpenTerms
    note: str


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """One procedure as published: what C-03 wants told, where the text stands in time, and its permanent path.

    `valid_until` is the first day without this version, None: not known. `withdrawn_on` is the first day without the
    procedure, and `replaced_by` then may be the code of the one to file instead, else empty.
    """

    code: str
    path: str
    title: str
    short_title: str
    summary: str
    sector: str
    scope: str
    level: str
    online_level: str
    version: int
    valid_from: date
    valid_until: date | None
    withdrawn_on: date | None
    replaced_by: str
    decision_no: str
    terms: OpenTerms
    channels: tuple[OpenChannel, ...]
    papers: tuple[OpenPaper, ...]
    paper_notes: tuple[str, ...]
    set_count: int
    results: tuple[str, ...]
    steps: tuple[str, ...]
    conditions: str
    subjects: tuple[str, ...]
    deciding_agency: str
    implementing_agencies: tuple[str, ...]
    coordinating_agencies: str
    receiving_address: str
    legal_basis: tuple[str, ...]


COLUMNS: Final = tuple(field.name for field in fields(OpenRecord))
"""The columns of the table, in order: those of the record."""


def shown_version(procedure: Procedure, on: date) -> ProcedureVersion | None:
    """Return what a procedure says on `on`, else its newest published text; None when nothing was ever published.

    Of an abolished one that is the newest text that held.
    """
    return procedure.versions.last_shown(on).select_related("procedure__sector", "procedure__replaced_by").first()


def records_on(day: date) -> Iterator[OpenRecord]:
    """Yield what is in force on `day`, by code, a few hundred rows in memory at a time."""
    rows = versions_in_force(day).select_related("procedure__sector", "procedure__replaced_by")
    ordered = rows.prefetch_related("papers", "channels", "results").order_by("procedure__code")
    for version in ordered.iterator(chunk_size=_CHUNK):
        yield record_of(version)


def state_on(day: date) -> str:
    """Return a short hash of the catalogue in force on `day`: days of equal hash have the same records."""
    seen = hashlib.sha256(FORMAT.encode())
    rows = versions_in_force(day).order_by("procedure__code")
    for row in rows.values_list(
        "procedure__code",
        "number",
        "content_hash",
        "valid_from",
        "valid_until",
        "procedure__withdrawn_on",
        "procedure__sector__name",
    ).iterator(chunk_size=_CHUNK):
        seen.update(repr(row).encode())
    return seen.hexdigest()[:24]


def record_of(version: ProcedureVersion) -> OpenRecord:
    """Return one version as a record, in three queries unless its parts are loaded; needs `procedure` loaded."""
    procedure, content = version.procedure, content_of(version)
    return OpenRecord(
        code=procedure.code,
        path=f"/thu-tuc/{procedure.code}/",
        title=content.title,
        short_title=content.short_title,
        summary=content.summary,
        sector=procedure.sector.name,
        scope=procedure.scope,
        level=content.level,
        online_level=content.online_level,
        version=version.number,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        withdrawn_on=procedure.withdrawn_on,
        replaced_by=procedure.replaced_by.code if procedure.replaced_by else "",
        decision_no=content.decision_no,
        terms=_terms(content.terms),
        channels=tuple(_channel(channel) for channel in content.channels),
        papers=tuple(_paper(paper) for paper in content.papers if not paper.is_note),
        paper_notes=tuple(paper.name for paper in content.papers if paper.is_note),
        set_count=content.set_count,
        results=tuple(result.name for result in content.results),
        steps=content.steps,
        conditions=content.conditions,
        subjects=content.subjects,
        deciding_agency=content.deciding_agency,
        implementing_agencies=content.implementing_agencies,
        coordinating_agencies=content.coordinating_agencies,
        receiving_address=content.receiving_address,
        legal_basis=content.legal_basis,
    )


def as_json(record: OpenRecord) -> str:
    """Return the record as one line of JSON."""
    return json.dumps(plain(asdict(record)), ensure_ascii=False, separators=(",", ":"))


def json_lines(records: Iterable[OpenRecord]) -> Iterator[bytes]:
    """Yield the records as JSON, one a line."""
    for record in records:
        yield f"{as_json(record)}\n".encode()


def csv_lines(records: Iterable[OpenRecord]) -> Iterator[bytes]:
    """Yield the records as CSV with a header, lists parted by " | "; no cell ever becomes a formula.

    It begins with the mark of UTF-8, without which spreadsheets read the letters wrongly.
    """
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for record in records:
        yield _line([_cell(getattr(record, name)) for name in COLUMNS])


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    text = " | ".join(_said(item) for item in value) if isinstance(value, tuple) else _said(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _said(value: object) -> str:
    if isinstance(value, OpenPaper):
        counts = f"{value.originals} bản chính, {value.copies} bản sao"
        return f"{value.name} ({counts}{f'; {value.case}' if value.case else ''})"
    if isinstance(value, OpenChannel):
        return "; ".join(text for text in (value.method, _said(value.terms), value.note) if text)
    if isinstance(value, OpenTerms):
        return "; ".join(text for text in (value.limit_text, value.fee_text) if text)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _terms(terms: TermsDefinition) -> OpenTerms:
    return OpenTerms(
        limit_amount=f"{terms.limit.amount:f}" if terms.limit else None,
        limit_unit=terms.limit.unit.value if terms.limit else None,
        limit_text=terms.limit_text or limit_text(terms),
        fee_vnd=terms.fee_vnd,
        fee_currency=terms.fee_currency,
        fee_text=terms.fee_text or fee_text(terms),
    )


def _channel(channel: ChannelDefinition) -> OpenChannel:
    return OpenChannel(channel.method, _terms(channel.terms), channel.note)


def _paper(paper: PaperDefinition) -> OpenPaper:
    return OpenPaper(paper.name, paper.case, paper.originals, paper.copies, paper.form_no, paper.is_required)
