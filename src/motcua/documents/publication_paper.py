"""A publication decision as its paper says it, and its annex as a table (C-06)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from motcua.accounts.models import User
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content, TermsDefinition
from motcua.catalogue.events import PublicationIssued
from motcua.catalogue.models import Channel, PublicationDecision, PublicationLine
from motcua.catalogue.publication_facts import lines_of
from motcua.documents.catalogue_data import Annex, DecisionData
from motcua.documents.wording import date_in_words
from motcua.kernel.models import EventRecord
from motcua.organisations.models import Unit
from motcua.rules.publication import WITH_CONTENT, DecisionState, LineKind
from motcua.rules.time_limits import format_time_limit
from motcua.ui.wording import dong_in_words

_TITLES: Final = {
    LineKind.NEW: "Thủ tục hành chính mới ban hành",
    LineKind.AMENDED: "Thủ tục hành chính được sửa đổi, bổ sung",
    LineKind.REPLACED: "Thủ tục hành chính bị thay thế",
    LineKind.ABOLISHED: "Thủ tục hành chính bị bãi bỏ",
}
_COUNTED: Final = {
    LineKind.NEW: "mới ban hành",
    LineKind.AMENDED: "được sửa đổi, bổ sung",
    LineKind.REPLACED: "bị thay thế",
    LineKind.ABOLISHED: "bị bãi bỏ",
}
_CONTENT_HEADS: Final = [
    "TT",
    "Mã",
    "Tên thủ tục",
    "Thời hạn",
    "Địa điểm",
    "Cách thức",
    "Phí, lệ phí",
    "Căn cứ pháp lý",
]
_CONTENT_WIDTHS: Final = [0.4, 0.9, 2.2, 1.2, 1.6, 1.1, 1.1, 1.7]
_ROWS_ABOVE: Final = 2
"""The rows over the heads of the table: what it is of, and the decision."""
_CONTROL: Final = "Nghị định số 63/2010/NĐ-CP về kiểm soát thủ tục hành chính, đã được sửa đổi, bổ sung"
"""The decree that every publication rests on (C-01)."""


def decision_data(decision: PublicationDecision, *, at: datetime) -> DecisionData:
    """Return what the paper of `decision` says at `at`, in Vietnamese whoever asks; a draft until it is published."""
    with translation.override(settings.LANGUAGE_CODE):
        return _said(decision, at)


def _said(decision: PublicationDecision, at: datetime) -> DecisionData:
    lines, issuer = lines_of(decision), decision.issuer
    is_signed = decision.state == DecisionState.PUBLISHED and decision.signed_on is not None
    norm = f"Văn bản số {decision.norm}"
    if decision.norm_issued_on:
        norm += f" ngày {decision.norm_issued_on:%d/%m/%Y}"
    return {
        "superior": "",
        "desk": in_full(issuer.authority_name),
        "number": decision.number if is_signed else "",
        "place": _place(issuer),
        "at": timezone.localtime(at).isoformat(),
        "on": date_in_words(_noon(decision.signed_on)) if is_signed and decision.signed_on else "",
        "size": "A4",
        "is_draft": not is_signed,
        "signer": _signer(decision) if is_signed else "",
        "title": decision.title,
        "grounds": [_CONTROL, norm],
        "articles": _articles(lines, _first_days(lines) or [decision.norm_effective_on]),
        "annexes": annexes_of(lines),
    }


def _articles(lines: Sequence[PublicationLine], days: Sequence[date]) -> list[str]:
    counts = [
        f"{len(found):02} thủ tục {said}"
        for kind, said in _COUNTED.items()
        if (found := [one for one in lines if one.kind == kind])
    ]
    told = "; ".join(counts)
    from_days = ", ".join(f"{day:%d/%m/%Y}" for day in days)
    return [
        f"Công bố kèm theo Quyết định này danh mục thủ tục hành chính{f': {told}' if told else ''}.",
        f"Nội dung công bố tại Điều 1 áp dụng từ ngày {from_days}.",
        "Thủ trưởng các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.",
    ]


def _first_days(lines: Sequence[PublicationLine]) -> list[date]:
    """Return the days from which published lines hold, each once; nothing for a draft."""
    days = [
        line.version.valid_from if line.version is not None and line.version.is_published else line.ended_on
        for line in lines
    ]
    return sorted({day for day in days if day is not None})


def annexes_of(lines: Sequence[PublicationLine]) -> list[Annex]:
    """Return the tables of the annex, one a kind of line that there is, in the order of the law (C-06)."""
    return [_annex(kind, found) for kind in LineKind if (found := [one for one in lines if one.kind == kind])]


def _annex(kind: LineKind, lines: Sequence[PublicationLine]) -> Annex:
    if kind not in WITH_CONTENT:
        heads, widths = ["TT", "Mã", "Tên thủ tục", "Văn bản quy định việc bãi bỏ, thay thế"], [0.3, 0.8, 3.0, 2.0]
        if kind is LineKind.REPLACED:
            heads, widths = [*heads, "Thủ tục thay thế"], [*widths, 2.6]
    else:
        heads, widths = [*_CONTENT_HEADS], [*_CONTENT_WIDTHS]
        if kind is LineKind.AMENDED:
            heads, widths = [*heads, "Nội dung sửa đổi", "Văn bản sửa đổi"], [*widths, 1.6, 1.2]
    rows = [[str(number), *_cells(kind, line)] for number, line in enumerate(lines, start=1)]
    return {"title": _TITLES[kind], "heads": heads, "widths": widths, "rows": rows}


def _cells(kind: LineKind, line: PublicationLine) -> list[str]:
    norm = line.norm or line.decision.norm
    if line.version is None:
        ended = [line.procedure.code, line.procedure.title, norm]
        return ended if line.replaced_by is None else [*ended, f"{line.replaced_by.code} {line.replaced_by.title}"]
    content = content_of(line.version)
    cells = [line.procedure.code, *_content_cells(content)]
    return [*cells, line.note, norm] if kind is LineKind.AMENDED else cells


def _content_cells(content: Content) -> list[str]:
    terms = [content.terms, *(channel.terms for channel in content.channels)]
    return [
        content.title,
        _once("; ", map(_limit, terms)),
        content.receiving_address or ", ".join(content.implementing_agencies) or content.deciding_agency,
        _once(", ", (str(Channel.Method(channel.method).label) for channel in content.channels)),
        _once("; ", map(_fee, terms)),
        ", ".join(content.legal_basis),
    ]


def _once(between: str, words: Iterable[str]) -> str:
    return between.join(dict.fromkeys(filter(None, words)))


def _limit(terms: TermsDefinition) -> str:
    return terms.limit_text.rstrip(" .;") or (format_time_limit(terms.limit) if terms.limit else "")


def _fee(terms: TermsDefinition) -> str:
    if terms.fee_vnd is None:
        return terms.fee_text.rstrip(" .;")
    return "Không" if terms.fee_vnd == 0 else dong_in_words(terms.fee_vnd)


def _signer(decision: PublicationDecision) -> str:
    """Return the name of who published, as the record of events has it."""
    published = EventRecord.objects.filter(subject=str(decision.key), kind=PublicationIssued.__name__)
    record = published.select_related("actor").order_by("seq").first()
    return record.actor.display_name if record is not None and isinstance(record.actor, User) else ""


def in_full(authority: str) -> str:
    """Return the name of a body without abbreviation, as the head of a letter writes it."""
    return authority.replace("UBND ", "Ủy ban nhân dân ", 1)


def _place(issuer: Unit) -> str:
    """Name the place of issue: the province, without the word for its kind, as Decree 30/2020 asks."""
    words = issuer.name.split(" ")
    count = 2 if words[:2] == ["Thành", "phố"] else 1
    return " ".join(words[count:]) if issuer.is_territory else issuer.name


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())


def annex_sheet(decision: PublicationDecision) -> bytes:
    """Return the annex as a table in XLSX, a sheet a kind of line, each headed by what it is of."""
    with translation.override(settings.LANGUAGE_CODE):
        annexes = annexes_of(lines_of(decision))
    book = Workbook()
    book.remove(book.worksheets[0])
    for annex in annexes or [Annex(title="Danh mục", heads=_CONTENT_HEADS, widths=_CONTENT_WIDTHS, rows=[])]:
        sheet = book.create_sheet(annex["title"].removeprefix("Thủ tục hành chính ").capitalize()[:31])
        sheet.append([annex["title"]])
        title = decision.title if decision.number == "" else f"{decision.title} ({decision.number})"
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", title)])
        sheet.append(annex["heads"])
        for row in annex["rows"]:
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
        sheet["A1"].font = Font(bold=True, size=13)
        for number, share in enumerate(annex["widths"], start=1):
            sheet.column_dimensions[get_column_letter(number)].width = 6 + 16 * share
            sheet.cell(row=3, column=number).font = Font(bold=True)
        for cells in sheet.iter_rows():
            for cell in cells:
                cell.data_type = "s"  # a text that begins like a formula stays a text
                if cell.row > _ROWS_ABOVE:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A4"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
