"""Open dossiers follow a new version by an order, batch by batch, and no promise moves later (R-13, B-59)."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import TermsDefinition
from motcua.catalogue.models import Procedure, PublicationDecision
from motcua.dossiers.commands.move_versions import (
    MayNotPublish,
    MoveOrder,
    MoveUnderWay,
    NothingToFollow,
    move_next,
    order_move,
)
from motcua.dossiers.models import Applicant, Dossier, FormerPromise, VersionMove
from motcua.dossiers.queries.version_moves import move_preview
from motcua.dossiers.tasks import move_versions
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.declarations import Condition, FieldDefinition, as_stored
from motcua.rules.promises import PromiseCause
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.transitions import Status
from motcua.rules.version_moves import Bar, PromiseRule
from tests.catalogue.publishing import Province, begun, line_of, make_province, published
from tests.make import MONDAY, Office, make_dossier, make_offering, make_office, make_procedure

pytestmark = pytest.mark.django_db

ARTICLE = "khoản 2 Điều 9 Quyết định 12/2026/QĐ-UBND"
NOW = MONDAY + timedelta(days=1, hours=5)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def office() -> Office:
    return short_office()


def short_office(*declaration: FieldDefinition) -> Office:
    """An office whose procedure the province regulates, its process short enough for three days."""
    asked = [as_stored(field) for field in declaration] if declaration else None
    office = make_office(offering=make_offering(procedure=make_procedure(verify_hours="4", declaration=asked)))
    Procedure.objects.filter(pk=office.offering.procedure_id).update(scope="LOCAL")
    office.offering.procedure.refresh_from_db()
    return office


def amended(
    province: Province,
    office: Office,
    days: int,
    *,
    at: datetime = MONDAY,
    declaration: Sequence[FieldDefinition] | None = None,
    number: str = "15/QĐ-UBND",
) -> PublicationDecision:
    """A decision in force from the day after `at`, under which the procedure takes so many working days."""
    decision = begun(province, effective_on=(at + timedelta(days=1)).date(), at=at)
    line = line_of(decision, province, office.offering.procedure, at=at)
    assert line.version is not None
    terms = TermsDefinition(TimeLimit(Decimal(days), LimitUnit.WORKING_DAY), f"{days} ngày làm việc", fee_vnd=0)
    content = content_of(line.version)
    ways = tuple(replace(way, terms=terms) for way in content.channels)
    whole = replace(
        content,
        terms=terms,
        declaration=content.declaration if declaration is None else tuple(declaration),
        channels=ways,
        steps=("Nộp hồ sơ",),
        subjects=("Cá nhân",),
        deciding_agency="UBND cấp xã",
        implementing_agencies=("UBND cấp xã",),
        legal_basis=("12/2026/QĐ-UBND",),
    )
    write_content(line=line, content=whole, note="", actor=province.officer, at=at)
    return published(decision, province, number=number, at=at)


CHILDREN = FieldDefinition("con", "Con", "group", required=False)
NAME = FieldDefinition("ten", "Họ tên", "text", group="con")
WHY = FieldDefinition("ly_do", "Lý do", "text", required=False)


def answered(office: Office, **answers: str) -> Dossier:
    """A dossier under way with these answers, of a row under `group_1_key` for `group-1-key`."""
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    said = {key.replace("_1_", "-1-"): answer for key, answer in answers.items()}
    Applicant.objects.filter(dossier=dossier).update(declaration=said)
    return dossier


def order(promises: PromiseRule = PromiseRule.KEEP, key: uuid.UUID | None = None) -> MoveOrder:
    return MoveOrder(key or uuid.uuid4(), ARTICLE, promises)


def ordered(decision: PublicationDecision, province: Province, promises: PromiseRule = PromiseRule.KEEP) -> VersionMove:
    return order_move(decision=decision, order=order(promises), actor=province.chairman, at=NOW)


def test_the_preview_says_who_follows_and_why_others_stay(province: Province, office: Office) -> None:
    for status in (Status.IN_PROGRESS, Status.SUBMITTED, Status.SUPPLEMENT, Status.SIGNED, Status.RETURNED):
        make_dossier(status=status, office=office)

    found = move_preview(amended(province, office, 3), province.chairman, at=NOW)

    bars = {row.stage: row.bar for row in found.rows}
    assert bars == {
        "Đang thẩm tra": None,
        "Chờ tiếp nhận": Bar.NOT_ACCEPTED,
        "Chờ bổ sung theo yêu cầu thẩm tra": Bar.CLOCK_STANDS,
        "Chờ đóng dấu, phát hành": Bar.DECIDED,
    }
    unit = found.units[0]
    assert (found.total, unit.under_way, unit.not_accepted, unit.standing, unit.decided) == (4, 1, 1, 1, 1)
    assert (found.may_order, found.opens_on) == (True, NOW.date())


def test_answers_in_rows_keep_nobody_back(province: Province) -> None:
    office = short_office(CHILDREN, NAME, WHY)
    answered(office, con="1", con_1_ten="Páo", ly_do="")

    same = amended(province, office, 3, declaration=(CHILDREN, NAME))

    assert [row.bar for row in move_preview(same, province.chairman, at=NOW).rows] == [None]


@pytest.mark.parametrize(
    "after",
    [
        pytest.param((CHILDREN, NAME), id="the question is dropped"),
        pytest.param((CHILDREN, NAME, replace(WHY, condition=Condition("loai", ("Mới",)))), id="a condition hides it"),
        pytest.param((CHILDREN, NAME, replace(WHY, kind="choice", options=("Khác",))), id="it offers other answers"),
    ],
)
def test_who_would_lose_an_answer_stays(province: Province, after: tuple[FieldDefinition, ...]) -> None:
    kind = FieldDefinition("loai", "Loại", "choice", required=False, options=("Cũ", "Mới"))
    why = replace(WHY, kind="choice", options=("Cần gấp", "Khác")) if after[-1].kind == "choice" else WHY
    office = short_office(kind, CHILDREN, NAME, why)
    answered(office, loai="Cũ", con="1", con_1_ten="Páo", ly_do="Cần gấp")

    decision = amended(province, office, 3, declaration=(kind, *after))

    assert [row.bar for row in move_preview(decision, province.chairman, at=NOW).rows] == [Bar.ANSWERS_LOST]


def test_a_dossier_follows_with_its_papers_and_its_date(province: Province, office: Office) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    papers = set(dossier.papers.values_list("required_paper", flat=True))
    decision = amended(province, office, 3)

    move_versions(order_id=ordered(decision, province).pk)

    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.procedure_version == decision.lines.get().version
    assert (moved.due_at, moved.workflow_id, moved.version) == (
        dossier.due_at,
        dossier.workflow_id,
        dossier.version + 1,
    )
    assert set(moved.papers.values_list("required_paper", flat=True)) == papers
    event = EventRecord.objects.get(kind="DossierMoved")
    assert (event.subject, event.payload["from_version"], event.payload["to_version"]) == (dossier.reference, 1, 2)
    assert event.actor == province.chairman
    done = VersionMove.objects.get()
    assert (done.moved_count, done.sooner_count, done.stayed_count) == (1, 0, 0)
    assert done.finished_at is not None


def test_a_sooner_promise_keeps_the_former_one_and_is_told(province: Province, office: Office) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    decision = amended(province, office, 3)
    foretold = move_preview(decision, province.chairman, at=NOW).rows[0].sooner_at

    found = ordered(decision, province, PromiseRule.ADVANCE)
    while not move_next(order=found, at=NOW):
        continue

    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.due_at is not None
    assert dossier.due_at is not None
    assert moved.due_at < dossier.due_at
    assert moved.due_at == moved.action_due_at == foretold
    assert moved.promise_cause == PromiseCause.VERSION
    assert FormerPromise.objects.get(dossier=dossier).due_at == dossier.due_at
    body = Message.objects.filter(dossier=dossier, channel="SITE").latest("pk").body
    assert "sớm hơn" in body
    assert "15/QĐ-UBND" in body


def test_a_longer_limit_takes_nobody_along(province: Province, office: Office) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    decision = amended(province, office, 30)
    assert move_preview(decision, province.chairman, at=NOW).rows[0].bar is Bar.WOULD_BE_LATER

    move_versions(order_id=ordered(decision, province, PromiseRule.ADVANCE).pk)

    assert Dossier.objects.get(pk=dossier.pk).procedure_version == dossier.procedure_version
    assert not EventRecord.objects.filter(kind="DossierMoved").exists()
    assert VersionMove.objects.get().stayed_count == 1


def test_a_job_that_was_killed_goes_on_and_moves_nobody_twice(province: Province, office: Office) -> None:
    dossiers = [make_dossier(status=Status.IN_PROGRESS, office=office) for _ in range(3)]
    found = ordered(amended(province, office, 3), province)

    assert not move_next(order=found, at=NOW, size=2)
    move_versions(order_id=found.pk)
    move_versions(order_id=found.pk)

    assert EventRecord.objects.filter(kind="DossierMoved").count() == len(dossiers)
    assert VersionMove.objects.get().moved_count == len(dossiers)


def test_a_second_click_orders_nothing_and_a_second_order_waits(province: Province, office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    decision, wanted = amended(province, office, 3), order()

    first = order_move(decision=decision, order=wanted, actor=province.chairman, at=NOW)
    assert order_move(decision=decision, order=wanted, actor=province.chairman, at=NOW) == first
    with pytest.raises(MoveUnderWay):
        ordered(decision, province)
    assert EventRecord.objects.filter(kind="VersionMoveOrdered").count() == 1


def test_only_the_publisher_orders_and_only_once_the_version_holds(province: Province, office: Office) -> None:
    decision = amended(province, office, 3)

    with pytest.raises(MayNotPublish):
        order_move(decision=decision, order=order(), actor=province.officer, at=NOW)
    with pytest.raises(NothingToFollow):
        order_move(decision=decision, order=order(), actor=province.chairman, at=MONDAY + timedelta(hours=2))
    with pytest.raises(NothingToFollow):
        order_move(decision=begun(province), order=order(), actor=province.chairman, at=NOW)


def test_nobody_follows_a_version_that_another_replaces(province: Province, office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    first = amended(province, office, 4)
    amended(province, office, 3, at=NOW, number="16/QĐ-UBND")

    found = move_preview(first, province.chairman, at=NOW)

    assert ([row.bar for row in found.rows], found.opens_on) == ([Bar.SUPERSEDED], None)
    with pytest.raises(NothingToFollow):
        ordered(first, province)


def test_the_preview_asks_the_same_for_one_and_for_many(province: Province, office: Office) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)
    decision = amended(province, office, 3)
    with CaptureQueriesContext(connection) as one:
        move_preview(decision, province.chairman, at=NOW)
    for _ in range(3):
        make_dossier(status=Status.IN_PROGRESS, office=office)
    Dossier.objects.update(procedure_version=decision.lines.get().based_on)

    with CaptureQueriesContext(connection) as many:
        found = move_preview(decision, province.chairman, at=NOW)

    assert found.total == 4
    assert len(many) == len(one)
