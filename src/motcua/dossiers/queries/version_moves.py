"""Which open dossiers a publication decision touches, and what an order to follow it would do to each (R-13)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.catalogue.publication_facts import office_of
from motcua.dossiers.facts import ClockStart, clock_of, counting_mode, is_at_once, limit_for
from motcua.dossiers.models import STATUS_LABELS, Dossier, ExcludedWait, Extension, PaperEntry, VersionMove
from motcua.organisations.facts import working_calendars
from motcua.rules.deadlines import DueMoment
from motcua.rules.declaration_answers import lost_answers
from motcua.rules.declarations import FieldDefinition, from_stored
from motcua.rules.promises import Beginning, ClockFacts, promise
from motcua.rules.publication import DecisionAct, DecisionState, LineKind, may_do
from motcua.rules.time_limits import TimeLimit
from motcua.rules.transitions import Status
from motcua.rules.version_moves import BEFORE_ACCEPTANCE, MOVABLE, STANDING, Bar, Move, OpenDossier, PromiseRule, move
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar

PAGE = 30


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier, the version it would follow, what becomes of it, and its sooner promise where there is one."""

    dossier: Dossier
    target: ProcedureVersion
    move: Move
    sooner: DueMoment | None


@dataclass(frozen=True, slots=True)
class TouchedUnit:
    """How many open dossiers of a competent unit a decision touches: under way, waiting, or decided already."""

    unit: str
    under_way: int
    not_accepted: int
    standing: int
    decided: int


