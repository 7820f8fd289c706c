"""Publishing procedures by hand, withdrawing them, and what the database holds on to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from motcua.catalogue.commands.publish_procedure import ProcedureCodeUnclear, WorkflowUnsound, publish_procedure
from motcua.catalogue.commands.take_effect import name_what_takes_effect
from motcua.catalogue.commands.withdraw_procedure import AlreadyWithdrawn, withdraw_procedure
from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    Desk,
    PaperDefinition,
    ProcedureDefinition,
    Publication,
    StepDefinition,
    TermsDefinition,
    WorkflowDefinition,
)
from motcua.catalogue.facts import working_time_within
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, RequiredPaper, Workflow, WorkflowStep
from motcua.kernel.models import EventRecord
from motcua.rules.declarations import FieldDefinition
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.workflow import ROLE_OF, Fault, StepKind, StepPlace
from tests.catalogue.portal_lines import load, record
from tests.make import HANOI, MONDAY, make_unit

pytestmark = pytest.mark.django_db

SPRING, SUMMER = date(2026, 1, 5), date(2026, 6, 1)
BIRTH = ProcedureDefinition(
    code="1.001193",
    sector="Hộ tịch",
    content=Content(
        title="Đăng ký khai sinh",
        level="COMMUNE",
        terms=TermsDefinition(
            limit=TimeLimit(Decimal(3), LimitUnit.WORKING_DAY), limit_text="3 ngày làm việc", fee_vnd=0
        ),
        papers=(PaperDefinition("Tờ khai", originals=1),),
        channels=(ChannelDefinition("DIRECT"), ChannelDefinition("ONLINE")),
        declaration=(FieldDefinition("child_name", "Họ tên trẻ", "text"),),
        keywords=("gks",),
    ),
)


def steps(hours: str = "4") -> WorkflowDefinition:
    kinds = [kind for kind in StepKind if kind is not StepKind.APPROVE]
    following = [(kind.value.lower(),) for kind in kinds[1:]] + [()]
    return WorkflowDefinition(
        tuple(
            StepDefinition(
                code=kind.value.lower(),
                name=kind.value,
                kind=kind,
                output="Hồ sơ",
                role=ROLE_OF[kind],
                place=StepPlace.RECEIVING if kind is StepKind.RETURN else StepPlace.COMPETENT,
                hours=Decimal(hours),
                next_codes=after,
            )
            for kind, after in zip(kinds, following, strict=True)
        )
    )


def publish(
    definition: ProcedureDefinition = BIRTH,
    *,
    valid_from: date = SPRING,
    workflow: WorkflowDefinition | None = None,
    desks: Sequence[Desk] = (),
) -> ProcedureVersion:
    publication = Publication(definition, valid_from, workflow or steps(), desks)
    return publish_procedure(publication=publication, actor=None, at=MONDAY)


def test_a_publication_is_a_frozen_version_a_process_and_desks() -> None:
    commune, desk = make_unit(), make_unit(kind="SERVICE_CENTRE")

    version = publish(desks=(Desk(receiving=desk, competent=commune),))

    assert (version.number, version.valid_from, version.is_handmade) == (1, SPRING, True)
    assert version.declaration[0]["key"] == "child_name"
    assert ProcedureVersion.objects.on(SPRING).get().is_published
    assert [step.code for step in Workflow.objects.on(SPRING).get().steps.order_by("position")] == [
        "assign", "verify", "sign", "issue", "return",
    ]  # fmt: skip
    assert Offering.objects.on(SPRING).get().receiving_unit == desk
    assert EventRecord.objects.get(subject="1.001193").payload["desk_count"] == 1


def test_publishing_the_same_again_changes_nothing() -> None:
    publish()
    publish()

    assert (ProcedureVersion.objects.count(), Workflow.objects.count(), EventRecord.objects.count()) == (1, 1, 1)


def test_a_changed_text_is_a_new_version_and_the_old_one_ends() -> None:
    publish()

    publish(replace(BIRTH, content=replace(BIRTH.content, title="Khai sinh")), valid_from=SUMMER)

    assert ProcedureVersion.objects.on(SUMMER - timedelta(days=1)).get().title == "Đăng ký khai sinh"
    assert ProcedureVersion.objects.on(SUMMER).get().title == "Khai sinh"
    assert Workflow.objects.count() == 1


def test_a_procedure_is_called_and_found_by_what_it_says_today() -> None:
    publish()
    publish(replace(BIRTH, content=replace(BIRTH.content, title="Khai sinh")), valid_from=SUMMER)
    midnight = datetime.combine(SUMMER, time(0, 1), HANOI)

    changed = [name_what_takes_effect(at=midnight - timedelta(hours=1))]
    before = Procedure.objects.get()
    changed += [name_what_takes_effect(at=midnight), name_what_takes_effect(at=midnight)]

    after = Procedure.objects.get()
    assert (before.title, before.search_key) == ("Đăng ký khai sinh", "dang ki khai sinh")
    assert (after.title, after.search_key) == ("Khai sinh", "khai sinh")
    assert changed == [0, 1, 0]


def test_a_changed_process_leaves_the_approved_one_as_it_was() -> None:
    publish()

    publish(workflow=steps("2"), valid_from=SUMMER)

    before, after = Workflow.objects.order_by("number")
    assert (before.valid_until, after.valid_from, after.number) == (SUMMER, SUMMER, 2)
    assert {step.hours for step in before.steps.all()} == {Decimal(4)}
    assert ProcedureVersion.objects.count() == 1


def test_a_process_longer_than_the_limit_is_refused_and_nothing_is_left() -> None:
    with pytest.raises(WorkflowUnsound) as refusal:
        publish(workflow=steps("20"))

    assert [flaw.fault for flaw in refusal.value.flaws] == [Fault.TOO_LONG]
    assert not Procedure.objects.exists()
    assert not EventRecord.objects.exists()


def test_a_text_may_be_published_before_its_process() -> None:
    version = publish_procedure(publication=Publication(BIRTH, SPRING), actor=None, at=MONDAY)

    assert version.is_published
    assert not Workflow.objects.exists()
    assert EventRecord.objects.get(subject="1.001193").payload["workflow"] is None


def test_desks_no_longer_named_close() -> None:
    first, second = make_unit(), make_unit()
    publish(desks=(Desk(first, first), Desk(second, second)))

    publish(desks=(Desk(second, second),), valid_from=SUMMER)

    assert {row.receiving_unit for row in Offering.objects.on(SUMMER - timedelta(days=1))} == {first, second}
    assert {row.receiving_unit for row in Offering.objects.on(SUMMER)} == {second}
    assert not Offering.objects.get(receiving_unit=first).is_open(SUMMER)


def test_a_code_with_an_agency_behind_it_is_not_published() -> None:
    with pytest.raises(ProcedureCodeUnclear):
        publish(replace(BIRTH, code="1.001193.000.00.00.H18"))


def test_a_load_leaves_alone_what_was_written_by_hand(tmp_path: Path) -> None:
    publish()

    report = load(tmp_path, record("1.001193", source_date="2026-02"))

    assert (report.unchanged, report.kept, report.changed) == (1, 1, 0)
    assert ProcedureVersion.objects.get().title == "Đăng ký khai sinh"


def test_a_publication_replaces_what_was_loaded(tmp_path: Path) -> None:
    load(tmp_path, record("1.001193", source_date="2025-12"))

    version = publish()

    assert (version.number, version.valid_from) == (2, SPRING)
    assert ProcedureVersion.objects.on(SPRING - timedelta(days=1)).get().is_handmade is False


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: ProcedureVersion.objects.update(title="Khác"), id="title"),
        pytest.param(lambda: ProcedureVersion.objects.update(published_at=None), id="publication"),
        pytest.param(lambda: RequiredPaper.objects.update(name="Khác"), id="paper changed"),
        pytest.param(lambda: RequiredPaper.objects.all().delete(), id="paper taken away"),
        pytest.param(
            lambda: RequiredPaper.objects.create(version=ProcedureVersion.objects.get(), position=9, name="Thêm"),
            id="paper added (B-08)",
        ),
        pytest.param(lambda: Workflow.objects.update(decision_no="x"), id="process"),
        pytest.param(lambda: WorkflowStep.objects.update(hours=1), id="step changed"),
        pytest.param(lambda: WorkflowStep.objects.all().delete(), id="step taken away"),
    ],
)
def test_what_is_published_cannot_be_changed(change: Callable[[], object]) -> None:
    publish()

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        change()


def test_a_reviewed_flag_can_be_taken_off_a_published_version() -> None:
    flagged = replace(BIRTH.content, terms=replace(BIRTH.content.terms, fee_needs_review=True))
    publish(replace(BIRTH, content=flagged))

    assert ProcedureVersion.objects.update(fee_needs_review=False) == 1


def test_versions_of_one_procedure_never_overlap() -> None:
    version = publish()

    with pytest.raises(IntegrityError, match="version_never_overlaps"), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure, number=2, valid_from=SUMMER, title="x", level="COMMUNE", published_at=MONDAY
        )


def test_a_draft_stands_beside_the_version_in_force() -> None:
    version = publish()

    draft = ProcedureVersion.objects.create(
        procedure=version.procedure, number=0, valid_from=SUMMER, title="x", level="COMMUNE"
    )

    assert list(ProcedureVersion.objects.on(SUMMER)) == [version]
    assert list(ProcedureVersion.objects.open_ended()) == [version]
    with pytest.raises(IntegrityError, match="version_never_overlaps"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=draft.pk).update(published_at=MONDAY)


@pytest.mark.parametrize(
    ("terms", "constraint"),
    [
        ({"limit_amount": 5}, "limit_is_whole"),
        ({"limit_unit": "DAY"}, "limit_is_whole"),
        ({"limit_amount": 0, "limit_unit": "DAY"}, "limit_is_whole"),
        ({"limit_amount": 5, "limit_unit": "SAME_DAY"}, "limit_is_whole"),
        ({"fee_vnd": -1}, "fee_not_negative"),
        ({"fee_vnd": 5, "fee_currency": "USD"}, "foreign_fee_is_text"),
    ],
)
def test_terms_that_make_no_sense_are_not_stored(terms: dict[str, object], constraint: str) -> None:
    version = publish()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure, number=2, valid_from=date(2025, 1, 1), valid_until=SPRING, title="x",
            level="COMMUNE", **terms,
        )  # fmt: skip


def test_a_withdrawn_procedure_is_in_force_until_that_day() -> None:
    procedure, heir = publish().procedure, publish(replace(BIRTH, code="1.001194")).procedure

    withdraw_procedure(procedure=procedure, on=SUMMER, replaced_by=heir, actor=None, at=MONDAY)

    assert set(Procedure.objects.in_force(SUMMER - timedelta(days=1))) == {procedure, heir}
    assert set(Procedure.objects.in_force(SUMMER)) == {heir}
    with pytest.raises(AlreadyWithdrawn):
        withdraw_procedure(procedure=procedure, on=SUMMER, replaced_by=None, actor=None, at=MONDAY)
    assert EventRecord.objects.filter(kind="ProcedureWithdrawn").count() == 1


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        ("5", LimitUnit.WORKING_DAY, 40),
        ("0.5", LimitUnit.WORKING_DAY, 4),
        ("6", LimitUnit.WORKING_HOUR, 6),
        ("10", LimitUnit.DAY, 48),
        ("2", LimitUnit.DAY, 0),
        ("1", LimitUnit.MONTH, 160),
        ("1", LimitUnit.YEAR, 1920),
        ("0", LimitUnit.SAME_DAY, 8),
        ("0", LimitUnit.IMMEDIATE, 8),
    ],
)
def test_the_working_time_a_limit_surely_holds(amount: str, unit: LimitUnit, hours: int) -> None:
    assert working_time_within(TimeLimit(Decimal(amount), unit)) == timedelta(hours=hours)


@pytest.mark.parametrize("limit", [None, TimeLimit(Decimal(24), LimitUnit.HOUR)])
def test_of_some_limits_nothing_is_known(limit: TimeLimit | None) -> None:
    assert working_time_within(limit) is None
