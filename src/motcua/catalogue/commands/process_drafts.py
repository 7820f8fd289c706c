"""Write the internal process of a procedure and lay it before the chairman (B-29)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.commands.publish_procedure import WorkflowUnsound
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.events import (
    ProcessApproved,
    ProcessDrafted,
    ProcessDraftStarted,
    ProcessGivenBack,
    ProcessSubmitted,
)
from motcua.catalogue.facts import process_office, process_setting, step_row
from motcua.catalogue.models import Procedure, Workflow, WorkflowStep
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.rules.entrusting_processes import MayNotKeepProcesses, ProcessAct, may_keep_process
from motcua.rules.workflow_soundness import flaws

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "DraftUnderWay",
    "FirstDayTooEarly",
    "MayNotKeepProcesses",
    "NotADraft",
    "WorkflowUnsound",
    "approve_process",
    "give_process_back",
    "save_process_draft",
    "start_process_draft",
    "submit_process",
]


class DraftUnderWay(Exception):
    """A draft for the same procedure and unit is not approved yet: `number` is its version."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class NotADraft(Exception):
    """The process cannot be changed, laid before the chairman or approved as it stands."""


class FirstDayTooEarly(Exception):
    """A process begins today at the earliest, and after the one it replaces: `earliest` is the first day possible."""

    def __init__(self, earliest: date) -> None:
        super().__init__(earliest.isoformat())
        self.earliest = earliest


@transaction.atomic
def start_process_draft(*, procedure: Procedure, unit: Unit | None, actor: "User", at: datetime) -> Workflow:
    """Begin the next version of the process, for all units or for `unit`, from the steps in force there.

    Raises `MayNotKeepProcesses`, `DraftUnderWay`.
    """
    Procedure.objects.select_for_update().get(pk=procedure.pk)
    _require(ProcessAct.DRAFT, procedure, unit, actor, at)
    there = Workflow.objects.filter(procedure=procedure, unit=unit, approved_at=None).first()
    if there is not None:
        raise DraftUnderWay(there.number)
    last = Workflow.objects.filter(procedure=procedure).aggregate(last=Max("number"))["last"] or 0
    draft = Workflow.objects.create(
        procedure=procedure, unit=unit, number=last + 1, valid_from=timezone.localdate(at), decision_no=""
    )
    pattern = Workflow.objects.filter(procedure=procedure, approved_at__isnull=False, valid_until=None)
    before = (pattern.of_unit(unit) if unit else pattern.filter(unit=None)).first()
    if before is not None:
        copies = list(before.steps.order_by("position"))
        for copy in copies:
            copy.pk, copy.workflow = None, draft
        WorkflowStep.objects.bulk_create(copies)
    event = ProcessDraftStarted(subject=procedure.code, number=draft.number, unit=unit.code if unit else "")
    events.record(event, actor=actor, at=at)
    return draft


@transaction.atomic
def save_process_draft(*, workflow: Workflow, steps: Sequence[StepDefinition], actor: "User", at: datetime) -> Workflow:
    """Put `steps` in the place of those of a draft; raises `MayNotKeepProcesses`, `NotADraft`."""
    workflow = _locked(workflow, ProcessAct.DRAFT, actor, at)
    if workflow.approved_at is not None or workflow.submitted_at is not None:
        raise NotADraft
    workflow.steps.all().delete()
    WorkflowStep.objects.bulk_create(step_row(workflow, step, place) for place, step in enumerate(steps, start=1))
    event = ProcessDrafted(subject=workflow.procedure.code, number=workflow.number, step_count=len(steps))
    events.record(event, actor=actor, at=at)
    return workflow


@transaction.atomic
def submit_process(*, workflow: Workflow, actor: "User", at: datetime) -> Workflow:
    """Lay a sound draft before the chairman; raises `MayNotKeepProcesses`, `NotADraft`, `WorkflowUnsound`."""
    workflow = _locked(workflow, ProcessAct.DRAFT, actor, at)
    if workflow.approved_at is not None or workflow.submitted_at is not None:
        raise NotADraft
    _require_sound(workflow, at)
    workflow.submitted_at, workflow.remark = at, ""
    workflow.save(update_fields=["submitted_at", "remark"])
    events.record(ProcessSubmitted(subject=workflow.procedure.code, number=workflow.number), actor=actor, at=at)
    return workflow


@transaction.atomic
def give_process_back(*, workflow: Workflow, reason: str, actor: "User", at: datetime) -> Workflow:
    """Give a submitted draft back to be changed; raises `MayNotKeepProcesses`, `NotADraft`."""
    workflow = _locked(workflow, ProcessAct.APPROVE, actor, at)
    if workflow.approved_at is not None or workflow.submitted_at is None:
        raise NotADraft
    workflow.submitted_at, workflow.remark = None, reason
    workflow.save(update_fields=["submitted_at", "remark"])
    event = ProcessGivenBack(subject=workflow.procedure.code, number=workflow.number)
    events.record(event, actor=actor, at=at)
    return workflow


@transaction.atomic
def approve_process(*, workflow: Workflow, decision_no: str, valid_from: date, actor: "User", at: datetime) -> Workflow:
    """Approve a submitted process from `valid_from` on, which ends the one before (B-29).

    Dossiers begun before that day keep theirs. Raises `MayNotKeepProcesses`, `NotADraft`, `WorkflowUnsound`,
    `FirstDayTooEarly`.
    """
    workflow = _locked(workflow, ProcessAct.APPROVE, actor, at)
    if workflow.approved_at is not None or workflow.submitted_at is None:
        raise NotADraft
    _require_sound(workflow, at)
    before = Workflow.objects.filter(
        procedure=workflow.procedure, unit=workflow.unit, valid_until=None, approved_at__isnull=False
    ).first()
    earliest = timezone.localdate(at)
    if before is not None:
        earliest = max(earliest, before.valid_from + timedelta(days=1))
    if valid_from < earliest:
        raise FirstDayTooEarly(earliest)
    if before is not None:
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    workflow.valid_from, workflow.decision_no, workflow.approved_at = valid_from, decision_no, at
    workflow.save(update_fields=["valid_from", "decision_no", "approved_at"])
    event = ProcessApproved(
        subject=workflow.procedure.code, number=workflow.number, decision_no=decision_no, valid_from=valid_from
    )
    events.record(event, actor=actor, at=at)
    return workflow


def _locked(workflow: Workflow, act: ProcessAct, actor: "User", at: datetime) -> Workflow:
    found = Workflow.objects.select_for_update(of=("self",)).select_related("procedure", "unit").get(pk=workflow.pk)
    _require(act, found.procedure, found.unit, actor, at)
    return found


def _require(act: ProcessAct, procedure: Procedure, unit: Unit | None, actor: "User", at: datetime) -> None:
    today = timezone.localdate(at)
    office = process_office(procedure, unit, today)
    if not may_keep_process(act, office, grants_of(actor, today), on=today):
        raise MayNotKeepProcesses


def _require_sound(workflow: Workflow, at: datetime) -> None:
    steps = [step.as_rule() for step in workflow.steps.select_related("unit").order_by("position")]
    found = flaws(steps, process_setting(workflow, steps, timezone.localdate(at)))
    if found:
        raise WorkflowUnsound(workflow.procedure.code, found)
