"""Publication decisions from the first line to the day the new versions are in force (C-05 to C-08, C-12, R-13)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from motcua.catalogue.commands import publication_acts, publication_drafts
from motcua.catalogue.commands.publication_acts import (
    DayImpossible,
    DecisionFlawed,
    NumberTaken,
    give_decision_back,
    note_entry,
    publish_decision,
    submit_decision,
)
from motcua.catalogue.commands.publication_drafts import (
    ActNotOpen,
    MayNotPublish,
    Occasion,
    change_decision,
    write_content,
)
from motcua.catalogue.commands.publish_linked_group import GroupDefinition, LegDefinition, publish_linked_group
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import PaperDefinition
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.catalogue.queries import procedure_page
from motcua.catalogue.search import find_procedures
from motcua.kernel.models import EventRecord
from motcua.rules.publication import DecisionState, Fault, LineKind
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.catalogue.publishing import (
    EFFECTIVE_ON,
    THREE_DAYS,
    WHOLE,
    Province,
    begun,
    line_of,
    make_local,
    make_province,
    new_line,
    published,
    shortened,
)
from tests.make import LONG_AGO, MONDAY, make_dossier, make_offering, make_office, make_procedure

pytestmark = pytest.mark.django_db

DAY_BEFORE = EFFECTIVE_ON - timedelta(days=1)
TODAY = MONDAY.date()


@pytest.fixture
def province() -> Province:
    return make_province()


def kinds_of(decision: PublicationDecision) -> list[str]:
    return list(EventRecord.objects.filter(subject=str(decision.key)).order_by("seq").values_list("kind", flat=True))


def test_nobody_meets_a_draft(province: Province) -> None:
    procedure = make_local(title="Hỗ trợ học nghề")
    decision = begun(province, effective_on=LONG_AGO)
    shortened(line_of(decision, province, procedure), province)
    new_line(decision, province)

    assert procedure_page(procedure.code, TODAY).terms.limit != THREE_DAYS.limit
    with pytest.raises(ProcedureVersion.DoesNotExist):
        procedure_page("3.000001", TODAY)
    assert [hit.code for hit in find_procedures("trồng rừng gỗ lớn", on=TODAY)] == []
    assert list(Procedure.objects.in_force(TODAY)) == [procedure]


def test_a_published_decision_takes_effect_on_its_day(province: Province) -> None:
    amended, replaced, abolished = make_local(), make_local(), make_local()
    decision = begun(province)
    shortened(line_of(decision, province, amended), province)
    successor = new_line(decision, province).procedure
    line_of(decision, province, replaced, LineKind.REPLACED, by=successor)
    line_of(decision, province, abolished, LineKind.ABOLISHED)

    decision = published(decision, province)

    assert (decision.state, decision.number, decision.signed_on) == (DecisionState.PUBLISHED, "15/QĐ-UBND", TODAY)
    old, new = amended.versions.order_by("number")
    assert (old.valid_until, new.valid_from, new.valid_until, new.number) == (EFFECTIVE_ON, EFFECTIVE_ON, None, 2)
    assert (new.decision_no, new.limit, new.is_handmade) == ("15/QĐ-UBND", THREE_DAYS.limit, True)
    assert set(Procedure.objects.in_force(DAY_BEFORE)) == {amended, replaced, abolished}
    assert set(Procedure.objects.in_force(EFFECTIVE_ON)) == {amended, successor}
    replaced.refresh_from_db()
    assert (replaced.withdrawn_on, replaced.replaced_by) == (EFFECTIVE_ON, successor)
    assert [hit.code for hit in find_procedures("trồng rừng gỗ lớn", on=EFFECTIVE_ON)] == [successor.code]
    event = EventRecord.objects.get(kind="PublicationIssued")
    assert event.payload["new"] == [successor.code]
    assert event.payload["abolished"] == [abolished.code]
    assert event.payload["valid_from"] == ["2026-03-16"] * 4
    assert len(event.payload["content_hashes"]) == 2


def test_dossiers_stay_with_the_version_of_their_acceptance(province: Province) -> None:
    office = make_office(offering=make_offering(procedure=make_local()))
    dossier = make_dossier(office=office)
    kept = dossier.procedure_version_id
    decision = begun(province)
    shortened(line_of(decision, province, office.offering.procedure), province)

    published(decision, province)

    dossier.refresh_from_db()
    assert dossier.procedure_version_id == kept


def test_what_is_published_late_holds_from_that_day(province: Province) -> None:
    procedure = make_local()
    decision = begun(province, effective_on=TODAY - timedelta(days=30))
    shortened(line_of(decision, province, procedure), province)

    published(decision, province)

    assert procedure.versions.get(number=2).valid_from == TODAY


def test_a_second_decision_follows_one_that_is_still_to_come(province: Province) -> None:
    procedure = make_local()
    first = begun(province)
    shortened(line_of(first, province, procedure), province)
    published(first, province)
    second = begun(province, effective_on=EFFECTIVE_ON - timedelta(days=5))
    line = line_of(second, province, procedure)
    content = replace(WHOLE, title="Tên mới")
    write_content(line=line, content=content, note="", actor=province.officer, at=MONDAY)

    published(second, province, number="16/QĐ-UBND")

    assert [row.valid_from for row in procedure.versions.order_by("number")] == [
        LONG_AGO,
        EFFECTIVE_ON,
        EFFECTIVE_ON + timedelta(days=1),
    ]


def test_nothing_is_published_twice(province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)
    published(decision, province)

    with pytest.raises(ActNotOpen):
        publish_decision(decision=decision, number="15/QĐ-UBND", signed_on=TODAY, actor=province.chairman, at=MONDAY)
    assert kinds_of(decision).count("PublicationIssued") == 1


def test_a_number_names_one_decision_a_day(province: Province) -> None:
    first, second = begun(province), begun(province)
    new_line(first, province)
    new_line(second, province, code="3.000002")
    published(first, province)

    with pytest.raises(NumberTaken):
        published(second, province)


def test_a_decision_is_not_signed_in_the_future(province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)

    with pytest.raises(DayImpossible) as refusal:
        publish_decision(
            decision=decision,
            number="15/QĐ-UBND",
            signed_on=TODAY + timedelta(days=1),
            actor=province.chairman,
            at=MONDAY,
        )
    assert (refusal.value.earliest, refusal.value.latest) == (None, TODAY)


def test_what_others_changed_meanwhile_is_seen_before_it_is_published(province: Province) -> None:
    procedure = make_local()
    decision = begun(province)
    shortened(line_of(decision, province, procedure), province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    procedure.versions.filter(number=1).update(valid_until=TODAY)
    ProcedureVersion.objects.create(
        procedure=procedure, number=2, valid_from=TODAY, title="Từ cơ sở dữ liệu", level="COMMUNE", published_at=MONDAY
    )

    with pytest.raises(DecisionFlawed) as refusal:
        publish_decision(decision=decision, number="15/QĐ-UBND", signed_on=TODAY, actor=province.chairman, at=MONDAY)
    assert Fault.CHANGED_MEANWHILE in {flaw.fault for flaw in refusal.value.flaws}
    assert procedure.versions.get(number=2).valid_until is None


def test_the_chairman_publishes_and_nobody_else(province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)

    with pytest.raises(MayNotPublish):
        publish_decision(decision=decision, number="15/QĐ-UBND", signed_on=TODAY, actor=province.officer, at=MONDAY)
    with pytest.raises(MayNotPublish):
        give_decision_back(decision=decision, reason="x", actor=province.officer, at=MONDAY)
    with pytest.raises(MayNotPublish):
        change_decision(
            decision=decision, occasion=Occasion("x", "y", EFFECTIVE_ON), actor=province.chairman, at=MONDAY
        )


def test_the_entry_in_the_national_database_is_noted(province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)
    published(decision, province)
    later = MONDAY + timedelta(days=3)

    noted = note_entry(decision=decision, entered_on=later.date(), actor=province.officer, at=later)

    assert noted.entered_on == later.date()
    for impossible in (TODAY - timedelta(days=1), later.date() + timedelta(days=1)):
        with pytest.raises(DayImpossible):
            note_entry(decision=decision, entered_on=impossible, actor=province.officer, at=later)


def test_a_published_decision_is_frozen(province: Province) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    published(decision, province)
    other = new_line(begun(province), province, code="3.000009")

    for change in (
        lambda: PublicationDecision.objects.update(title="x"),
        lambda: PublicationLine.objects.filter(pk=line.pk).update(note="x"),
        lambda: PublicationLine.objects.filter(pk=line.pk).delete(),
        lambda: PublicationLine.objects.filter(pk=other.pk).update(decision=decision),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            change()


def test_a_rollback_leaves_nothing(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = make_local()
    decision = begun(province)
    shortened(line_of(decision, province, procedure), province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)

    with pytest.raises(RuntimeError), transaction.atomic():
        publish_decision(decision=decision, number="15/QĐ-UBND", signed_on=TODAY, actor=province.chairman, at=MONDAY)
        raise RuntimeError

    decision.refresh_from_db()
    assert decision.state == DecisionState.SUBMITTED
    assert procedure.versions.filter(published_at__isnull=False).count() == 1


def test_commands_name_their_refusals() -> None:
    for module in (publication_acts, publication_drafts):
        assert all(hasattr(module, name) for name in module.__all__)


def test_a_draft_that_moves_what_a_linked_group_shares_is_kept_back(province: Province) -> None:
    """B-21: a group shares papers by their place."""
    local, beside = make_local(), make_local()
    definition = GroupDefinition(
        code="hai-viec",
        name="Hai việc",
        summary="",
        source="B-21",
        valid_from=TODAY,
        legs=(
            LegDefinition(beside.code, (), {}, {}, {}),
            LegDefinition(local.code, (), {}, {2: 2}, {}),
        ),
    )
    publish_linked_group(definition=definition, actor=None, at=MONDAY)
    decision = begun(province)
    line = line_of(decision, province, local)
    draft = shortened(line, province).version
    assert draft is not None

    with pytest.raises(DecisionFlawed) as moved:
        submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    papers = content_of(local.versions.get(number=1)).papers
    kept = replace(content_of(draft), papers=(*papers, PaperDefinition(name="Thêm", originals=1)))
    write_content(line=line, content=kept, note="", actor=province.officer, at=MONDAY)

    assert (Fault.GROUP_BREAKS, frozenset({"Hai việc"})) in [(one.fault, one.parts) for one in moved.value.flaws]
    assert submit_decision(decision=decision, actor=province.officer, at=MONDAY).state == "SUBMITTED"


def test_no_limit_is_published_that_an_approved_process_does_not_keep(province: Province) -> None:
    procedure = make_procedure(verify_hours="16")
    Procedure.objects.filter(pk=procedure.pk).update(scope="LOCAL")
    decision = begun(province)
    line = shortened(line_of(decision, province, procedure), province)

    with pytest.raises(DecisionFlawed) as too_long:
        submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    assert line.version is not None
    longer = replace(THREE_DAYS, limit=TimeLimit(Decimal("4.5"), LimitUnit.WORKING_DAY))
    content = replace(content_of(line.version), terms=longer)
    write_content(line=line, content=content, note="", actor=province.officer, at=MONDAY)

    assert [(one.fault, one.parts) for one in too_long.value.flaws] == [(Fault.PROCESS_TOO_LONG, frozenset({"1"}))]
    assert submit_decision(decision=decision, actor=province.officer, at=MONDAY).state == "SUBMITTED"
