"""Publication decisions in the words and parts that templates print."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.catalogue.definitions import TermsDefinition
from motcua.catalogue.models import Channel
from motcua.catalogue.publication_pages import DecisionPage, DecisionRow, LineCard
from motcua.rules.publication import DecisionState, Extent, LineKind
from motcua.rules.time_limits import format_time_limit
from motcua.ui.wording import date_in_words, dong_in_words
from motcua.workspace.publication_words import flaw_in_words, measured_in_words, parts_in_words


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A decision in the list, its deadlines in words."""

    key: uuid.UUID
    title: str
    number: str
    state: str
    norm: str
    norm_effective_on: date
    line_count: int
    publication: str
    is_late: bool
    entry: str
    is_entry_late: bool


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line in the columns of the annex (C-06): name, limit, place, ways, fee, legal basis, amended part, norm."""

    code: str
    title: str
    kind: str
    has_content: bool
    is_list: bool
    limit: str
    place: str
    ways: str
    fee: str
    legal_basis: str
    norm: str
    note: str
    successor: str
    changed: str
    holds_from: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of a procedure: its name, its lines, and whether it is new."""

    label: str
    lines: tuple[str, ...]
    is_changed: bool


def printed_row(row: DecisionRow) -> PrintedRow:
    """Return a decision as it is read in the list."""
    return PrintedRow(
        key=row.key,
        title=row.title,
        number=row.number,
        state=row.state_label,
        norm=row.norm,
        norm_effective_on=row.norm_effective_on,
        line_count=row.line_count,
        publication=measured_in_words(row.publication),
        is_late=row.publication.late_days > 0,
        entry=measured_in_words(row.entry) if row.entry else "",
        is_entry_late=bool(row.entry and row.entry.late_days),
    )


def standing_of(page: DecisionPage) -> str:
    """Return where a decision stands, as a sentence."""
    decision = page.decision
    if page.state is DecisionState.PUBLISHED and decision.signed_on:
        return _("Đã công bố theo Quyết định số %(number)s ngày %(day)s.") % {
            "number": decision.number,
            "day": date_in_words(decision.signed_on),
        }
    if page.state is DecisionState.SUBMITTED:
        return _("Đang chờ Chủ tịch UBND tỉnh ký công bố.")
    return _("Đang soạn, chưa ai ngoài cơ quan nhìn thấy.")


def printed_line(line: LineCard) -> PrintedLine:
    """Return a line as the annex tells it."""
    content = line.content
    terms = [content.terms, *(channel.terms for channel in content.channels)] if content else []
    return PrintedLine(
        code=line.code,
        title=line.title,
        kind=line.kind_label,
        has_content=content is not None,
        is_list=line.extent is Extent.LIST,
        limit="; ".join(dict.fromkeys(filter(None, map(_limit, terms)))),
        place=(content.receiving_address or ", ".join(content.implementing_agencies)) if content else "",
        ways=", ".join(dict.fromkeys(_way(channel.method) for channel in content.channels)) if content else "",
        fee="; ".join(dict.fromkeys(filter(None, map(_fee, terms)))),
        legal_basis=", ".join(content.legal_basis) if content else "",
        norm=line.norm,
        note=line.note,
        successor=f"{line.successor_code} {line.successor_title}".strip(),
        changed=parts_in_words(line.changed),
        holds_from=date_in_words(line.holds_from) if line.holds_from else "",
        faults=tuple(flaw_in_words(flaw) for flaw in line.flaws),
    )


def printed_content(line: LineCard) -> tuple[PrintedPart, ...]:
    """Return what the procedure is to say, part by part in the order of the law (C-03); nothing for one that ends."""
    content = line.content
    if content is None:
        return ()
    papers = tuple(
        f"{paper.name} ({_counts(paper.originals, paper.copies)})" if not paper.is_note else paper.name
        for paper in content.papers
    )
    ways = tuple(
        ": ".join(
            filter(None, [_way(way.method), "; ".join(filter(None, [_limit(way.terms), _fee(way.terms), way.note]))])
        )
        for way in content.channels
    )
    told = {
        "title": (_("Tên thủ tục"), (content.title,)),
        "steps": (_("Trình tự thực hiện"), content.steps),
        "channels": (_("Cách thức thực hiện"), ways),
        "papers": (_("Thành phần hồ sơ"), papers),
        "set_count": (_("Số bộ hồ sơ"), (str(content.set_count),)),
        "terms": (_("Thời hạn, phí và lệ phí"), tuple(filter(None, [_limit(content.terms), _fee(content.terms)]))),
        "subjects": (_("Đối tượng thực hiện"), content.subjects),
        "deciding_agency": (_("Cơ quan có thẩm quyền"), _one(content.deciding_agency)),
        "implementing_agencies": (_("Cơ quan thực hiện"), content.implementing_agencies),
        "delegated_agency": (_("Cơ quan được ủy quyền"), _one(content.delegated_agency)),
        "coordinating_agencies": (_("Cơ quan phối hợp"), _one(content.coordinating_agencies)),
        "receiving_address": (_("Địa chỉ tiếp nhận"), _one(content.receiving_address)),
        "results": (_("Kết quả"), tuple(result.name for result in content.results)),
        "conditions": (_("Yêu cầu, điều kiện"), _one(content.conditions)),
        "legal_basis": (_("Căn cứ pháp lý"), content.legal_basis),
        "declaration": (_("Tờ khai điện tử"), tuple(field.label for field in content.declaration)),
    }
    is_amended = line.kind is LineKind.AMENDED
    return tuple(
        PrintedPart(label, lines, is_amended and name in line.changed) for name, (label, lines) in told.items()
    )


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _way(method: str) -> str:
    return str(Channel.Method(method).label)


def _limit(terms: TermsDefinition) -> str:
    return terms.limit_text.rstrip(" .;") or (format_time_limit(terms.limit) if terms.limit else "")


def _fee(terms: TermsDefinition) -> str:
    fee = terms.fee_text.rstrip(" .;")
    if terms.fee_vnd is not None:
        fee = _("Miễn phí") if terms.fee_vnd == 0 else dong_in_words(terms.fee_vnd)
    if not fee or not terms.fee_basis:
        return fee
    return _("%(fee)s theo %(text)s") % {"fee": fee, "text": terms.fee_basis}


def _counts(originals: int, copies: int) -> str:
    if copies and originals:
        return _("bản chính: %(originals)s, bản sao: %(copies)s") % {"originals": originals, "copies": copies}
    if copies:
        return _("bản sao: %(copies)s") % {"copies": copies}
    return _("bản chính: %(originals)s") % {"originals": originals}
