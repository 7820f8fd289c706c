"""What others ask about the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from motcua.catalogue.models import Channel, Offering, Procedure, ProcedureVersion, RequiredPaper, Sector
from motcua.organisations.queries import UnitCard, unit_card
from motcua.rules.declarations import Condition, from_stored
from motcua.rules.time_limits import TimeLimit


@dataclass(frozen=True, slots=True)
class TermsCard:
    """A time limit and a fee as a page shows them; what was not understood is in the texts."""

    limit: TimeLimit | None
    limit_label: str
    limit_text: str
    fee_vnd: int | None
    fee_currency: str
    fee_text: str
    fee_basis: str
    needs_review: bool


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper to bring. `position` is what dossiers know it by."""

    position: int
    name: str
    originals: int
    copies: int
    form_no: str
    form_files: tuple[str, ...]
    is_required: bool
    is_note: bool


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The papers of one case; `name` is empty for those of every case."""

    name: str
    papers: tuple[PaperCard, ...]


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """A way to file."""

    method: str
    label: str
    terms: TermsCard
    note: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One field of the procedure's own declaration, as the rules know it; `options` are the answers of a choice."""

    key: str
    label: str
    kind: str
    is_required: bool
    options: tuple[str, ...]
    help: str
    least: int | None
    most: int | None
    condition: Condition | None
    group: str
    prefill: str
    default: str


