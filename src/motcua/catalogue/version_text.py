"""A version of a procedure as lines of text, part by part, to be compared: from its definition or from its rows."""

from collections.abc import Iterator, Mapping

from django.utils import translation

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    TermsDefinition,
)
from motcua.catalogue.models import Channel, ProcedureVersion
from motcua.catalogue.models.terms import LimitUnitChoice
from motcua.rules.declarations import Condition, Effect, FieldDefinition
from motcua.rules.procedure_parts import Part
from motcua.rules.version_differences import PartLine


def lines_of(content: Content) -> Mapping[Part, tuple[PartLine, ...]]:
    """Return what `content` says, in Vietnamese, as it is published; parts that are empty have no line."""
    with translation.override("vi"):
        return {part: tuple(write(content)) for part, write in _WRITERS.items()}


def _name(content: Content) -> Iterator[PartLine]:
    yield PartLine("name", content.title)


def _steps(content: Content) -> Iterator[PartLine]:
    yield from (PartLine(step, step) for step in content.steps)


def _manner(content: Content) -> Iterator[PartLine]:
    yield PartLine("online", f"Mức trực tuyến: {ProcedureVersion.OnlineLevel(content.online_level).label}")
    for channel in content.channels:
        label = str(Channel.Method(channel.method).label)
        yield PartLine(label, f"{label}: {'; '.join(_channel(channel))}".removesuffix(": "))


def _channel(channel: ChannelDefinition) -> list[str]:
    said = [limit_text(channel.terms), fee_text(channel.terms), channel.note]
    return [text for text in said if text]


def _papers(content: Content) -> Iterator[PartLine]:
    for paper in content.papers:
        yield PartLine(f"{paper.case} {paper.name}", "; ".join([paper.name, *_paper(paper)]))


def _paper(paper: PaperDefinition) -> Iterator[str]:
    if paper.is_note:
        yield "lời ghi chú"
        return
    yield f"{paper.originals} bản chính"
    yield f"{paper.copies} bản sao"
    if not paper.is_required:
        yield "chỉ khi cần"
    if paper.case:
        yield f"trường hợp: {paper.case}"


def _sets(content: Content) -> Iterator[PartLine]:
    yield PartLine("sets", f"{content.set_count} bộ")


def _limit(content: Content) -> Iterator[PartLine]:
    yield from _written("limit", limit_text(content.terms))


def _subjects(content: Content) -> Iterator[PartLine]:
    yield from (PartLine(subject, subject) for subject in content.subjects)


def _agencies(content: Content) -> Iterator[PartLine]:
    yield PartLine("level", f"Cấp thực hiện: {ProcedureVersion.Level(content.level).label}")
    said = (
        ("Có thẩm quyền", content.deciding_agency),
        ("Được ủy quyền", content.delegated_agency),
        ("Phối hợp", content.coordinating_agencies),
        ("Nơi tiếp nhận", content.receiving_address),
    )
    for label, text in said:
        yield from _written(label, f"{label}: {text}" if text else "")
    yield from (PartLine(agency, f"Thực hiện: {agency}") for agency in content.implementing_agencies)


def _forms(content: Content) -> Iterator[PartLine]:
    for paper in content.papers:
        if paper.form_no or paper.form_files:
            name = paper.form_no or paper.name
            yield PartLine(name, f"Mẫu {name}: {len(paper.form_files) or 'không có'} tệp")
    for field in content.declaration:
        yield PartLine(field.key, f"Tờ khai điện tử: {'; '.join([field.label, *_field(field, content)])}")


def _field(field: FieldDefinition, content: Content) -> Iterator[str]:
    labels = {one.key: one.label for one in content.declaration}
    told = {
        f"thuộc nhóm {labels.get(field.group, field.group)}": bool(field.group),
        "không bắt buộc": not field.required,
        f"lựa chọn: {', '.join(field.options)}": bool(field.options),
        f"tối thiểu {field.least}": field.least is not None,
        f"tối đa {field.most}": field.most is not None,
        _condition(field.condition, labels): field.condition is not None,
        "điền sẵn": bool(field.prefill),
        f"trả lời sẵn: {field.default}": bool(field.default),
    }
    yield from (text for text, is_so in told.items() if is_so)


def _condition(condition: Condition | None, labels: Mapping[str, str]) -> str:
    if condition is None:
        return ""
    does = "hiện" if condition.effect is Effect.SHOW else "bắt buộc"
    return f"{does} khi {labels.get(condition.field, condition.field)}: {', '.join(condition.values) or 'đã trả lời'}"


def _result(content: Content) -> Iterator[PartLine]:
    yield from (PartLine(result.name, result.name) for result in content.results)


def _conditions(content: Content) -> Iterator[PartLine]:
    for paragraph in content.conditions.split("\n"):
        yield from _written(paragraph, paragraph)


def _fees(content: Content) -> Iterator[PartLine]:
    yield from _written("fee", fee_text(content.terms))


def _legal_basis(content: Content) -> Iterator[PartLine]:
    yield from (PartLine(document, document) for document in content.legal_basis)


_WRITERS = {
    Part.NAME: _name,
    Part.STEPS: _steps,
    Part.MANNER: _manner,
    Part.PAPERS: _papers,
    Part.SETS: _sets,
    Part.LIMIT: _limit,
    Part.SUBJECTS: _subjects,
    Part.AGENCIES: _agencies,
    Part.FORMS: _forms,
    Part.RESULT: _result,
    Part.CONDITIONS: _conditions,
    Part.FEES: _fees,
    Part.LEGAL_BASIS: _legal_basis,
}


def limit_text(terms: TermsDefinition) -> str:
    """Return the limit as understood, with the words it was written in where they were not; empty when none is said."""
    if terms.limit is None:
        return terms.limit_text
    label = LimitUnitChoice(terms.limit.unit.value).label
    return f"{terms.limit.amount.normalize():f} {label}" if terms.limit.amount else str(label)


def fee_text(terms: TermsDefinition) -> str:
    """Return the fee as understood, with the words it was written in where they were not; empty when none is said."""
    fee = terms.fee_text
    if terms.fee_vnd is not None:
        fee = f"{terms.fee_vnd:,} đồng".replace(",", ".") if terms.fee_vnd else "miễn phí"
    return f"{fee} (theo {terms.fee_basis})" if fee and terms.fee_basis else fee


def _written(key: str, text: str) -> Iterator[PartLine]:
    if text.strip():
        yield PartLine(key, text)
