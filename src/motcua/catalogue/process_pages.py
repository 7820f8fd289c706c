"""What the screens about internal processes show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.facts import process_office, process_setting, step_definition, step_spec
from motcua.catalogue.models import Procedure, Workflow
from motcua.catalogue.process_table import Difference, differences
from motcua.rules.entrusting_processes import ProcessAct, may_keep_process
from motcua.rules.vietnamese import words
from motcua.rules.workflow import Flaw
from motcua.rules.workflow_soundness import flaws

MOST = 50


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A procedure in the list: how many approved processes are in force, and how many drafts there are."""

    code: str
    title: str
    in_force_count: int
    draft_count: int
    waiting_count: int


def processes(text: str, on: date) -> tuple[ProcessLine, ...]:
    """Return the procedures in force whose title or code holds `text`; those with a draft first, at most `MOST`."""
    found = Procedure.objects.in_force(on)
    for word in words(text):
        found = found.filter(Q(search_key__contains=word) | Q(code__contains=word))
    in_force = Q(workflows__approved_at__isnull=False, workflows__valid_until=None)
    draft = Q(workflows__approved_at=None, workflows__isnull=False)
    counted = found.annotate(
        in_force_count=Count("workflows", filter=in_force, distinct=True),
        draft_count=Count("workflows", filter=draft, distinct=True),
        waiting_count=Count("workflows", filter=draft & Q(workflows__submitted_at__isnull=False), distinct=True),
    )
    return tuple(
        ProcessLine(*row)
        for row in counted.order_by("-waiting_count", "-draft_count", "sort_key", "code").values_list(
            "code", "title", "in_force_count", "draft_count", "waiting_count"
        )[:MOST]
    )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a process; `unit` is empty when it holds for all."""

    number: int
    unit: str
    decision_no: str
    valid_from: date
    valid_until: date | None
    is_approved: bool
    is_submitted: bool


def versions(procedure: Procedure) -> tuple[VersionLine, ...]:
    """Return every version of the procedure's process, the newest first."""
    rows = procedure.workflows.select_related("unit").order_by("-number")
    return tuple(
        VersionLine(
            number=row.number,
            unit=row.unit.name if row.unit else "",
            decision_no=row.decision_no,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            is_approved=row.approved_at is not None,
            is_submitted=row.submitted_at is not None,
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class ProcessPage:
    """One version of a process: its steps, what is wrong with a draft, how it differs from the version before."""

    workflow: Workflow
    steps: tuple[StepDefinition, ...]
    flaws: tuple[Flaw, ...]
    before: Workflow | None
    differences: tuple[Difference, ...]
    may_draft: bool
    may_approve: bool

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.workflow.approved_at is None and self.workflow.submitted_at is None

    @property
    def waits(self) -> bool:
        """Whether it lies before the chairman."""
        return self.workflow.approved_at is None and self.workflow.submitted_at is not None


def process_page(code: str, number: int, actor: User, *, on: date) -> ProcessPage:
    """Return the page of a version; raises `Workflow.DoesNotExist`."""
    workflow = Workflow.objects.select_related("procedure", "unit").get(procedure__code=code, number=number)
    steps = _steps(workflow)
    specs = [step_spec(step) for step in steps]
    found = flaws(specs, process_setting(workflow, specs, on)) if workflow.approved_at is None else ()
    earlier = Workflow.objects.filter(
        procedure=workflow.procedure, number__lt=number, approved_at__isnull=False
    ).select_related("unit")
    before = (earlier.filter(unit=workflow.unit).order_by("-number").first()) or (
        earlier.filter(unit=None).order_by("-number").first()
    )
    grants = grants_of(actor, on)
    office = process_office(workflow.procedure, workflow.unit, on)
    return ProcessPage(
        workflow=workflow,
        steps=steps,
        flaws=found,
        before=before,
        differences=differences(_steps(before), steps) if before else (),
        may_draft=may_keep_process(ProcessAct.DRAFT, office, grants, on=on),
        may_approve=may_keep_process(ProcessAct.APPROVE, office, grants, on=on),
    )


def _steps(workflow: Workflow) -> tuple[StepDefinition, ...]:
    return tuple(step_definition(row) for row in workflow.steps.select_related("unit").order_by("position"))
