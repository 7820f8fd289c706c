"""The procedures of the demonstration, one sector a file in data/procedures/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from motcua.demo.records import DATA, Record, read_file, refuse_doubles
from motcua.demo.unit_definitions import Kind, Level, Part, units
from motcua.demo.workflow_definitions import TimedStep, WorkflowDefinition, workflows
from motcua.rules.time_limits import AT_ONCE, LimitUnit, TimeLimit, TimeLimitUnclear

UNITS: Final = (LimitUnit.WORKING_DAY, LimitUnit.DAY, LimitUnit.MONTH, LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY)
HOURS_A_DAY: Final = 8
SESSION_HOURS: Final = Decimal(4)
WEEK: Final = 7
WEEKEND: Final = 2
WORKING_DAYS_A_MONTH: Final = 20
HOURS_WHEN_OPEN: Final = Decimal(24)


class Method(StrEnum):
    """The ways to hand in a dossier."""

    ONLINE = "ONLINE"
    DIRECT = "DIRECT"
    POSTAL = "POSTAL"


class FieldKind(StrEnum):
    """What a field of the declaration holds."""

    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class LimitDefinition:
    """A legal time limit and the words it is given in."""

    rule: TimeLimit
    text: str

    @property
    def working_hours(self) -> Decimal:
        """The working hours that the limit surely holds: of calendar days those that no weekend can take."""
        amount = int(self.rule.amount)
        if self.rule.unit in AT_ONCE:
            return SESSION_HOURS
        if self.rule.unit is LimitUnit.DAY:
            weeks, rest = divmod(amount, WEEK)
            return Decimal(HOURS_A_DAY * (weeks * (WEEK - WEEKEND) + max(rest - WEEKEND, 0)))
        return Decimal(HOURS_A_DAY * amount * (WORKING_DAYS_A_MONTH if self.rule.unit is LimitUnit.MONTH else 1))


@dataclass(frozen=True, slots=True)
class FeeDefinition:
    """What it costs: `amount_vnd` in whole dong, zero for free, None when our sources leave it open."""

    amount_vnd: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ChannelDefinition:
    """A way to hand in, with the limit and the fee that hold for it."""

    method: Method
    limit: LimitDefinition | None
    fee: FeeDefinition


@dataclass(frozen=True, slots=True)
class PaperDefinition:
    """A paper of the closed list (B-08); `case` says when it is needed, empty for always."""

    name: str
    case: str
    originals: int
    copies: int
    form_no: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A field of the electronic declaration."""

    key: str
    label: str
    kind: FieldKind
    is_required: bool
    options: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class ProcedureDefinition:
    """A procedure as the portal shows it.

    `competent` is the code of a provincial unit or empty when each commune decides; then `handled_by` names the unit of
    the commune that works on it. `limit` is None, with a line in `review`, when our sources leave it open.
    """

    code: str
    title: str
    short_name: str
    summary: str
    sector_code: str
    sector_name: str
    level: Level
    competent: str
    handled_by: Part | None
    limit: LimitDefinition | None
    fee: FeeDefinition
    channels: tuple[ChannelDefinition, ...]
    papers: tuple[PaperDefinition, ...]
    subjects: tuple[str, ...]
    results: tuple[str, ...]
    conditions: tuple[str, ...]
    legal_basis: tuple[str, ...]
    steps: tuple[str, ...]
    life_events: tuple[str, ...]
    abbreviations: tuple[str, ...]
    declaration: tuple[FieldDefinition, ...]
    workflow: WorkflowDefinition
    review: tuple[str, ...]

    @property
    def steps_in_time(self) -> tuple[TimedStep, ...]:
        """The internal process with its working hours; where the law's limit is open we plan three working days."""
        return self.workflow.timed(self.limit.working_hours if self.limit else HOURS_WHEN_OPEN)

    def competent_code(self, commune: str) -> str:
        """Return the code of the unit that decides a dossier handed in in `commune`."""
        if self.competent:
            return self.competent
        return _part_code(commune, Part.POLICE) if self.handled_by is Part.POLICE else commune

    def receiving_code(self, commune: str) -> str:
        """Return the code of the one-stop desk for a dossier from `commune`."""
        if self.competent:
            return next(u.code for u in units() if u.kind is Kind.SERVICE_CENTRE and u.level is Level.PROVINCE)
        return _part_code(commune, Part.SERVICE_CENTRE)


@cache
def procedures() -> tuple[ProcedureDefinition, ...]:
    """Return the procedures, sector by sector."""
    paths = sorted((DATA / "procedures").glob("*.yaml"))
    return tuple(procedure for path in paths for procedure in read_procedures(path))


def read_procedures(path: Path) -> tuple[ProcedureDefinition, ...]:
    """Return the procedures of the one sector that the file at `path` holds, in order."""
    file = read_file(path)
    sector = _Sector(
        file.text("sector"),
        file.text("name"),
        file.texts("common_basis", may_be_missing=True),
        {key: _paper(paper) for key, paper in file.named_records("common_papers")},
        _shared_fields(),
    )
    found = tuple(_procedure(record, sector) for record in file.records("procedures"))
    file.finish()
    refuse_doubles(file, "code", [procedure.code for procedure in found])
    return found


@dataclass(frozen=True, slots=True)
class _Sector:
    code: str
    name: str
    common_basis: tuple[str, ...]
    common_papers: Mapping[str, PaperDefinition]
    shared_fields: Mapping[str, FieldDefinition]


