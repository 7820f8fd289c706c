"""The internal process on its way from the first draft to the chairman's decision."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.catalogue.commands.process_drafts import (
    DraftUnderWay,
    FirstDayTooEarly,
    MayNotKeepProcesses,
    NotADraft,
    WorkflowUnsound,
    approve_process,
    give_process_back,
    save_process_draft,
    start_process_draft,
    submit_process,
)
from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.facts import step_definition
from motcua.catalogue.models import Workflow
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.workflow import Fault, Flaw
from tests.make import MONDAY, Office, make_branched_office, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2026, 4, 1)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def drafter(office: Office) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)


def steps_of(workflow: Workflow, **changes: object) -> list[StepDefinition]:
    rows = [step_definition(row) for row in workflow.steps.select_related("unit").order_by("position")]
    return [replace(row, output="Hồ sơ", **changes) for row in rows]  # type: ignore[arg-type]  # each by its name


def started(office: Office, drafter: User, *, for_all: bool = False) -> Workflow:
    unit = None if for_all else office.offering.competent_unit
    return start_process_draft(procedure=office.offering.procedure, unit=unit, actor=drafter, at=MONDAY)


def submitted(office: Office, drafter: User, *, for_all: bool = False) -> Workflow:
    draft = started(office, drafter, for_all=for_all)
    save_process_draft(workflow=draft, steps=steps_of(draft), actor=drafter, at=MONDAY)
    return submit_process(workflow=draft, actor=drafter, at=MONDAY)


def approved(office: Office, workflow: Workflow, *, on: date = FIRST_DAY) -> Workflow:
    return approve_process(workflow=workflow, decision_no="12/QĐ-UBND", valid_from=on, actor=office.signer, at=MONDAY)


def test_a_draft_begins_with_the_steps_in_force(office: Office, drafter: User) -> None:
    draft = started(office, drafter)

    assert draft.number == 2
    assert next(step.code for step in draft.steps.order_by("position")) == "PHAN_CONG"
    assert draft.steps.count() == 5


def test_there_is_one_draft_at_a_time_for_a_unit(office: Office, drafter: User) -> None:
    started(office, drafter)

    with pytest.raises(DraftUnderWay) as refusal:
        started(office, drafter)
    assert refusal.value.number == 2
    assert started(office, drafter, for_all=True).number == 3


def test_what_cannot_be_approved_is_not_laid_before_the_chairman(office: Office, drafter: User) -> None:
    draft = started(office, drafter)
    save_process_draft(workflow=draft, steps=steps_of(draft, hours=Decimal(60)), actor=drafter, at=MONDAY)

    with pytest.raises(WorkflowUnsound) as refusal:
        submit_process(workflow=draft, actor=drafter, at=MONDAY)
    assert [flaw.fault for flaw in refusal.value.flaws] == [Fault.TOO_LONG]


def test_a_process_with_legs_choices_and_an_approval_can_be_approved() -> None:
    office = make_branched_office()
    make_officer(Role.PROCESSING_OFFICER, office.asked)
    drafter = make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)

    draft = started(office, drafter)
    save_process_draft(workflow=draft, steps=steps_of(draft), actor=drafter, at=MONDAY)
    workflow = approved(office, submit_process(workflow=draft, actor=drafter, at=MONDAY))

    assert workflow.approved_at == MONDAY


def test_a_role_that_nobody_holds_there_is_named(office: Office, drafter: User) -> None:
    office.clerk.grants.update(valid_until=MONDAY.date() - timedelta(days=1))
    draft = started(office, drafter)
    save_process_draft(workflow=draft, steps=steps_of(draft), actor=drafter, at=MONDAY)

    with pytest.raises(WorkflowUnsound) as refusal:
        submit_process(workflow=draft, actor=drafter, at=MONDAY)
    assert refusal.value.flaws == (Flaw(Fault.ROLE_VACANT, ("PHAT_HANH",)),)


@pytest.mark.parametrize("for_all", [False, True], ids=["for one unit", "for all units"])
def test_the_chairman_approves_and_what_was_before_ends(office: Office, drafter: User, for_all: bool) -> None:
    before = Workflow.objects.get(procedure=office.offering.procedure)

    workflow = approved(office, submitted(office, drafter, for_all=for_all))

    before.refresh_from_db()
    assert (workflow.valid_from, workflow.decision_no) == (FIRST_DAY, "12/QĐ-UBND")
    assert before.valid_until == (FIRST_DAY if for_all else None)
    in_force = office.offering.procedure.workflows.on(FIRST_DAY).of_unit(office.offering.competent_unit).first()
    assert in_force == workflow
    kinds = EventRecord.objects.filter(subject=office.offering.procedure.code).order_by("seq")
    assert [row.kind for row in kinds] == [
        "ProcessDraftStarted",
        "ProcessDrafted",
        "ProcessSubmitted",
        "ProcessApproved",
    ]


def test_a_unit_of_its_own_keeps_the_common_process_elsewhere(office: Office, drafter: User) -> None:
    own = approved(office, submitted(office, drafter))

    elsewhere = office.offering.procedure.workflows.on(FIRST_DAY).of_unit(make_unit()).first()
    assert elsewhere is not None
    assert elsewhere != own


def test_what_is_approved_never_changes(office: Office, drafter: User) -> None:
    workflow = approved(office, submitted(office, drafter))

    with pytest.raises(NotADraft):
        save_process_draft(workflow=workflow, steps=[], actor=drafter, at=MONDAY)
    with pytest.raises(NotADraft):
        approved(office, workflow)
    with pytest.raises(IntegrityError), transaction.atomic():
        workflow.steps.all().delete()


def test_what_lies_before_the_chairman_changes_only_once_given_back(office: Office, drafter: User) -> None:
    workflow = submitted(office, drafter)
    with pytest.raises(NotADraft):
        save_process_draft(workflow=workflow, steps=[], actor=drafter, at=MONDAY)
    with pytest.raises(NotADraft):
        submit_process(workflow=workflow, actor=drafter, at=MONDAY)

    give_process_back(workflow=workflow, reason="Thiếu bước", actor=office.signer, at=MONDAY)

    save_process_draft(workflow=workflow, steps=[], actor=drafter, at=MONDAY)
    assert not workflow.steps.exists()
    with pytest.raises(NotADraft):
        give_process_back(workflow=workflow, reason="Lần nữa", actor=office.signer, at=MONDAY)


def test_nothing_is_approved_for_days_gone_by(office: Office, drafter: User) -> None:
    workflow = submitted(office, drafter)

    with pytest.raises(FirstDayTooEarly) as refusal:
        approved(office, workflow, on=date(2026, 3, 1))
    assert refusal.value.earliest == date(2026, 3, 2)


def test_nobody_else_drafts_or_approves(office: Office, drafter: User) -> None:
    stranger = make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit())
    with pytest.raises(MayNotKeepProcesses):
        started(office, stranger)
    workflow = submitted(office, drafter)

    with pytest.raises(MayNotKeepProcesses):
        approve_process(workflow=workflow, decision_no="1", valid_from=FIRST_DAY, actor=drafter, at=MONDAY)
