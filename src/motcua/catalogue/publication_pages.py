"""What the screens about publication decisions show."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, Value, When

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.catalogue.publication_facts import all_line_facts, changed_parts, extent_for, lines_of, office_of
from motcua.organisations.facts import working_calendars
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.publication import (
    STATE_AFTER,
    DecisionAct,
    DecisionState,
    Extent,
    Flaw,
    LineKind,
    PublicationOffice,
    Publisher,
    days_late,
    enter_by,
    flaws,
    may_do,
    publish_by,
    terms_on,
)
from motcua.rules.vietnamese import words
from motcua.rules.working_time import CalendarExhausted, WorkingCalendar

PAGE = 30
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A deadline beside what was done: `due_on` None when it cannot be told, `done_on` None while nothing is done.

    `late_days` are calendar days by which it came, or is by today, too late.
    """

    due_on: date | None
    done_on: date | None
    late_days: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in the list. `entry` is None until it is published."""

    key: uuid.UUID
    title: str
    number: str
    issuer: str
    state: str
    state_label: str
    norm: str
    norm_effective_on: date
    line_count: int
    publication: Measured
    entry: Measured | None


@dataclass(frozen=True, slots=True)
class DecisionList:
    """One page of the decisions, those that wait for the publisher first."""

    rows: tuple[DecisionRow, ...]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class LineCard:
    """What a decision does to a procedure: `content` and `changed` stand with a new version alone.

    `changed` are the fields of `Content` in which it differs from the version it was begun from, all of them for a new
    procedure. `holds_from` is the first day of the version or of the end, None until the decision is published.
    `content_hash` changes with the draft; empty without one.
    """

    code: str
    title: str
    kind: LineKind
    kind_label: str
    extent: Extent | None
    norm: str
    note: str
    successor_code: str
    successor_title: str
    content: Content | None
    before: Content | None
    changed: frozenset[str]
    holds_from: date | None
    flaws: tuple[Flaw, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision with its lines, what keeps it from being published, its deadlines and the acts open to the reader."""

    decision: PublicationDecision
    state: DecisionState
    lines: tuple[LineCard, ...]
    flaws: tuple[Flaw, ...]
    publication: Measured
    entry: Measured | None
    acts: frozenset[DecisionAct]
    office: PublicationOffice
    grants: tuple[RoleGrant, ...]
    on: date

    def is_theirs(self, act: DecisionAct) -> bool:
        """Tell whether the reader does `act` at all, now or in another state."""
        return may_do(act, self.office, self.grants, on=self.on)


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure that may be entered in a decision."""

    code: str
    title: str
    scope_label: str


def decisions(on: date, *, number: int = 1, state: str = "") -> DecisionList:
    """Return a page of the decisions, the waiting ones first, then the newest; `state` empty for all."""
    waits = Case(When(state=DecisionState.SUBMITTED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = PublicationDecision.objects.filter(state=state) if state else PublicationDecision.objects.all()
    counted = found.select_related("issuer").annotate(line_count=Count("lines"), waits=waits)
    start = (number - 1) * PAGE
    rows = list(counted.order_by("waits", "-begun_at", "-pk")[start : start + PAGE + 1])
    calendars = working_calendars({row.issuer_id for row in rows}, on)
    shown = tuple(_row(row, row.line_count, calendars[row.issuer_id], on) for row in rows[:PAGE])
    return DecisionList(shown, number, len(rows) > PAGE)


def decision_page(key: uuid.UUID, actor: User, *, on: date) -> DecisionPage:
    """Return the page of a decision; raises `PublicationDecision.DoesNotExist`."""
    decision = PublicationDecision.objects.select_related("issuer", "begun_by").get(key=key)
    state = DecisionState(decision.state)
    lines = lines_of(decision)
    is_open = state is not DecisionState.PUBLISHED
    found = flaws(all_line_facts(lines, day=on)) if is_open else ()
    calendar = working_calendars({decision.issuer_id}, on)[decision.issuer_id]
    based_on = ProcedureVersion.objects.prefetch_related("papers", "channels", "results")
    before = based_on.in_bulk([line.based_on_id for line in lines if line.based_on_id and line.version_id])
    office, grants = office_of(decision.issuer, on), tuple(grants_of(actor, on))
    return DecisionPage(
        decision=decision,
        state=state,
        lines=tuple(_card(line, before, found) for line in lines),
        flaws=found,
        publication=_publication(decision, calendar, on),
        entry=_entry(decision, calendar, on),
        acts=frozenset(
            act for act in DecisionAct if (state, act) in STATE_AFTER and may_do(act, office, grants, on=on)
        ),
        office=office,
        grants=grants,
        on=on,
    )


def issuers(grants: tuple[RoleGrant, ...], on: date) -> list[Unit]:
    """Return the provinces whose decisions an official with `grants` prepares on `on`."""
    role = Role.PROCEDURE_CONTROL_OFFICER
    places = [grant.unit_id for grant in grants if grant.role is role and grant.holds_on(on)]
    near = Q(pk__in=places) | Q(children__in=places)
    provinces = Unit.objects.on(on).filter(near, kind=UnitKind.PROVINCE).distinct().order_by("sort_key", "code")
    return [unit for unit in provinces if may_do(DecisionAct.EDIT, office_of(unit, on), grants, on=on)]


def procedures_to_enter(text: str, on: date) -> tuple[Found, ...]:
    """Return the procedures in force whose title or code holds `text`, at most `MOST_FOUND`; none without a word."""
    typed = words(text)
    if not typed:
        return ()
    found = Procedure.objects.in_force(on)
    for word in typed:
        found = found.filter(Q(search_key__contains=word) | Q(code__contains=word))
    rows = found.distinct().order_by("sort_key", "code")[:MOST_FOUND]
    return tuple(Found(row.code, row.title, row.get_scope_display()) for row in rows)


def _row(row: PublicationDecision, line_count: int, calendar: WorkingCalendar, on: date) -> DecisionRow:
    return DecisionRow(
        key=row.key,
        title=row.title,
        number=row.number,
        issuer=row.issuer.authority_name,
        state=row.state,
        state_label=row.get_state_display(),
        norm=row.norm,
        norm_effective_on=row.norm_effective_on,
        line_count=line_count,
        publication=_publication(row, calendar, on),
        entry=_entry(row, calendar, on),
    )


def _publication(row: PublicationDecision, calendar: WorkingCalendar, on: date) -> Measured:
    terms = terms_on(row.signed_on or on)
    try:
        due = publish_by(Publisher(row.publisher), row.as_norm, terms, calendar)
    except CalendarExhausted:
        due = None
    return _measured(due, row.signed_on, on)


def _entry(row: PublicationDecision, calendar: WorkingCalendar, on: date) -> Measured | None:
    if row.signed_on is None:
        return None
    publisher, terms = Publisher(row.publisher), terms_on(row.signed_on)
    try:
        due = enter_by(publisher, row.signed_on, terms, calendar, is_shortened=row.is_shortened)
    except CalendarExhausted:
        due = None
    return _measured(due, row.entered_on, on)


def _measured(due: date | None, done: date | None, on: date) -> Measured:
    return Measured(due, done, days_late(due, done or on) if due else 0)


def _card(line: PublicationLine, before: Mapping[int, ProcedureVersion], found: tuple[Flaw, ...]) -> LineCard:
    version, procedure, successor = line.version, line.procedure, line.replaced_by
    content = content_of(version) if version else None
    earlier = content_of(before[line.based_on_id]) if version and line.based_on_id else None
    holds_from = version.valid_from if version and version.is_published else line.ended_on
    return LineCard(
        code=procedure.code,
        title=version.title if version else procedure.title,
        kind=LineKind(line.kind),
        kind_label=line.get_kind_display(),
        extent=extent_for(line.decision, procedure),
        norm=line.norm,
        note=line.note,
        successor_code=successor.code if successor else "",
        successor_title=successor.title if successor else "",
        content=content,
        before=earlier,
        changed=changed_parts(earlier, content) if earlier and content else frozenset(),
        holds_from=holds_from,
        flaws=tuple(flaw for flaw in found if flaw.code == procedure.code),
        content_hash=line.version.content_hash if line.version else "",
    )