def _procedure(record: Record, sector: _Sector) -> ProcedureDefinition:
    review = record.texts("review", may_be_missing=True)
    competent = _competent(record)
    limit = _limit(record.record("limit")) if record.has("limit") else None
    fee = _fee(record.record("fee"))
    if limit is None and not review:
        raise record.fault("limit", "is missing and no review note says why")
    found = ProcedureDefinition(
        code=record.text("code"),
        title=record.text("title"),
        short_name=record.text("short"),
        summary=record.text("summary"),
        sector_code=sector.code,
        sector_name=sector.name,
        level=Level.PROVINCE if competent else Level.COMMUNE,
        competent=competent,
        handled_by=None if competent else record.choice("handled_by", Part),
        limit=limit,
        fee=fee,
        channels=_channels(record, limit, fee),
        papers=tuple(_paper_or_common(record, paper, sector) for paper in record.mixed("papers")),
        subjects=record.texts("subjects"),
        results=record.texts("results"),
        conditions=record.texts("conditions", may_be_missing=True),
        legal_basis=(*record.texts("legal_basis", may_be_missing=True), *sector.common_basis),
        steps=record.texts("steps"),
        life_events=record.texts("life_events"),
        abbreviations=record.texts("abbreviations", may_be_missing=True),
        declaration=_declaration(record, sector),
        workflow=_workflow(record, limit),
        review=review,
    )
    record.finish()
    return found


def _competent(record: Record) -> str:
    code = record.text("competent", "")
    if code and code not in {unit.code for unit in units()}:
        raise record.fault("competent", f"{code} is no unit of units.yaml")
    return code


def _limit(record: Record) -> LimitDefinition:
    unit = record.choice("unit", LimitUnit)
    if unit not in UNITS:
        raise record.fault("unit", f"{unit} is not used here: {', '.join(UNITS)}")
    try:
        rule = TimeLimit(Decimal(record.whole("amount", 0)), unit)
    except TimeLimitUnclear as unclear:
        raise record.fault("amount", "is given for every unit but IMMEDIATE and SAME_DAY") from unclear
    found = LimitDefinition(rule, record.text("text"))
    record.finish()
    return found


def _fee(record: Record) -> FeeDefinition:
    found = FeeDefinition(record.whole("amount_vnd") if record.has("amount_vnd") else None, record.text("text"))
    record.finish()
    return found


def _channels(record: Record, limit: LimitDefinition | None, fee: FeeDefinition) -> tuple[ChannelDefinition, ...]:
    found: list[ChannelDefinition] = []
    for item in record.mixed("channels"):
        if isinstance(item, str):
            found.append(ChannelDefinition(record.member("channels", item, Method), limit, fee))
            continue
        own_limit = _limit(item.record("limit")) if item.has("limit") else limit
        own_fee = _fee(item.record("fee")) if item.has("fee") else fee
        found.append(ChannelDefinition(item.choice("method", Method), own_limit, own_fee))
        item.finish()
    refuse_doubles(record, "channels", [channel.method for channel in found])
    return tuple(found)


def _paper_or_common(record: Record, paper: str | Record, sector: _Sector) -> PaperDefinition:
    if isinstance(paper, Record):
        return _paper(paper)
    if paper not in sector.common_papers:
        raise record.fault("papers", f"{paper} is none of common_papers")
    return sector.common_papers[paper]


def _paper(record: Record) -> PaperDefinition:
    case = record.text("case", "")
    found = PaperDefinition(
        name=record.text("name"),
        case=case,
        originals=record.whole("originals", 0),
        copies=record.whole("copies", 0),
        form_no=record.text("form", ""),
        is_required=record.flag("required", default=not case),
    )
    record.finish()
    if found.originals + found.copies == 0:
        raise record.fault("originals", "a paper has at least one original or one copy")
    return found


def _declaration(record: Record, sector: _Sector) -> tuple[FieldDefinition, ...]:
    found: list[FieldDefinition] = []
    for item in record.mixed("declaration"):
        if isinstance(item, Record):
            found.append(_field(item))
        elif item in sector.shared_fields:
            found.append(sector.shared_fields[item])
        else:
            raise record.fault("declaration", f"{item} is no field of fields.yaml")
    refuse_doubles(record, "declaration", [field.key for field in found])
    return tuple(found)


def _field(record: Record) -> FieldDefinition:
    kind = record.choice("kind", FieldKind, FieldKind.TEXT)
    found = FieldDefinition(
        key=record.text("key"),
        label=record.text("label"),
        kind=kind,
        is_required=record.flag("required", default=True),
        options=record.texts("options") if kind is FieldKind.CHOICE else (),
        help=record.text("help", ""),
    )
    record.finish()
    return found


@cache
def _shared_fields() -> Mapping[str, FieldDefinition]:
    file = read_file(DATA / "fields.yaml")
    found: Sequence[FieldDefinition] = [_field(record) for record in file.records("fields")]
    file.finish()
    refuse_doubles(file, "key", [field.key for field in found])
    return {field.key: field for field in found}


def _workflow(record: Record, limit: LimitDefinition | None) -> WorkflowDefinition:
    key = record.text("workflow")
    if key not in workflows():
        raise record.fault("workflow", f"{key} is none of workflows.yaml")
    is_immediate = limit is not None and limit.rule.unit in AT_ONCE
    if is_immediate is not workflows()[key].is_for_immediate:
        raise record.fault("workflow", f"{key} does not fit the time limit")
    return workflows()[key]


def _part_code(commune: str, part: Part) -> str:
    return next(unit.code for unit in units() if unit.parent == commune and unit.part is part)
