"""Preparing a publication decision: its lines and what they are to say (C-05, C-06)."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from motcua.catalogue.commands.publication_acts import (
    DecisionFlawed,
    give_decision_back,
    submit_decision,
)
from motcua.catalogue.commands.publication_drafts import (
    ActNotOpen,
    BeyondTheList,
    CodeTaken,
    MayNotPublish,
    NotInForce,
    Occasion,
    ProcedureCodeUnclear,
    StillSuccessor,
    UnderPublication,
    change_decision,
    remove_line,
    write_content,
)
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.publication import DecisionAct, DecisionState, Fault, LineKind
from tests.catalogue.publishing import (
    EFFECTIVE_ON,
    NORM,
    THREE_DAYS,
    WHOLE,
    Province,
    begun,
    line_of,
    make_local,
    make_province,
    new_line,
    published,
)
from tests.make import MONDAY, make_offering, make_officer, make_procedure

pytestmark = pytest.mark.django_db

DAY_BEFORE = EFFECTIVE_ON - timedelta(days=1)
TODAY = MONDAY.date()


@pytest.fixture
def province() -> Province:
    return make_province()


def kinds_of(decision: PublicationDecision) -> list[str]:
    return list(EventRecord.objects.filter(subject=str(decision.key)).order_by("seq").values_list("kind", flat=True))


def test_a_decision_is_begun_once_however_often_the_form_is_sent(province: Province) -> None:
    key = uuid.uuid4()

    first, second = begun(province, key=key), begun(province, key=key)

    assert first == second
    assert (first.state, first.publisher) == (DecisionState.DRAFT, "CHAIRMAN")
    assert kinds_of(first) == ["PublicationBegun"]


def test_only_the_control_officer_of_a_province_begins_one(province: Province) -> None:
    commune = make_offering().competent_unit
    of_the_commune = make_officer(Role.PROCEDURE_CONTROL_OFFICER, commune)

    for stranger in (replace(province, officer=province.chairman), Province(commune, of_the_commune, of_the_commune)):
        with pytest.raises(MayNotPublish):
            begun(stranger)
    assert not PublicationDecision.objects.exists()


def test_an_amended_procedure_begins_with_what_it_says_now(province: Province) -> None:
    procedure = make_local()
    decision = begun(province)

    line = line_of(decision, province, procedure)

    assert line.version is not None
    assert line.based_on is not None
    assert content_of(line.version) == content_of(line.based_on)
    assert (line.version.number, line.version.published_at, line.norm) == (0, None, NORM)


def test_a_flawed_decision_is_not_laid_before_the_chairman(province: Province) -> None:
    decision = begun(province)
    with pytest.raises(DecisionFlawed) as refusal:
        submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    assert [flaw.fault for flaw in refusal.value.flaws] == [Fault.NO_LINES]

    new_line(decision, province, content=replace(WHOLE, steps=(), terms=replace(THREE_DAYS, limit=None, limit_text="")))
    line_of(decision, province, make_local())
    with pytest.raises(DecisionFlawed) as refusal:
        submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    by_fault = {flaw.fault: flaw.parts for flaw in refusal.value.flaws if flaw.code == "3.000001"}
    assert by_fault == {Fault.PARTS_MISSING: {"steps", "terms"}}
    assert Fault.UNCHANGED in {flaw.fault for flaw in refusal.value.flaws}


def test_a_decision_given_back_is_changed_and_laid_before_the_chairman_again(province: Province) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    with pytest.raises(ActNotOpen) as refusal:
        remove_line(line=line, actor=province.officer, at=MONDAY)
    assert (refusal.value.state, refusal.value.act) == (DecisionState.SUBMITTED, DecisionAct.EDIT)

    back = give_decision_back(decision=decision, reason="Thiếu lệ phí", actor=province.chairman, at=MONDAY)
    assert (back.state, back.remark) == (DecisionState.GIVEN_BACK, "Thiếu lệ phí")
    occasion = Occasion("Công bố lại", "13/2026/QĐ-UBND", EFFECTIVE_ON)
    change_decision(decision=decision, occasion=occasion, actor=province.officer, at=MONDAY)
    again = submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    assert (again.state, again.remark, again.norm) == (DecisionState.SUBMITTED, "", "13/2026/QĐ-UBND")
    assert again.lines.get().norm == "13/2026/QĐ-UBND"


def test_of_a_national_procedure_the_chairman_says_the_list_only(province: Province) -> None:
    decision = begun(province)
    line = line_of(decision, province, make_procedure(verify_hours="4"))
    assert line.version is not None
    listed = replace(content_of(line.version), terms=THREE_DAYS, receiving_address="Trung tâm hành chính công")

    write_content(line=line, content=listed, note="", actor=province.officer, at=MONDAY)
    with pytest.raises(BeyondTheList) as refusal:
        write_content(
            line=line, content=replace(listed, papers=(), steps=("Khác",)), note="", actor=province.officer, at=MONDAY
        )

    assert refusal.value.parts == {"papers", "steps"}
    published(decision, province)
    assert ProcedureVersion.objects.get(number=2).papers.count() == 2


def test_a_procedure_stands_in_one_open_decision(province: Province) -> None:
    procedure = make_local()
    first, second = begun(province), begun(province)
    line_of(first, province, procedure)

    for decision in (first, second):
        with pytest.raises(UnderPublication) as refusal:
            line_of(decision, province, procedure)
        assert refusal.value.title == first.title


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        pytest.param(LineKind.AMENDED, {"withdrawn_on": TODAY}, id="it ends already"),
        pytest.param(LineKind.NEW, {}, id="a local one that is there is not new"),
    ],
)
def test_what_is_not_there_is_not_amended(province: Province, kind: LineKind, changes: dict[str, date]) -> None:
    procedure = make_local()
    Procedure.objects.filter(pk=procedure.pk).update(**changes)

    with pytest.raises(NotInForce) as refusal:
        line_of(begun(province), province, procedure, kind)
    assert refusal.value.code == procedure.code


def test_a_new_procedure_has_a_code_of_its_own(province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)

    with pytest.raises(CodeTaken):
        new_line(decision, province)
    with pytest.raises(ProcedureCodeUnclear):
        new_line(decision, province, code="1.000001.000.00.00.H18")


def test_a_line_taken_out_leaves_nothing(province: Province) -> None:
    decision, there = begun(province), make_local()
    line, other = new_line(decision, province), line_of(decision, province, there)

    for _ in range(2):
        remove_line(line=line, actor=province.officer, at=MONDAY)
        remove_line(line=other, actor=province.officer, at=MONDAY)

    assert not PublicationLine.objects.exists()
    assert list(Procedure.objects.all()) == [there]
    assert there.versions.count() == 1
    assert kinds_of(decision).count("PublicationLineRemoved") == 2


def test_a_successor_that_is_nowhere_else_stays_while_it_is_named(province: Province) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    line_of(decision, province, make_local(), LineKind.REPLACED, by=line.procedure)

    with pytest.raises(StillSuccessor), transaction.atomic():
        remove_line(line=line, actor=province.officer, at=MONDAY)
    assert PublicationLine.objects.filter(pk=line.pk).exists()


def test_a_line_that_ends_a_procedure_has_no_content(province: Province) -> None:
    line = line_of(begun(province), province, make_local(), LineKind.ABOLISHED)

    with pytest.raises(ActNotOpen):
        write_content(line=line, content=WHOLE, note="", actor=province.officer, at=MONDAY)
