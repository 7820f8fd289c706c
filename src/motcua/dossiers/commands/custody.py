"""Hand a dossier on: close the step at hand, open the next one of its internal process, say who holds it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import WorkflowStep
from motcua.dossiers.facts import counting_mode, limit_for
from motcua.dossiers.models import Dossier, Step
from motcua.organisations.facts import working_calendar, working_calendars
from motcua.organisations.models import Unit
from motcua.rules.deadlines import CountingMode, due_soon_from, intake_alert_due, intake_answer_due, promise_mode
from motcua.rules.permissions import Role
from motcua.rules.workflow import StepKind
from motcua.rules.working_time import WorkingCalendar, add_working_time

# Plain SQL, because five acts of seven need it and the ORM would ask twice.
_CLOSE = """
UPDATE dossiers_step SET finished_at = %s, finished_by_id = %s, note = %s
WHERE dossier_id = %s AND finished_at IS NULL RETURNING *
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


def close_step(dossier: Dossier, *, by: User, at: datetime, note: str) -> Step:
    """Finish the open step of `dossier` and return it."""
    closed = list(Step.objects.raw(_CLOSE, [at, by.pk, note, dossier.pk]))
    if not closed:
        raise Step.DoesNotExist
    return closed[0]


def close_open_parts(dossier: Dossier, at: datetime) -> None:
    """Finish whatever is under way in a dossier that is over."""
    dossier.steps.filter(finished_at=None).update(finished_at=at)
    dossier.supplement_requests.filter(completed_at=None).update(completed_at=at)
    dossier.consultations.filter(closed_at=None).update(closed_at=at)
    dossier.financial_obligations.filter(settled_at=None).update(settled_at=at)


def open_step(
    dossier: Dossier,
    spec: WorkflowStep,
    *,
    assignee: User | None,
    at: datetime,
    calendars: Mapping[int | None, WorkingCalendar] | None = None,
) -> Step:
    """Start `spec` for `dossier`: its unit holds the dossier, its own working time runs from `at` (B-29).

    `calendars` are those the caller knows already, by unit; None asks.
    """
    unit = _unit_of(dossier, spec)
    calendar = calendars[unit.pk] if calendars else calendar_of(unit, at)
    dossier.holder_unit, dossier.holder_role, dossier.assignee = unit, spec.role, assignee
    _follow_promise(dossier, at)
    return dossier.steps.create(
        code=spec.code,
        name=spec.name,
        kind=spec.kind,
        role=spec.role,
        unit=unit,
        assignee=assignee,
        started_at=at,
        due_at=add_working_time(at, spec.as_rule().time, calendar),
    )


def reopen_verification(dossier: Dossier, at: datetime) -> Step:
    """Run the verification again, in its own full time, for the officer who did it; for none once that role ended."""
    last = dossier.steps.filter(kind=StepKind.VERIFY).select_related("assignee").latest("started_at", "pk")
    verifier = last.assignee
    is_there = verifier is not None and is_officer(verifier, dossier, at)
    return open_step(dossier, spec_of(dossier, last.code), assignee=verifier if is_there else None, at=at)


def is_officer(person: User, dossier: Dossier, at: datetime) -> bool:
    """Tell whether `person` is a processing officer of the competent agency on the day of `at`."""
    return any(
        grant.role is Role.PROCESSING_OFFICER and grant.unit_id == dossier.competent_unit_id
        for grant in grants_of(person, timezone.localdate(at))
    )


def spec_after(dossier: Dossier, code: str | None) -> WorkflowStep:
    """Return the step that follows `code` in the dossier's internal process; the first one when `code` is None."""
    specs = _specs(dossier.workflow_id)
    if code is None:
        return specs[0]
    by_code = {spec.code: spec for spec in specs}
    return by_code[by_code[code].next_codes[0]]


def spec_of(dossier: Dossier, code: str) -> WorkflowStep:
    """Return the step of that code in the dossier's internal process."""
    return next(spec for spec in _specs(dossier.workflow_id) if spec.code == code)


def spec_of_kind(dossier: Dossier, kind: StepKind) -> WorkflowStep:
    """Return the first step of that kind in the dossier's internal process; every sound process has one."""
    return next(spec for spec in _specs(dossier.workflow_id) if spec.kind == kind)


@lru_cache(maxsize=10_000)
def _specs(workflow_id: int) -> tuple[WorkflowStep, ...]:
    """Return the steps of an internal process, read once a program: dossiers only follow approved, frozen ones."""
    return tuple(WorkflowStep.objects.filter(workflow=workflow_id).order_by("position"))


def _unit_of(dossier: Dossier, spec: WorkflowStep) -> Unit:
    return dossier.receiving_unit if spec.place == WorkflowStep.Place.RECEIVING else dossier.competent_unit