@dataclass(frozen=True, slots=True)
class DeskCard:
    """A desk that receives the procedure, and who decides."""

    receiving: UnitCard
    competent: UnitCard


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """Everything the law wants told about a procedure (C-03), as in force on one day."""

    code: str
    title: str
    short_title: str
    summary: str
    sector_code: str
    sector: str
    level: str
    level_label: str
    online_level: str
    online_label: str
    version: int
    valid_from: date
    decision_no: str
    issuing_authority: str
    terms: TermsCard
    channels: tuple[ChannelCard, ...]
    cases: tuple[CaseCard, ...]
    declaration: tuple[QuestionCard, ...]
    results: tuple[str, ...]
    steps: tuple[str, ...]
    are_steps_shortened: bool
    subjects: tuple[str, ...]
    deciding_agency: str
    implementing_agencies: tuple[str, ...]
    coordinating_agencies: str
    receiving_address: str
    conditions: str
    legal_basis: tuple[str, ...]
    set_count: int
    is_full: bool
    source_url: str
    desks: tuple[DeskCard, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in the catalogue on one day."""

    procedures: int
    one_stop: int
    online: int
    needing_review: int
    offered: int


@dataclass(frozen=True, slots=True)
class SectorCard:
    """A sector and how many procedures in force it has."""

    code: str
    name: str
    procedure_count: int


def procedure_page(code: str, on: date) -> ProcedurePage:
    """Return the procedure as in force on `on`, in five queries; raises `ProcedureVersion.DoesNotExist`."""
    version = (
        ProcedureVersion.objects.on(on)
        .filter(Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=on))
        .select_related("procedure__sector")
        .get(procedure__code=code)
    )
    procedure = version.procedure
    return ProcedurePage(
        code=procedure.code,
        title=version.title,
        short_title=version.name,
        summary=version.summary,
        sector_code=procedure.sector.code,
        sector=procedure.sector.name,
        level=version.level,
        level_label=version.get_level_display(),
        online_level=version.online_level,
        online_label=version.get_online_level_display(),
        version=version.number,
        valid_from=version.valid_from,
        decision_no=version.decision_no,
        issuing_authority=procedure.issuing_authority,
        terms=_terms(version),
        channels=tuple(_channel(channel) for channel in version.channels.order_by("position")),
        cases=_cases(version.papers.order_by("position")),
        declaration=tuple(question_card(field) for field in version.declaration),
        results=tuple(version.results.order_by("position").values_list("name", flat=True)),
        steps=tuple(version.steps),
        are_steps_shortened=version.are_steps_shortened,
        subjects=tuple(version.subjects),
        deciding_agency=version.deciding_agency,
        implementing_agencies=tuple(version.implementing_agencies),
        coordinating_agencies=version.coordinating_agencies,
        receiving_address=version.receiving_address,
        conditions=version.conditions,
        legal_basis=tuple(version.legal_basis),
        set_count=version.set_count,
        is_full=version.is_full,
        source_url=version.source_url,
        desks=tuple(offering_units(procedure, on)),
    )


def offering_units(procedure: Procedure, on: date) -> list[DeskCard]:
    """Return the desks where `procedure` can be filed on `on`, in Vietnamese order of the receiving unit."""
    offerings = Offering.objects.on(on).filter(procedure=procedure).by_receiving_unit()
    rows = offerings.select_related("receiving_unit__parent", "competent_unit__parent")
    return [DeskCard(unit_card(row.receiving_unit), unit_card(row.competent_unit)) for row in rows]


def offering_at(procedure: str, desk: str, competent: str, on: date) -> Offering:
    """Return the procedure at the desk of those codes on `on`; raises `Offering.DoesNotExist`.

    `competent` may be empty where the desk files it for one deciding unit only.
    """
    offerings = Offering.objects.on(on).filter(procedure__code=procedure, receiving_unit__code=desk)
    if competent:
        offerings = offerings.filter(competent_unit__code=competent)
    found = list(offerings.select_related("procedure", "competent_unit", "receiving_unit")[:2])
    if len(found) != 1:
        raise Offering.DoesNotExist
    return found[0]


def counts(on: date) -> Counts:
    """Return how much is in force on `on`."""
    online = [ProcedureVersion.OnlineLevel.AVAILABLE, "PARTIAL", "END_TO_END"]
    row = (
        ProcedureVersion.objects.filter(procedure__in=Procedure.objects.in_force(on))
        .on(on)
        .aggregate(
            procedures=Count("pk"),
            one_stop=Count("pk", filter=Q(is_one_stop=True)),
            online=Count("pk", filter=Q(online_level__in=online)),
            needing_review=Count("pk", filter=Q(limit_needs_review=True) | Q(fee_needs_review=True)),
        )
    )
    offered = Offering.objects.on(on).values("procedure").distinct().count()
    return Counts(**row, offered=offered)


def sectors(on: date) -> list[SectorCard]:
    """Return the sectors that have procedures in force on `on`, in Vietnamese order."""
    in_force = Q(procedures__in=Procedure.objects.in_force(on).values("pk"))
    rows = Sector.objects.annotate(count=Count("procedures", filter=in_force, distinct=True)).filter(count__gt=0)
    return [SectorCard(row.code, row.name, row.count) for row in rows.order_by("sort_key", "code")]


def _terms(row: ProcedureVersion | Channel) -> TermsCard:
    return TermsCard(
        limit=row.limit,
        limit_label=row.get_limit_unit_display(),
        limit_text=row.limit_text,
        fee_vnd=row.fee_vnd,
        fee_currency=row.fee_currency,
        fee_text=row.fee_text,
        fee_basis=row.fee_basis,
        needs_review=row.limit_needs_review or row.fee_needs_review,
    )


def _channel(channel: Channel) -> ChannelCard:
    return ChannelCard(
        method=channel.method, label=channel.get_method_display(), terms=_terms(channel), note=channel.note
    )


def question_card(stored: Mapping[str, Any]) -> QuestionCard:
    """Return a stored field of a declaration to be shown."""
    field = from_stored(stored)
    return QuestionCard(
        key=field.key,
        label=field.label,
        kind=field.kind,
        is_required=field.required,
        options=field.options,
        help=field.help,
        least=field.least,
        most=field.most,
        condition=field.condition,
        group=field.group,
        prefill=field.prefill,
        default=field.default,
    )


def _cases(papers: Iterable[RequiredPaper]) -> tuple[CaseCard, ...]:
    """Group papers by case, in the order in which the cases first appear, those of every case first."""
    grouped: dict[str, list[PaperCard]] = {"": []}
    for paper in papers:
        grouped.setdefault(paper.case, []).append(
            PaperCard(
                position=paper.position,
                name=paper.name,
                originals=paper.originals,
                copies=paper.copies,
                form_no=paper.form_no,
                form_files=tuple(paper.form_files),
                is_required=paper.is_required,
                is_note=paper.is_note,
            )
        )
    return tuple(CaseCard(name, tuple(cards)) for name, cards in grouped.items() if cards)
