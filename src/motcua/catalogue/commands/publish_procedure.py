"""Publish a procedure: what it says from a day on, how it is handled, and where it is offered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.shelf import Edition, Shelf, first_day
from motcua.catalogue.definitions import Publication, StepDefinition, WorkflowDefinition
from motcua.catalogue.events import ProcedurePublished
from motcua.catalogue.facts import step_definition, step_row, step_spec, working_time_within
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Workflow, WorkflowStep
from motcua.kernel import events
from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code
from motcua.rules.time_limits import TimeLimit
from motcua.rules.workflow import Flaw
from motcua.rules.workflow_soundness import Setting, flaws

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["ProcedureCodeUnclear", "WorkflowUnsound", "publish_procedure"]


class WorkflowUnsound(Exception):
    """The internal process of `code` cannot be approved: `flaws` say why (B-29)."""

    def __init__(self, code: str, found: tuple[Flaw, ...]) -> None:
        super().__init__(f"{code}: {', '.join(flaw.fault for flaw in found)}")
        self.code = code
        self.flaws = found


@transaction.atomic
def publish_procedure(
    *, publication: Publication, actor: "User | None", at: datetime, shelf: Shelf | None = None
) -> ProcedureVersion:
    """Publish and return the version in force from `publication.valid_from` on; what is the same already stays.

    The version before ends that day; dossiers accepted under it finish under it (C-12). Pass one `shelf` to publish
    many. Raises `WorkflowUnsound`, `ProcedureCodeUnclear`.
    """
    definition, on = publication.definition, publication.valid_from
    if bare_procedure_code(definition.code) != definition.code:
        raise ProcedureCodeUnclear(definition.code)
    Procedure.objects.select_for_update().filter(code=definition.code).first()
    before = ProcedureVersion.objects.open_ended().filter(procedure__code=definition.code).first()
    version, is_new_version = before, False
    if version is None or version.content_hash != definition.digest or not version.is_handmade:
        edition = Edition(definition=definition, valid_from=first_day(on, before), replaces=before, is_handmade=True)
        (version,) = (shelf or Shelf()).put([edition], at=at)
        is_new_version = True
        count_words()
    workflow, is_new_workflow = _approve(version, publication, definition.content.terms.limit, at)
    desk_changes = _open_desks(version.procedure_id, publication)
    if is_new_version or is_new_workflow or desk_changes:
        event = ProcedurePublished(
            subject=definition.code,
            version=version.number,
            valid_from=version.valid_from,
            content_hash=version.content_hash,
            workflow=workflow.number if workflow else None,
            desk_count=len(publication.desks),
        )
        events.record(event, actor=actor, at=at)
    return version


def _approve(
    version: ProcedureVersion, publication: Publication, limit: TimeLimit | None, at: datetime
) -> tuple[Workflow | None, bool]:
    """Return the internal process that is approved now, and whether it is a new one."""
    before = Workflow.objects.filter(
        procedure_id=version.procedure_id, unit=None, valid_until=None, approved_at__isnull=False
    ).first()
    wanted = publication.workflow
    if wanted is None:
        return before, False
    found = flaws([step_spec(step) for step in wanted.steps], Setting(working_time_within(limit)))
    if found:
        raise WorkflowUnsound(publication.definition.code, found)
    if before is not None and _is_same(before, wanted):
        return before, False
    return _new_workflow(version.procedure_id, wanted, before, publication.valid_from, at), True


def _is_same(workflow: Workflow, wanted: WorkflowDefinition) -> bool:
    rows = workflow.steps.select_related("unit").order_by("position")
    return workflow.decision_no == wanted.decision_no and tuple(map(step_definition, rows)) == wanted.steps


def _new_workflow(
    procedure_id: int, wanted: WorkflowDefinition, before: Workflow | None, on: date, at: datetime
) -> Workflow:
    valid_from = on
    if before is not None:
        valid_from = max(on, before.valid_from + timedelta(days=1))
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    workflow = Workflow.objects.create(
        procedure_id=procedure_id,
        number=(Workflow.objects.filter(procedure_id=procedure_id).aggregate(last=Max("number"))["last"] or 0) + 1,
        decision_no=wanted.decision_no,
        valid_from=valid_from,
    )
    WorkflowStep.objects.bulk_create(_steps(workflow, wanted.steps))
    workflow.approved_at = at
    workflow.save(update_fields=["approved_at"])
    return workflow


def _steps(workflow: Workflow, steps: Sequence[StepDefinition]) -> list[WorkflowStep]:
    return [step_row(workflow, step, position) for position, step in enumerate(steps, start=1)]


def _open_desks(procedure_id: int, publication: Publication) -> int:
    """Open the desks that are missing, close those no longer named, and return how many these were."""
    on = publication.valid_from
    wanted = {(desk.receiving.pk, desk.competent.pk): desk for desk in publication.desks}
    there = {
        (row.receiving_unit_id, row.competent_unit_id): row
        for row in Offering.objects.filter(procedure_id=procedure_id, valid_until=None)
    }
    closing = [row for key, row in there.items() if key not in wanted]
    for row in closing:
        row.valid_until = max(on, row.valid_from + timedelta(days=1))
    Offering.objects.bulk_update(closing, ["valid_until"])
    opening = [
        Offering(procedure_id=procedure_id, receiving_unit=desk.receiving, competent_unit=desk.competent, valid_from=on)
        for key, desk in wanted.items()
        if key not in there
    ]
    Offering.objects.bulk_create(opening)
    return len(closing) + len(opening)
