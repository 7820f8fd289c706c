"""How far procedures can be done online: on a day, over time, which to raise, the targets (D-01 to D-04)."""

from datetime import date

from django.http import Http404
from ninja import Query, Router
from pydantic import BaseModel, Field

from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Shape, Text
from motcua.catalogue.models import Procedure, ServiceTarget
from motcua.catalogue.queries.level_history import LevelLine, levels_of
from motcua.catalogue.queries.level_targets import targets_page
from motcua.catalogue.queries.service_levels import NO_LEVEL, LevelNarrowing, levels_of_day
from motcua.dossiers.queries.levels_to_raise import levels_to_raise
from motcua.dossiers.queries.service_targets import TargetLine, target_lines
from motcua.rules.service_levels import Axis, Claim, Level

router = Router(tags=["Catalogue control"], auth=OfficerToken())


class PlaceAsked(BaseModel):
    """What to narrow to, empty for everything, and which page."""

    sector: Text = Field("", max_length=200, description="Code of a sector.")
    unit: Text = Field("", max_length=40, description="Code of a unit that receives or decides.")
    page: int = Field(1, ge=1, le=100_000)


class LevelsAsked(PlaceAsked):
    """Which day (today when none is named) and level: one of the names of the day, or those without a level."""

    day: date | None = None
    level: Level | None = None
    without_level: bool = False


class TargetsAsked(BaseModel):
    """Which page of 30."""

    page: int = Field(1, ge=1, le=100_000)


class LevelRowShape(Shape):
    """A procedure with its levels in the names of the day, null where none is recorded: online, and unasked (D-03)."""

    code: str
    title: str
    extent: Level | None
    proactive: Level | None


class LevelCountShape(Shape):
    """How many procedures bear a level; null: none is recorded."""

    level: Level | None
    count: int


class LevelsShape(Shape):
    """One page of the procedures in force on `day`; the counts are those of the sector and unit, whatever the level."""

    day: date
    counts: list[LevelCountShape]
    items: list[LevelRowShape]
    count: int
    page: int
    page_count: int


class RecordedLevelShape(Shape):
    """A level as recorded. `reads_as` is its name of today where it runs and its own has ended, else null.

    `unit` is a code, empty for every unit. `valid_until` is the first day without it. `pays_online`, `result_from_afar`
    and `needs_presence` are null where nobody looked; `broken` and `unchecked` are claims that do not hold and that
    nobody looked at. A level with `withdrawal_reason` was a mistake and never counts.
    """

    number: int
    axis: Axis
    level: Level
    reads_as: Level | None
    unit: str
    valid_from: date
    valid_until: date | None
    ground: str
    ending_ground: str
    pays_online: bool | None
    result_from_afar: bool | None
    needs_presence: bool | None
    withdrawal_reason: str
    broken: list[Claim]
    unchecked: list[Claim]


class ProcedureLevelsShape(Shape):
    """Every level of a procedure, the newest first."""

    code: str
    title: str
    items: list[RecordedLevelShape]


class SuggestionShape(Shape):
    """A procedure to raise, by its dossiers of the counted days; `share_percent` is rounded down."""

    code: str
    title: str
    level: Level
    rises_to: Level
    online_count: int
    total_count: int
    share_percent: int


class SuggestionsShape(Shape):
    """One page of what is to be raised: from `percent` filed online in `days` days; both null while no rule says so."""

    percent: int | None
    days: int | None
    items: list[SuggestionShape]
    page: int
    page_count: int


class TargetShape(Shape):
    """A target against its year on `judged_on`, null before it begins; `reached_percent` is rounded down.

    `is_reached` is null where there is nothing to count; it may still change until `is_final`.
    """

    year: int
    metric: str = Field(description="FULL_SERVICES or ONLINE_DOSSIERS.")
    target_percent: int
    source: str
    judged_on: date | None
    part_count: int
    total_count: int
    reached_percent: int | None
    is_reached: bool | None
    is_final: bool


class TargetsShape(Shape):
    """One page of the targets, the newest year first."""

    items: list[TargetShape]
    page: int
    page_count: int


