"""What can be applied for, where, and what it takes."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.shapes import DerivedDayShape, Moment, Shape, Text
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.catalogue.queries import offering_at, offering_units, procedure_page
from motcua.catalogue.search import find_procedures
from motcua.dossiers.models import FilingChannel
from motcua.dossiers.queries.earliest import earliest_result
from motcua.rules.declarations import Effect, FieldKind
from motcua.rules.time_limits import LimitUnit

router = Router(tags=["Public"])


class HitShape(Shape):
    """A procedure found; `is_guess` marks one found in spite of a typing error."""

    code: str
    title: str
    short_title: str
    summary: str
    sector: str
    level: str
    online_level: str
    is_guess: bool


class Search(BaseModel):
    """What is looked for, and how many at most."""

    q: Text = Field(max_length=200)
    limit: int = Field(20, ge=1, le=40)


class Hits(Shape):
    """What was found, the likeliest first."""

    items: list[HitShape]


class LimitShape(Shape):
    """A length of time as the law says it."""

    amount: float
    unit: LimitUnit


class TermsShape(Shape):
    """Time limit and fee: as understood (null: not), and as written. A fee of 0 is free of charge."""

    limit: LimitShape | None
    limit_text: str
    fee_vnd: int | None
    fee_currency: str
    fee_text: str
    fee_basis: str
    needs_review: bool


class RequiredPaperShape(Shape):
    """A paper to bring. `position` is what dossiers know it by; a note only explains."""

    position: int
    name: str
    originals: int
    copies: int
    form_no: str
    form_files: tuple[str, ...]
    is_required: bool
    is_note: bool


class CaseShape(Shape):
    """The papers of one case; an empty `name` is everybody's."""

    name: str
    papers: tuple[RequiredPaperShape, ...]


class ChannelShape(Shape):
    """A way to file."""

    method: str
    terms: TermsShape
    note: str


class ConditionShape(Shape):
    """Shows or requires a field when `field` is answered with one of `values`; with anything where there are none."""

    field: str
    values: tuple[str, ...]
    effect: Effect


class QuestionShape(Shape):
    """One field of the declaration. Heading and note ask nothing; fields of a repeated group name it as `group`.

    `least` and `most`: characters, a value, choices made, or rows, by the kind. `prefill`: where the portal fills it in
    from, before it is seen.
    """

    key: str
    label: str
    kind: FieldKind
    is_required: bool
    options: tuple[str, ...]
    help: str
    least: int | None
    most: int | None
    condition: ConditionShape | None
    group: str
    prefill: str
    default: str


class ProcedureShape(Shape):
    """Everything the law wants told about a procedure, as in force today."""

    code: str
    title: str
    short_title: str
    summary: str
    sector_code: str
    sector: str
    level: str
    online_level: str
    version: int
    valid_from: date
    decision_no: str
    issuing_authority: str
    terms: TermsShape
    channels: tuple[ChannelShape, ...]
    cases: tuple[CaseShape, ...]
    declaration: tuple[QuestionShape, ...]
    results: tuple[str, ...]
    steps: tuple[str, ...]
    subjects: tuple[str, ...]
    deciding_agency: str
    implementing_agencies: tuple[str, ...]
    coordinating_agencies: str
    receiving_address: str
    conditions: str
    legal_basis: tuple[str, ...]
    set_count: int
    source_url: str


class UnitShape(Shape):
    """A public body; `authority_name` is how it signs."""

    code: str
    name: str
    authority_name: str
    level: str
    parent_name: str
    address: str
    phone: str
    email: str


class DeskShape(Shape):
    """A desk that receives the procedure, and the unit that decides."""

    receiving: UnitShape
    competent: UnitShape


class Desks(Shape):
    """Where a procedure can be filed, in Vietnamese order."""

    items: list[DeskShape]


class EarliestShape(Shape):
    """When a result could come if the dossier were accepted right now; provisional: the calendar may still change."""

    due_at: Moment
    is_provisional: bool
    derivation: tuple[DerivedDayShape, ...]


class Place(BaseModel):
    """The desk, the deciding unit and the way of filing that are meant."""

    desk: Text = Field(max_length=40, description="Code of the receiving unit.")
    competent: Text = Field("", max_length=40, description="Code of the deciding unit, where the desk serves several.")
    channel: FilingChannel = FilingChannel.ONLINE


@router.get("", response=Hits)
def search_procedures(request: HttpRequest, search: Query[Search]) -> Hits:
    """Find procedures by what people type: without accents, unfinished, abbreviated, mistyped, or by code."""
    found = find_procedures(search.q, on=timezone.localdate(), limit=search.limit)
    return Hits(items=[HitShape.model_validate(hit) for hit in found])


@router.get("/{code}", response=ProcedureShape)
def read_procedure(request: HttpRequest, code: str) -> ProcedureShape:
    """Return papers, terms of each way of filing, questions, legal basis and all else of a procedure in force."""
    try:
        page = procedure_page(code, timezone.localdate())
    except ProcedureVersion.DoesNotExist as unknown:
        raise Http404 from unknown
    return ProcedureShape.model_validate(page)


@router.get("/{code}/desks", response=Desks)
def list_desks(request: HttpRequest, code: str) -> Desks:
    """Return the desks where the procedure can be filed today, each with the unit that decides."""
    today = timezone.localdate()
    procedure = Procedure.objects.in_force(today).filter(code=code).first()
    if procedure is None:
        raise Http404
    return Desks(items=[DeskShape.model_validate(desk) for desk in offering_units(procedure, today)])


@router.get("/{code}/earliest-result", response=EarliestShape)
def read_earliest_result(request: HttpRequest, code: str, place: Query[Place]) -> EarliestShape:
    """Tell when a result could come if filed at that desk now, counted day by day; 404 when no promise can be given."""
    at = timezone.now()
    today = timezone.localdate(at)
    try:
        offering = offering_at(code, place.desk, place.competent, today)
        version = ProcedureVersion.objects.on(today).get(procedure=offering.procedure_id)
    except (Offering.DoesNotExist, ProcedureVersion.DoesNotExist) as unknown:
        raise Http404 from unknown
    earliest = earliest_result(version, place.channel, offering.competent_unit, at=at)
    if earliest is None:
        raise Http404
    return EarliestShape.model_validate(earliest)
