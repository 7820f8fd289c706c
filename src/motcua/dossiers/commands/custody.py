"""Hand a dossier on: close the step at hand, open the next one of its internal process, say who holds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import WorkflowStep
from motcua.dossiers.facts import counting_mode, limit_for, open_legs, process_of, process_rows, runs_beside
from motcua.dossiers.models import Dossier, Step
from motcua.kernel.rows import insert_row
from motcua.organisations.facts import working_calendar, working_calendars
from motcua.organisations.models import Unit
from motcua.rules.deadlines import CountingMode, due_soon_from, intake_alert_due, intake_answer_due, promise_mode
from motcua.rules.permissions import Role
from motcua.rules.transitions import Action
from motcua.rules.workflow import StepKind
from motcua.rules.workflow_course import Run, opened
from motcua.rules.working_time import WorkingCalendar, add_working_time

# Plain SQL, because five acts of seven need it and the ORM would ask twice.
_CLOSE = """
UPDATE dossiers_step SET finished_at = %s, finished_by_id = %s, note = %s
WHERE dossier_id = %s AND leg = %s AND finished_at IS NULL RETURNING id, code, leg, kind, unit_id, assignee_id
"""

HOLDER = ["holder_unit", "holder_role", "assignee", "action_due_at", "warn_at"]


def promise_of(dossier: Dossier) -> CountingMode:
    """Return whether the promise names an hour (ROLLING) or a day (CIVIL) (L-11)."""
    return promise_mode(limit_for(dossier.procedure_version, dossier.filing_channel), counting_mode())


def calendar_of(unit: Unit, at: datetime) -> WorkingCalendar:
    """Return when `unit` is open, by the hours in force at `at`."""
    return working_calendar(unit, timezone.localdate(at))


def calendars_of(units: Iterable[Unit], at: datetime) -> dict[int | None, WorkingCalendar]:
    """Return when each of `units` is open, by its key, asked for at once."""
    return working_calendars({unit.pk for unit in units}, timezone.localdate(at))


def give_to_desk(dossier: Dossier, *, due_at: datetime | None, warn_at: datetime | None) -> None:
    """Have the receiving desk hold the dossier, to act by `due_at` and be warned from `warn_at` on."""
    dossier.holder_unit, dossier.holder_role = dossier.receiving_unit, Role.RECEPTION_OFFICER.value
    dossier.assignee, dossier.action_due_at, dossier.warn_at = None, due_at, warn_at


def give_to_desk_for_answer(dossier: Dossier, at: datetime) -> datetime:
    """Have the desk hold what was submitted at `at`, and return by when it must answer (B-20)."""
    calendar = calendar_of(dossier.receiving_unit, at)
    due_at = intake_answer_due(at, calendar)
    give_to_desk(dossier, due_at=due_at, warn_at=intake_alert_due(at, calendar))
    return due_at


def _follow_promise(dossier: Dossier, at: datetime) -> None:
    """Have whoever holds the dossier act by the promise, and be warned when it is due soon (L-12)."""
    is_followed = dossier.action_due_at == dossier.due_at and dossier.warn_at is not None
    if is_followed or dossier.due_at is None or dossier.counted_from is None:
        return
    dossier.action_due_at = dossier.due_at
    dossier.warn_at = due_soon_from(dossier.counted_from, dossier.due_at, calendar_of(dossier.competent_unit, at))


def give_to_nobody(dossier: Dossier) -> None:
    """Have nobody hold the dossier: it is the applicant's turn, or it is over."""
    dossier.holder_unit, dossier.holder_role, dossier.assignee = None, "", None
    dossier.action_due_at = dossier.warn_at = None