@router.get("", response=LevelsShape)
def list_service_levels(request: AskedByOfficer, asked: Query[LevelsAsked]) -> LevelsShape:
    """List the procedures in force on a day with their levels (D-01 to D-03)."""
    day = asked.day or request.auth.today
    level = NO_LEVEL if asked.without_level else asked.level or ""
    found = levels_of_day(day, LevelNarrowing(asked.sector, asked.unit, level), number=str(asked.page))
    counts = [LevelCountShape(level=level, count=count) for level, count in found.counts.items()]
    counts += [LevelCountShape(level=level, count=count) for level, count in found.proactive_counts.items()]
    rows = [
        LevelRowShape(code=one.procedure.code, title=one.procedure.title, extent=one.extent, proactive=one.proactive)
        for one in found.lines
    ]
    return LevelsShape(
        day=day,
        counts=sorted(counts, key=lambda line: (line.level is None, line.level or "")),
        items=rows,
        count=found.page.paginator.count,
        page=found.page.number,
        page_count=found.page.paginator.num_pages,
    )


@router.get("/to-raise", response=SuggestionsShape)
def list_levels_to_raise(request: AskedByOfficer, asked: Query[PlaceAsked]) -> SuggestionsShape:
    """List the procedures whose level the 30 % rule would raise today (D-04); nothing is raised by itself."""
    found = levels_to_raise(request.auth.at, LevelNarrowing(asked.sector, asked.unit), number=str(asked.page))
    if found is None:
        return SuggestionsShape(percent=None, days=None, items=[], page=1, page_count=1)
    items = [
        SuggestionShape(
            code=line.procedure.code,
            title=line.procedure.title,
            level=line.level,
            rises_to=line.rises_to,
            online_count=line.online_count,
            total_count=line.total_count,
            share_percent=line.percent,
        )
        for line in found.page
    ]
    return SuggestionsShape(
        percent=found.percent,
        days=found.days,
        items=items,
        page=found.page.number,
        page_count=found.page.paginator.num_pages,
    )


@router.get("/targets", response=TargetsShape)
def list_service_targets(request: AskedByOfficer, asked: Query[TargetsAsked]) -> TargetsShape:
    """List the targets against what their years reached (D-04)."""
    page = targets_page(str(asked.page))
    items = [_target(line) for line in target_lines(page, request.auth.today)]
    return TargetsShape(items=items, page=page.number, page_count=page.paginator.num_pages)


@router.get("/{procedure}", response=ProcedureLevelsShape)
def read_service_levels(request: AskedByOfficer, procedure: str) -> ProcedureLevelsShape:
    """Read every level of one procedure, withdrawn ones too."""
    try:
        found = Procedure.objects.get(code=procedure)
    except Procedure.DoesNotExist:
        raise Http404 from None
    items = [_recorded(line) for line in levels_of(found, request.auth.today)]
    return ProcedureLevelsShape(code=found.code, title=found.title, items=items)


def _recorded(line: LevelLine) -> RecordedLevelShape:
    row = line.row
    return RecordedLevelShape(
        number=line.number,
        axis=Axis(row.axis),
        level=Level(row.level),
        reads_as=line.reads_as,
        unit=row.unit.code if row.unit else "",
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        ground=row.ground,
        ending_ground=row.ending_ground,
        pays_online=row.pays_online,
        result_from_afar=row.result_from_afar,
        needs_presence=row.needs_presence,
        withdrawal_reason=row.withdrawal_reason,
        broken=list(line.weighed.broken) if line.weighed else [],
        unchecked=list(line.weighed.unchecked) if line.weighed else [],
    )


def _target(line: TargetLine) -> TargetShape:
    target: ServiceTarget = line.target
    return TargetShape(
        year=target.year,
        metric=target.metric,
        target_percent=target.percent,
        source=target.source,
        judged_on=line.judged_on,
        part_count=line.part_count,
        total_count=line.total_count,
        reached_percent=line.percent,
        is_reached=line.is_reached,
        is_final=line.is_final,
    )
