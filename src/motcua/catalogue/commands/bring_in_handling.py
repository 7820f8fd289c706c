"""Bring in internal processes, desks and linked groups of another installation, as a configuration package has them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.carried_handling import CarriedGroup, CarriedOffers, CarriedProcess, CarriedStep
from motcua.catalogue.commands.bring_in_procedures import ProcedureNotThere
from motcua.catalogue.events import CatalogueBroughtIn
from motcua.catalogue.models import GroupLeg, LinkedGroup, Offering, Procedure, ProcedureVersion, Workflow, WorkflowStep
from motcua.kernel import events
from motcua.organisations.carried import UnitNotThere, units_by_code
from motcua.organisations.models import Unit
from motcua.rules.vietnamese import search_key, sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["ProcedureNotThere", "UnitNotThere", "bring_in_groups", "bring_in_offers", "bring_in_processes"]


@transaction.atomic
def bring_in_processes(
    processes: Sequence[CarriedProcess], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter approved processes that are not there, and end those that a later one replaced (B-29).

    Raises `ProcedureNotThere`, `UnitNotThere`.
    """
    if not processes:
        return
    procedures = procedures_by_code(told.procedure for told in processes)
    units = units_by_code([code for told in processes for code in (told.unit, *(step.unit for step in told.steps))])
    known = Workflow.objects.filter(procedure__in=procedures.values(), approved_at__isnull=False)
    there = {(row.procedure_id, row.number): row for row in known}
    for told in sorted(processes, key=lambda one: one.valid_until is None):  # what ends makes room first
        row = there.get((procedures[told.procedure].pk, told.number))
        if row is None:
            _approve(told, procedures[told.procedure], units)
        elif row.valid_until != told.valid_until:
            row.valid_until = told.valid_until
            row.save(update_fields=["valid_until"])
    event = CatalogueBroughtIn(subject="processes", package=package, item_count=len(processes))
    events.record(event, actor=actor, at=at)


def _approve(told: CarriedProcess, procedure: Procedure, units: Mapping[str, Unit]) -> None:
    row = Workflow.objects.create(
        procedure=procedure,
        unit=units[told.unit] if told.unit else None,
        number=told.number,
        decision_no=told.decision_no,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
        submitted_at=told.submitted_at,
    )
    WorkflowStep.objects.bulk_create(_step(row, step, place, units) for place, step in enumerate(told.steps, start=1))
    row.approved_at = told.approved_at
    row.save(update_fields=["approved_at"])


def _step(workflow: Workflow, told: CarriedStep, position: int, units: Mapping[str, Unit]) -> WorkflowStep:
    return WorkflowStep(
        workflow=workflow,
        position=position,
        code=told.code,
        name=told.name,
        kind=told.kind,
        role=told.role,
        place=told.place,
        hours=told.hours,
        next_codes=list(told.next_codes),
        next_labels=list(told.next_labels),
        branching=told.branching,
        output=told.output,
        unit=units[told.unit] if told.unit else None,
    )


def procedures_by_code(codes: Iterable[str]) -> Mapping[str, Procedure]:
    """Return the procedures of `codes`; raises `ProcedureNotThere` for the first that is missing."""
    wanted = {code for code in codes if code}
    there = {row.code: row for row in Procedure.objects.filter(code__in=wanted)}
    for code in sorted(wanted - there.keys()):
        raise ProcedureNotThere(code)
    return there


@transaction.atomic
def bring_in_offers(offers: Sequence[CarriedOffers], *, package: str, actor: "User | None", at: datetime) -> None:
    """Open the desks that are not there, and close those that the package says closed.

    Raises `ProcedureNotThere`, `UnitNotThere`.
    """
    if not offers:
        return
    procedures = procedures_by_code(told.procedure for told in offers)
    units = units_by_code([code for told in offers for desk in told.desks for code in (desk.receiving, desk.competent)])
    rows = Offering.objects.filter(procedure__in=procedures.values())
    there = {(row.procedure_id, row.receiving_unit_id, row.competent_unit_id, row.valid_from): row for row in rows}
    opening, closing = [], []
    for told in offers:
        for desk in told.desks:
            row = Offering(
                procedure=procedures[told.procedure],
                receiving_unit=units[desk.receiving],
                competent_unit=units[desk.competent],
                valid_from=desk.valid_from,
                valid_until=desk.valid_until,
            )
            known = there.get((row.procedure_id, row.receiving_unit_id, row.competent_unit_id, row.valid_from))
            if known is None:
                opening.append(row)
            elif known.valid_until != desk.valid_until:
                known.valid_until = desk.valid_until
                closing.append(known)
    Offering.objects.bulk_update(closing, ["valid_until"], batch_size=500)
    Offering.objects.bulk_create(opening, batch_size=500)
    event = CatalogueBroughtIn(subject="offers", package=package, item_count=len(offers))
    events.record(event, actor=actor, at=at)


@transaction.atomic
def bring_in_groups(groups: Sequence[CarriedGroup], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter linked groups that are not there, and end those that a later one replaced (B-21).

    Raises `ProcedureNotThere`.
    """
    if not groups:
        return
    procedures = procedures_by_code(leg.procedure for told in groups for leg in told.legs)
    known = LinkedGroup.objects.filter(code__in=[told.code for told in groups])
    there = {(row.code, row.valid_from): row for row in known}
    for told in sorted(groups, key=lambda one: one.valid_until is None):  # what ends makes room first
        row = there.get((told.code, told.valid_from))
        if row is None:
            _publish(told, procedures)
        elif row.valid_until != told.valid_until:
            row.valid_until = told.valid_until
            row.save(update_fields=["valid_until"])
    event = CatalogueBroughtIn(subject="linked-groups", package=package, item_count=len(groups))
    events.record(event, actor=actor, at=at)


def _publish(told: CarriedGroup, procedures: Mapping[str, Procedure]) -> None:
    versions = ProcedureVersion.objects.on(told.valid_from).filter(
        procedure__in=[procedures[leg.procedure] for leg in told.legs]
    )
    titles = dict(versions.values_list("procedure__code", "title"))
    searched = [told.name, *told.keywords, *(titles.get(leg.procedure, "") for leg in told.legs)]
    group = LinkedGroup.objects.create(
        code=told.code,
        name=told.name,
        summary=told.summary,
        keywords=list(told.keywords),
        life_events=list(told.life_events),
        returns_together=told.returns_together,
        waits_days=told.waits_days,
        withdrawal_ends=told.withdrawal_ends,
        source=told.source,
        search_key=search_key(" ".join(searched)),
        sort_key=sort_key(told.name),
        content_hash=told.content_hash,
        valid_from=told.valid_from,
        valid_until=told.valid_until,
    )
    GroupLeg.objects.bulk_create(
        GroupLeg(
            group=group,
            number=leg.number,
            procedure=procedures[leg.procedure],
            needs=list(leg.needs),
            shared_answers=dict(leg.shared_answers),
            shared_papers=dict(leg.shared_papers),
            result_papers=dict(leg.result_papers),
        )
        for leg in told.legs
    )
