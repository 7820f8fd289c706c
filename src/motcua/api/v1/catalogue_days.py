"""The catalogue as it stood on any day, how it changed in a period, and the versions of one procedure (C-12, C-13)."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.api.shapes import Shape, Text
from motcua.catalogue.models import Procedure
from motcua.catalogue.queries.day import Narrowing, catalogue_on
from motcua.catalogue.queries.movements import Breakdown, movement_table
from motcua.catalogue.queries.versions import versions_page

router = Router(tags=["Catalogue control"], auth=OfficerToken())


class DayAsked(BaseModel):
    """Which day (today when none is named), what to narrow to, and which page of 50; an empty text keeps everything."""

    day: date | None = None
    sector: Text = Field("", max_length=200, description="Code of a sector.")
    level: Text = Field("", max_length=10)
    unit: Text = Field("", max_length=40, description="Code of a unit that receives or decides.")
    q: Text = Field("", max_length=200)
    page: int = Field(1, ge=1, le=100_000)


class DayLineShape(Shape):
    """A procedure as in force on the day; `ends_on` is the first day without it, null: not known."""

    code: str
    title: str
    sector: str
    level: str
    version: int
    decision_no: str
    valid_from: date
    ends_on: date | None


class DayShape(Shape):
    """One page of the catalogue on `day`; a page beyond the last gives the last."""

    day: date
    items: list[DayLineShape]
    count: int
    page: int
    page_count: int


class PeriodAsked(BaseModel):
    """A period with its first and last day, and what its counts are broken down by."""

    first: date
    last: date
    by: Breakdown = Breakdown.LEVEL


class MovementShape(Shape):
    """Counts of a period: `replaced` are among the `abolished`; `adds_up`: the identity of C-13 holds."""

    before: int
    new: int
    amended: int
    abolished: int
    replaced: int
    moved_in: int
    moved_out: int
    after: int
    adds_up: bool


class MovementLineShape(Shape):
    """The counts of one level, sector or unit."""

    name: str
    counts: MovementShape


class MovementsShape(Shape):
    """The counts of the whole catalogue and of each group."""

    first: date
    last: date
    total: MovementShape
    items: list[MovementLineShape]


class PublishedShape(Shape):
    """One published version; it holds from `valid_from` until before `ends_on`, null: no end is known."""

    number: int
    title: str
    level: str
    decision_no: str
    valid_from: date
    ends_on: date | None


class VersionsShape(Shape):
    """A procedure with its versions, the newest first; `in_force` is the number of today's, null: none is."""

    code: str
    title: str
    sector: str
    withdrawn_on: date | None
    replaced_by: str
    in_force: int | None
    items: list[PublishedShape]


@router.get("", response=DayShape)
def read_catalogue_on_a_day(request: AskedByOfficer, asked: Query[DayAsked]) -> DayShape:
    """List the procedures in force on a day, each in the version of that day (C-12)."""
    day = asked.day or request.auth.today
    narrowing = Narrowing(asked.sector, asked.level, asked.unit, asked.q)
    page = catalogue_on(day, narrowing, number=asked.page)
    items = [DayLineShape.model_validate(line) for line in page.lines]
    return DayShape(day=day, items=items, count=page.total, page=page.number, page_count=page.last)


@router.get("/movements", response=MovementsShape)
def read_catalogue_movements(request: AskedByOfficer, asked: Query[PeriodAsked]) -> MovementsShape:
    """Count what was in force before and after a period, and what was published in between (C-13)."""
    if asked.last < asked.first:
        fault = FieldFault("last", "before_first", _("Ngày cuối phải từ ngày đầu trở đi."))
        raise FieldsInvalid([fault])
    table = movement_table(asked.first, asked.last, asked.by)
    items = [MovementLineShape.model_validate(line) for line in table.lines]
    total = MovementShape.model_validate(table.total)
    return MovementsShape(first=asked.first, last=asked.last, total=total, items=items)


@router.get("/{code}/versions", response=VersionsShape)
def list_procedure_versions(request: AskedByOfficer, code: str) -> VersionsShape:
    """List the published versions of a procedure."""
    try:
        page = versions_page(code, request.auth.today)
    except Procedure.DoesNotExist:
        raise Http404 from None
    items = [PublishedShape.model_validate(line) for line in page.lines]
    return VersionsShape(
        code=page.code,
        title=page.title,
        sector=page.sector,
        withdrawn_on=page.withdrawn_on,
        replaced_by=page.replaced_by,
        in_force=page.in_force,
        items=items,
    )
