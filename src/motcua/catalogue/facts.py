"""Rows and definitions of the catalogue as the plain values the rules decide on."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q

from motcua.accounts.models import Grant
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Workflow, WorkflowStep
from motcua.organisations.models import Unit, UnitLevel
from motcua.rules.entrusting_processes import ProcessOffice
from motcua.rules.permissions import Role
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.workflow import Branching, StepKind, StepPlace, StepSpec
from motcua.rules.workflow_soundness import Setting

_HOURS_A_DAY: Final = 8
_WORKING_DAYS_A_WEEK: Final = 5
_DAYS_A_WEEK: Final = 7
_WORKING_DAYS_A_MONTH: Final = 20


def working_time_within(limit: TimeLimit | None) -> timedelta | None:
    """Return the working time that `limit` surely holds, for the steps of a process to stay within (B-29).

    Of calendar days only those that no weekend can take; of a month twenty working days. None when `limit` is not
    known, or is counted in hours of the clock.
    """
    if limit is None or limit.unit is LimitUnit.HOUR:
        return None
    if limit.unit in {LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY}:
        return timedelta(hours=_HOURS_A_DAY)
    if limit.unit is LimitUnit.WORKING_HOUR:
        return timedelta(hours=float(limit.amount))
    if limit.unit is LimitUnit.DAY:
        weeks, rest = divmod(int(limit.amount), _DAYS_A_WEEK)
        days = Decimal(weeks * _WORKING_DAYS_A_WEEK + max(rest - (_DAYS_A_WEEK - _WORKING_DAYS_A_WEEK), 0))
    else:
        months = {LimitUnit.WORKING_DAY: 0, LimitUnit.MONTH: 1, LimitUnit.YEAR: 12}[limit.unit]
        days = limit.amount * (_WORKING_DAYS_A_MONTH * months or 1)
    return timedelta(hours=float(days * _HOURS_A_DAY))


def step_spec(step: StepDefinition) -> StepSpec:
    """Return a step to be approved as the rules know it."""
    return StepSpec(
        code=step.code,
        kind=step.kind,
        role=step.role,
        place=step.place,
        time=timedelta(hours=float(step.hours)),
        next_codes=step.next_codes,
        next_labels=step.next_labels,
        branching=step.branching,
        output=step.output,
        unit_code=step.unit.code if step.unit else "",
    )


def step_definition(row: WorkflowStep) -> StepDefinition:
    """Return a stored step as it is written; needs `unit` loaded."""
    return StepDefinition(
        code=row.code,
        name=row.name,
        kind=StepKind(row.kind),
        role=Role(row.role),
        place=StepPlace(row.place),
        hours=row.hours,
        next_codes=tuple(row.next_codes),
        next_labels=tuple(row.next_labels),
        branching=Branching(row.branching),
        output=row.output,
        unit=row.unit,
    )


def step_row(workflow: Workflow, step: StepDefinition, position: int) -> WorkflowStep:
    """Return `step` as the row of `workflow` in that place, not yet saved."""
    return WorkflowStep(
        workflow=workflow,
        code=step.code,
        position=position,
        name=step.name,
        kind=step.kind.value,
        role=step.role.value,
        place=step.place.value,
        hours=step.hours,
        next_codes=list(step.next_codes),
        next_labels=list(step.next_labels),
        branching=step.branching.value,
        output=step.output,
        unit=step.unit,
    )


def process_office(procedure: Procedure, unit: Unit | None, on: date) -> ProcessOffice:
    """Return where the process of `procedure` is kept: at `unit` and above it, or in the province for all units."""
    return process_offices(procedure, [unit], on)[unit]


def process_offices(procedure: Procedure, units: Sequence[Unit | None], on: date) -> dict[Unit | None, ProcessOffice]:
    """Return where a process for each of `units` is kept, None standing for all, in as many queries as for one."""
    first = Offering.objects.filter(procedure=procedure).on(on).order_by("pk").values_list("competent_unit")[:1]
    asked = [unit.pk for unit in units if unit]
    loaded = Unit.objects.filter(Q(pk__in=asked) | Q(pk__in=first)).select_related("parent__parent__parent")
    lines = {unit.pk: _line_of(unit) for unit in loaded}
    common = next((lines[pk][-1:] for (pk,) in first if pk in lines), None)
    if common is None:
        common = list(Unit.objects.on(on).filter(parent=None))
    kept = {unit: lines[unit.pk] if unit else common for unit in units}
    tops = {line[-1].pk for line in kept.values() if line}
    offices = Unit.objects.on(on).filter(parent__in=tops, level=UnitLevel.PROVINCE)
    beside = dict(offices.values_list("pk", "parent_id"))
    return {
        unit: ProcessOffice(
            approving_ids=frozenset(above.pk for above in line),
            drafting_ids=frozenset(pk for pk, top in beside.items() if line and top == line[-1].pk),
        )
        for unit, line in kept.items()
    }


def _line_of(unit: Unit) -> list[Unit]:
    line = [unit]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line


def process_setting(workflow: Workflow, steps: Sequence[StepSpec], on: date) -> Setting:
    """Return what the process has to fit on `on`: the procedure's limit, and the roles held where its steps are done.

    A role of a process for all units is vacant when none of them has it; needs `workflow.procedure` loaded.
    """
    version = ProcedureVersion.objects.on(on).filter(procedure=workflow.procedure).first()
    return Setting(
        limit=working_time_within(version.limit) if version else None,
        vacant_codes=_vacant_codes(workflow, steps, on),
    )


def _vacant_codes(workflow: Workflow, steps: Sequence[StepSpec], on: date) -> frozenset[str]:
    offerings = Offering.objects.filter(procedure=workflow.procedure).on(on)
    if workflow.unit is not None:
        offerings = offerings.filter(competent_unit=workflow.unit)
    pairs = list(offerings.values_list("receiving_unit__code", "competent_unit__code"))
    places = {
        StepPlace.RECEIVING: {receiving for receiving, _ in pairs},
        StepPlace.COMPETENT: {competent for _, competent in pairs},
    }
    wanted = {step.code: {step.unit_code} if step.unit_code else places[step.place] for step in steps}
    codes = set[str]().union(*wanted.values())
    held = set(
        Grant.objects.on(on).filter(unit__code__in=codes, user__is_active=True).values_list("unit__code", "role")
    )
    return frozenset(step.code for step in steps if not any((code, step.role) in held for code in wanted[step.code]))