def close_step(dossier: Dossier, *, by: User, at: datetime, note: str, leg: str = "") -> Step:
    """Finish the open step of `dossier` on its leading way, or of a leg beside it, and return it.

    It knows its code, leg and kind, and whose it was by number; the rest is asked for when it is read.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [at, by.pk, note, dossier.pk, leg])
        row = cursor.fetchone()
    if row is None:
        raise Step.DoesNotExist
    return Step.from_db(DEFAULT_DB_ALIAS, ("id", "code", "leg", "kind", "unit_id", "assignee_id"), row)


def close_open_parts(dossier: Dossier, at: datetime) -> None:
    """Finish whatever is under way in a dossier that is over."""
    dossier.steps.filter(finished_at=None).update(finished_at=at)
    dossier.supplement_requests.filter(completed_at=None).update(completed_at=at)
    dossier.consultations.filter(closed_at=None).update(closed_at=at)
    dossier.financial_obligations.filter(settled_at=None).update(settled_at=at)


@dataclass(frozen=True, slots=True)
class Onward:
    """How a dossier goes on from a finished step: by which act, which of several ways, and into whose hands.

    `way` holds the words of the way that was chosen, empty where there is one; `assignee` is None for nobody in
    particular.
    """

    action: Action
    way: str = ""
    assignee: User | None = None


def go_on(dossier: Dossier, done: Step, onward: Onward, at: datetime) -> list[Step]:
    """Open what follows the step `done`: the next one first, then the legs that begin beside it (B-21).

    Empty once a leg has come to its join. Raises `WayNotOpen`, `LegsAwaited`.
    """
    runs = opened(
        process_of(dossier.workflow_id),
        Run(done.code, done.leg),
        onward.action,
        label=onward.way,
        open_runs=runs_beside(dossier),
    )
    return [_open(dossier, done, run, onward, at) for run in runs]


def _open(dossier: Dossier, done: Step, run: Run, onward: Onward, at: datetime) -> Step:
    spec = spec_of(dossier, run.code)
    if not run.leg:
        return open_step(dossier, spec, assignee=onward.assignee, at=at)
    unit = _unit_of(dossier, spec)
    is_same = run.leg == done.leg and unit.pk == done.unit_id  # the same officer goes on with their leg
    assignee_id = done.assignee_id if is_same else None
    return _run(dossier, spec, StepHands(unit, assignee_id, run.leg), at, calendar_of(unit, at))


def open_step(
    dossier: Dossier,
    spec: WorkflowStep,
    *,
    assignee: User | None,
    at: datetime,
    calendars: Mapping[int | None, WorkingCalendar] | None = None,
) -> Step:
    """Start `spec` on the leading way of `dossier`: its unit holds the dossier from `at` (B-29).

    `calendars` are those the caller knows already, by unit; None asks.
    """
    unit = _unit_of(dossier, spec)
    dossier.holder_unit, dossier.holder_role, dossier.assignee = unit, spec.role, assignee
    calendar = calendars[unit.pk] if calendars else calendar_of(unit, at)
    _follow_promise(dossier, at)
    return _run(dossier, spec, StepHands(unit, assignee.pk if assignee else None), at, calendar)


@dataclass(frozen=True, slots=True)
class StepHands:
    """Who does a step: the unit, the officer (None: nobody in particular), and the leg it belongs to, if any."""

    unit: Unit
    assignee_id: int | None
    leg: str = ""


def _run(dossier: Dossier, spec: WorkflowStep, hands: StepHands, at: datetime, calendar: WorkingCalendar) -> Step:
    """Start the step's own working time at `at`, by the hours of the unit that does it."""
    step = Step(
        dossier=dossier,
        code=spec.code,
        leg=hands.leg,
        name=spec.name,
        kind=spec.kind,
        role=spec.role,
        unit=hands.unit,
        assignee_id=hands.assignee_id,
        started_at=at,
        due_at=add_working_time(at, spec.as_rule().time, calendar),
    )
    insert_row(step)
    return step


def reopen_verification(dossier: Dossier, at: datetime) -> Step:
    """Run the last verification again, in its own full time, for the officer who did it; for none once that role ended.

    The legs that are under way beside it have their full time again, too: what they look at has changed.
    """
    for step in open_legs(dossier):
        step.due_at = max(step.due_at, _due_at(dossier, spec_of(dossier, step.code), at))
        step.reported_at = None
        step.save(update_fields=["due_at", "reported_at"])
    last = dossier.steps.filter(kind=StepKind.VERIFY, leg="").select_related("assignee").latest("started_at", "pk")
    verifier = last.assignee
    is_there = verifier is not None and is_officer(verifier, dossier, at)
    return open_step(dossier, spec_of(dossier, last.code), assignee=verifier if is_there else None, at=at)


def is_officer(person: User, dossier: Dossier, at: datetime) -> bool:
    """Tell whether `person` is a processing officer of the competent agency on the day of `at`."""
    return holds_role(person, Role.PROCESSING_OFFICER, dossier.competent_unit_id, at)


def holds_role(person: User, role: Role, unit_id: int, at: datetime) -> bool:
    """Tell whether `person` has `role` in that unit on the day of `at`, in person or in another's place."""
    return any(grant.role is role and grant.unit_id == unit_id for grant in grants_of(person, timezone.localdate(at)))


def first_spec(dossier: Dossier) -> WorkflowStep:
    """Return the step with which the dossier's internal process begins."""
    return process_rows(dossier.workflow_id)[0]


def spec_of(dossier: Dossier, code: str) -> WorkflowStep:
    """Return the step of that code in the dossier's internal process."""
    return next(spec for spec in process_rows(dossier.workflow_id) if spec.code == code)


def spec_of_kind(dossier: Dossier, kind: StepKind) -> WorkflowStep:
    """Return the first step of that kind in the dossier's internal process; every sound process has one."""
    return next(spec for spec in process_rows(dossier.workflow_id) if spec.kind == kind)


def _due_at(dossier: Dossier, spec: WorkflowStep, at: datetime) -> datetime:
    return add_working_time(at, spec.as_rule().time, calendar_of(_unit_of(dossier, spec), at))


def _unit_of(dossier: Dossier, spec: WorkflowStep) -> Unit:
    if spec.unit is not None:
        return spec.unit
    return dossier.receiving_unit if spec.place == WorkflowStep.Place.RECEIVING else dossier.competent_unit