@dataclass(frozen=True, slots=True)
class TouchedDossier:
    """A dossier in the preview: where it stands, and what either rule about promises would do to it.

    `bar` None: it follows. `due_at` is None before acceptance; `sooner_at` None where no sooner date would be promised.
    """

    code: str
    procedure: str
    unit: str
    stage: str
    from_version: int
    to_version: int
    bar: Bar | None
    due_at: datetime | None
    sooner_at: datetime | None


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What an order would do now. `opens_on` is the first day it may be given, None where nothing could follow."""

    units: tuple[TouchedUnit, ...]
    rows: tuple[TouchedDossier, ...]
    total: int
    number: int
    page_count: int
    opens_on: date | None
    papers_added: tuple[str, ...]
    orders: tuple[VersionMove, ...]
    may_see: bool
    is_publisher: bool
    may_order: bool


def touched_dossiers(targets: Collection[ProcedureVersion]) -> QuerySet[Dossier]:
    """Return the open dossiers under earlier versions of the procedures of `targets`."""
    reached = Q(pk__in=[])
    for target in targets:
        version = Q(procedure_version__procedure=target.procedure_id, procedure_version__number__lt=target.number)
        reached |= version
    return Dossier.objects.filter(reached, submitted_at__isnull=False, closed_at=None, finished_at=None)


def targets_of(decision: PublicationDecision, on: date | None) -> list[ProcedureVersion]:
    """Return the new versions of amended procedures, with their parts; with `on`, those that may be followed that day.

    They are in force on that day, and nothing has been published yet that replaces or ends them.
    """
    if decision.state != DecisionState.PUBLISHED:
        return []
    versions = ProcedureVersion.objects.filter(
        publication_line__decision=decision, publication_line__kind=LineKind.AMENDED
    )
    found = versions.select_related("procedure").prefetch_related("papers", "channels").order_by("pk")
    return [row for row in found if on is None or (row.valid_until is None and row.is_in_force(on))]


def move_preview(decision: PublicationDecision, actor: User, *, at: datetime, number: int = 1) -> MovePreview:
    """Return the preview of an order given at `at`, whose list is paged, with the orders given so far."""
    today = timezone.localdate(at)
    office, grants = office_of(decision.issuer, today), grants_of(actor, today)
    is_publisher = may_do(DecisionAct.PUBLISH, office, grants, on=today)
    # The list names dossiers of every unit, so it is for who prepares or publishes.
    may_see = is_publisher or may_do(DecisionAct.EDIT, office, grants, on=today)
    targets = targets_of(decision, None)
    touched = touched_dossiers(targets)
    pages = Paginator(_loaded(touched).order_by("competent_unit__sort_key", "pk"), PAGE)
    page = pages.get_page(number)
    dossiers = list(page.object_list) if may_see else []
    days = [target.valid_from for target in targets if target.valid_until is None]
    opens_on = min(days, default=None)
    return MovePreview(
        units=_units(touched) if may_see else (),
        rows=tuple(_row(judged) for judged in judge(dossiers, targets, PromiseRule.ADVANCE, at=at)),
        total=pages.count,
        number=page.number,
        page_count=pages.num_pages,
        opens_on=opens_on,
        papers_added=_papers_added(decision),
        orders=tuple(decision.version_moves.select_related("ordered_by").order_by("-ordered_at", "-pk")),
        may_see=may_see,
        is_publisher=is_publisher,
        may_order=is_publisher and opens_on is not None and opens_on <= today,
    )


def judge(
    dossiers: Sequence[Dossier], targets: Collection[ProcedureVersion], rule: PromiseRule, *, at: datetime
) -> list[Judged]:
    """Return what an order does to each of `dossiers`, in as many queries for one as for many.

    They need `procedure_version` with its channels, `applicant` and `competent_unit` loaded.
    """
    if not dossiers:
        return []
    by_procedure = {target.procedure_id: target for target in targets}
    clocks = _Clocks.of(dossiers, timezone.localdate(at))
    found = []
    for dossier in dossiers:
        target = by_procedure[dossier.procedure_version.procedure_id]
        old, new = (clocks.due(dossier, version) for version in (dossier.procedure_version, target))
        versions = (dossier.procedure_version, target)
        facts = OpenDossier(
            status=Status(dossier.status),
            promised_at=timezone.localtime(dossier.due_at) if dossier.due_at else None,
            by_old=old.due_at if old else None,
            by_new=new.due_at if new else None,
            lost=lost_answers(_fields(dossier.procedure_version), _fields(target), dossier.applicant.declaration),
            is_superseded=target.valid_until is not None,
            is_linked=dossier.linked_application_id is not None,
            is_at_once=any(is_at_once(version, dossier.filing_channel) for version in versions),
        )
        told = move(facts, rule, at=timezone.localtime(at))
        found.append(Judged(dossier, target, told, new if told.is_sooner else None))
    return found


def _fields(version: ProcedureVersion) -> tuple[FieldDefinition, ...]:
    return tuple(map(from_stored, version.declaration))


def _loaded(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return dossiers.select_related("procedure_version__procedure", "applicant", "competent_unit").prefetch_related(
        "procedure_version__channels"
    )


def to_judge(touched: QuerySet[Dossier], after: int, size: int) -> list[Dossier]:
    """Return the next `size` dossiers with an id beyond `after`, locked, with what `judge` needs of them."""
    following = touched.filter(pk__gt=after).order_by("pk")
    return list(_loaded(following).select_for_update(of=("self",))[:size])


@dataclass(frozen=True, slots=True)
class _Clocks:
    """What the promises of some dossiers rest on."""

    waits: dict[int, list[ExcludedWait]]
    extensions: dict[int, Extension]
    written: dict[int, date | None]
    calendars: dict[int | None, WorkingCalendar]

    @classmethod
    def of(cls, dossiers: Sequence[Dossier], on: date) -> "_Clocks":
        waits = defaultdict[int, list[ExcludedWait]](list)
        for wait in ExcludedWait.objects.filter(dossier__in=dossiers).order_by("began_at"):
            waits[wait.dossier_id].append(wait)
        return cls(
            waits=waits,
            extensions={row.dossier_id: row for row in Extension.objects.filter(dossier__in=dossiers)},
            written=dict(PaperEntry.objects.filter(dossier__in=dossiers).values_list("dossier", "written_due_on")),
            calendars=working_calendars({dossier.competent_unit_id for dossier in dossiers}, on),
        )

    def due(self, dossier: Dossier, version: ProcedureVersion) -> DueMoment | None:
        """Return when the result is due by the limit of `version`; None where that cannot be counted."""
        limit = limit_for(version, dossier.filing_channel)
        counted_from = dossier.counted_from or dossier.accepted_at
        if limit is None or counted_from is None:
            return None
        facts = self._facts(dossier, ClockStart(counted_from, Beginning(dossier.counted_because)), limit)
        try:
            return promise(facts, self.calendars[dossier.competent_unit_id], counting_mode())
        except CalendarExhausted:
            return None

    def _facts(self, dossier: Dossier, start: ClockStart, limit: TimeLimit) -> ClockFacts:
        facts = clock_of(start, limit, self.waits.get(dossier.pk, ()), self.extensions.get(dossier.pk))
        return replace(facts, written_on=self.written.get(dossier.pk) if start.keeps_receipt else None)


def _units(touched: QuerySet[Dossier]) -> tuple[TouchedUnit, ...]:
    waiting = BEFORE_ACCEPTANCE | STANDING | MOVABLE
    counted = touched.values("competent_unit__name").annotate(
        under_way=Count("pk", filter=Q(status__in=MOVABLE)),
        not_accepted=Count("pk", filter=Q(status__in=BEFORE_ACCEPTANCE)),
        standing=Count("pk", filter=Q(status__in=STANDING)),
        decided=Count("pk", filter=~Q(status__in=waiting)),
    )
    return tuple(
        TouchedUnit(row.pop("competent_unit__name"), **row)
        for row in counted.order_by("competent_unit__sort_key", "competent_unit__name")
    )


def _row(judged: Judged) -> TouchedDossier:
    dossier = judged.dossier
    return TouchedDossier(
        code=dossier.public_code,
        procedure=dossier.procedure_version.name,
        unit=dossier.competent_unit.name,
        stage=str(STATUS_LABELS[dossier.stage]),
        from_version=dossier.procedure_version.number,
        to_version=judged.target.number,
        bar=judged.move.bar,
        due_at=dossier.due_at,
        sooner_at=judged.move.due_at if judged.move.is_sooner else None,
    )


def _papers_added(decision: PublicationDecision) -> tuple[str, ...]:
    """Return the papers that the new versions ask and those before did not, once each."""
    lines = decision.lines.filter(kind=LineKind.AMENDED).prefetch_related("version__papers", "based_on__papers")
    added = dict[str, None]()
    for line in lines:
        before = {paper.name for paper in line.based_on.papers.all()} if line.based_on else set()
        now = [paper for paper in line.version.papers.all() if not paper.is_note] if line.version else []
        added |= dict.fromkeys(paper.name for paper in now if paper.name not in before)
    return tuple(added)
