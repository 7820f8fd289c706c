"""Linked applications: one request, a dossier a leg, one promise, one result (B-21)."""

import uuid
from datetime import datetime, timedelta

import pytest

from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import draft, end, intake, process, request_supplement, return_result
from motcua.dossiers.commands.delete_draft import delete_draft
from motcua.dossiers.commands.linked_course import follow_open_applications
from motcua.dossiers.commands.linked_draft import GroupNotOffered, start_linked_draft
from motcua.dossiers.commands.linked_whole import LegsUnderWay
from motcua.dossiers.commands.submit import ApplicationIncomplete, NotOffered, VersionEnded, submit
from motcua.dossiers.commands.supplement import Brought, receive_supplement
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.linked_facts import may_be_withdrawn
from motcua.dossiers.models import Dossier, FilingChannel, LinkedApplication, LinkedLeg, Paper, RegisterLine
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.dossiers.tasks import follow_linked as job
from motcua.kernel.models import EventRecord
from motcua.organisations.facts import NoAgencyIdentifier
from motcua.rules.linked import LegState, WholeState
from motcua.rules.papers import DeclineGround
from motcua.rules.promises import Beginning
from motcua.rules.settlement import Period, Settlement
from motcua.rules.transitions import Status, TransitionRefused
from tests.linked import (
    HOUR,
    Linked,
    checks_of,
    follow,
    leg_dossier,
    make_accepted,
    make_group,
    make_linked_draft,
    settle,
)
from tests.make import HANOI, MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WAITING, OPEN, GRANTED = LegState.WAITING, LegState.OPEN, LegState.GRANTED


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def states(application: LinkedApplication) -> list[str]:
    return list(LinkedLeg.objects.filter(application=application).order_by("number").values_list("state", flat=True))


def granted_lead(linked: Linked) -> LinkedApplication:
    return settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)


def test_a_draft_asks_for_everything_once() -> None:
    dossier = make_linked_draft(make_group())

    answers = dossier.applicant.declaration
    positions = list(dossier.papers.order_by("position").values_list("position", flat=True))
    assert sorted(answers) == ["leg2_ten_con", "ten_con"], "leg 3 takes the lead's answer"
    assert positions == [1, 2, 2001, 3002], "leg 2 takes a result, leg 3 a paper of the lead's"
    assert dossier.leg_number == 1
    assert states(dossier.linked_application) == [OPEN, WAITING, WAITING]  # type: ignore[arg-type]  # it is linked


def test_a_leg_s_own_paper_is_needed_to_hand_in() -> None:
    dossier = make_linked_draft(make_group())
    draft.attach_paper(dossier=dossier, position=2001, file=None, actor=None, at=MONDAY)

    with pytest.raises(ApplicationIncomplete) as refused:
        submit(dossier=dossier, actor=None, at=MONDAY)

    assert [gap.what for gap in refused.value.gaps] == ["2001"]


def test_the_same_key_gives_the_same_application() -> None:
    linked = make_group()
    dossier = make_linked_draft(linked)
    filing = draft.Filing(key=dossier.draft_key, channel=FilingChannel.ONLINE)

    again = start_linked_draft(group=linked.group, offering=linked.lead.offering, filing=filing, actor=None, at=MONDAY)

    assert again.pk == dossier.pk
    assert LinkedApplication.objects.count() == 1


def test_deleting_the_draft_leaves_nothing() -> None:
    dossier = make_linked_draft(make_group())

    delete_draft(dossier=dossier, actor=None, at=MONDAY)

    assert not LinkedApplication.objects.exists()
    assert not LinkedLeg.objects.exists()


def test_a_group_is_not_offered_where_a_leg_is_not() -> None:
    linked = make_group()
    linked.offices[2].offering.delete()
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE)

    with pytest.raises(GroupNotOffered):
        start_linked_draft(group=linked.group, offering=linked.lead.offering, filing=filing, actor=None, at=MONDAY)


def test_a_draft_begun_under_a_group_that_has_ended_is_begun_anew() -> None:
    linked = make_group()
    dossier = make_linked_draft(linked)
    linked.group.valid_until = MONDAY.date()
    linked.group.save()

    with pytest.raises(VersionEnded):
        submit(dossier=dossier, actor=None, at=MONDAY)


def test_a_desk_that_no_longer_offers_a_leg_takes_no_draft() -> None:
    linked = make_group()
    dossier = make_linked_draft(linked)
    linked.offices[1].offering.delete()

    with pytest.raises(NotOffered):
        submit(dossier=dossier, actor=None, at=MONDAY)


def test_acceptance_promises_the_whole_and_plans_each_leg() -> None:
    linked = make_group()

    application = make_accepted(linked)

    due = list(application.legs.order_by("number").values_list("due_at", flat=True))
    assert due == [at("2026-03-03T17:00"), at("2026-03-12T17:00"), at("2026-03-10T17:00")]
    assert application.due_at == at("2026-03-12T17:00")
    assert application.stage is WholeState.UNDER_WAY
    lead = leg_dossier(application, 1)
    desk = linked.lead.offering.receiving_unit.code
    assert lead.code == f"{desk}-260302-0001", "B-40: the code of a linked group names the receiving one-stop"
    receipt = lead_receipt(lead)
    assert receipt["procedure"] == linked.group.name
    assert receipt["due_at"] == "2026-03-12T17:00:00+07:00"
    assert receipt["derivation"] == application.derivation["vi"]
    assert receipt["limit"].count("ngày làm việc") == 3
    assert RegisterLine.objects.count() == 1


def lead_receipt(lead: Dossier) -> dict[str, str]:
    data: dict[str, str] = IssuedDocument.objects.get(subject=lead.reference).data
    return data


def test_legs_open_at_once_when_the_lead_is_granted() -> None:
    linked = make_group()

    application = granted_lead(linked)

    assert states(application) == [GRANTED, OPEN, OPEN]
    second, third = leg_dossier(application, 2), leg_dossier(application, 3)
    assert second.stage is third.stage is Status.TRANSFERRED
    assert second.competent_unit == linked.offices[1].offering.competent_unit
    assert second.receiving_unit == linked.lead.offering.receiving_unit
    assert second.counted_because == Beginning.LEG_OPENED
    assert second.due_at == at("2026-03-11T17:00"), "its own clock runs from when it opened"
    assert second.applicant.full_name == "Vàng Thị Mỷ"
    assert second.applicant.declaration == {"ten_con": "Trả lời leg2_ten_con"}
    assert third.applicant.declaration == {"ten_con": "Trả lời ten_con"}
    own, from_result = second.papers.order_by("position")
    assert own.file is not None
    assert from_result.file == linked.lead.result_file
    lead_paper = Paper.objects.get(dossier__leg_number=1, position=1)
    assert third.papers.get(position=1).file == lead_paper.file
    assert RegisterLine.objects.count() == 1, "the whole has one line"
    assert Dossier.objects.counted_once().count() == 1


def test_the_report_counts_the_whole_once_by_its_own_promise_and_end() -> None:
    linked = make_group()
    application = granted_lead(linked)
    week = Period(MONDAY - HOUR, MONDAY + timedelta(days=6))
    after = Period(week.until, week.until + timedelta(days=7))
    for number in (2, 3):
        settle(application, number, linked.offices[number - 1], at=week.until + timedelta(days=4))

    first, second = settlement_by_line([week, after], Dossier.objects.all())

    assert list(first.values()) == [Settlement(online=1, within_limit=1)], (
        "the lead's own leg has ended, the whole has not"
    )
    assert list(second.values()) == [Settlement(carried_over=1, on_time=1)], "as the whole was promised"


def test_a_leg_without_a_need_opens_with_the_acceptance() -> None:
    linked = make_group(needs=((), (), (2,)))

    application = make_accepted(linked)

    assert states(application) == [OPEN, OPEN, WAITING]
    assert leg_dossier(application, 2).counted_because == Beginning.ACCEPTED


def test_following_twice_changes_nothing() -> None:
    application = granted_lead(make_group())
    before = EventRecord.objects.count()

    for _ in range(2):
        job(application_id=application.pk)
    assert follow_open_applications(MONDAY + timedelta(days=1)) == 1

    assert EventRecord.objects.count() == before
    assert Dossier.objects.count() == 3


def test_the_job_of_a_deleted_draft_is_nothing_to_do() -> None:
    job(application_id=4711)


def test_a_refused_lead_ends_what_needs_it_with_the_reason() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")

    assert states(application) == [LegState.NOT_GRANTED, LegState.NOT_NEEDED, LegState.NOT_NEEDED]
    assert list(application.legs.order_by("number").values_list("because_of", flat=True)) == [None, 1, 1]
    assert application.stage is WholeState.NOT_GRANTED
    assert application.finished_at == MONDAY + 5 * HOUR
    assert application.closed_at is None, "the refusal is still to be given out"


def test_a_refused_leg_stops_none_that_does_not_need_it() -> None:
    linked = make_group()
    application = granted_lead(linked)

    settle(application, 3, linked.offices[2], at=TUESDAY, refusal_basis="Điều 12")
    assert states(application) == [GRANTED, OPEN, LegState.NOT_GRANTED]
    application = settle(application, 2, linked.offices[1], at=TUESDAY)

    assert application.stage is WholeState.PARTLY_GRANTED
    ended = EventRecord.objects.get(kind="LinkedApplicationEnded")
    assert ended.payload == {"state": "PARTLY_GRANTED", "outcome": "EARLY"}


def test_what_is_not_accepted_never_opens_a_leg() -> None:
    linked = make_group()
    dossier = submit(dossier=make_linked_draft(linked), actor=None, at=MONDAY)
    refusal = intake.Refusal(DeclineGround.NOT_WITHIN_AUTHORITY, "Điều 1", "Nơi khác")
    intake.decline(dossier=dossier, officer=linked.lead.reception, refusal=refusal, at=MONDAY + HOUR)

    application = follow(dossier, MONDAY + HOUR)

    assert application.stage is WholeState.NOT_GRANTED
    assert application.closed_at == MONDAY + HOUR
    assert states(application) == [LegState.NOT_GRANTED, LegState.NOT_NEEDED, LegState.NOT_NEEDED]


def test_a_supplement_in_a_leg_moves_the_whole() -> None:
    linked = make_group()
    application = granted_lead(linked)
    office, dossier = linked.offices[1], leg_dossier(application, 2)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=TUESDAY)
    asking = request_supplement.Asking({1: "Mờ"}, "Mờ")
    request_supplement.request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=TUESDAY)
    follow(dossier, TUESDAY)
    brought = {1: Brought(originals_count=1)}
    receive_supplement(dossier=dossier, officer=linked.lead.reception, brought=brought, at=TUESDAY + timedelta(days=2))

    application = follow(dossier, TUESDAY + timedelta(days=2))

    assert leg_dossier(application, 2).due_at == at("2026-03-16T17:00")
    assert application.due_at == at("2026-03-16T17:00")
    assert application.derivation["vi"][-1]["date"] == "2026-03-16"


def test_the_results_are_given_out_once_together() -> None:
    linked = make_group()
    application = granted_lead(linked)
    reception = linked.lead.reception
    settle(application, 2, linked.offices[1], at=TUESDAY)
    with pytest.raises(LegsUnderWay) as refused:
        return_result.hand_over(
            dossier=leg_dossier(application, 1), officer=reception, received_by="Mỷ", at=TUESDAY + 4 * HOUR
        )
    assert refused.value.numbers == (3,)
    settle(application, 3, linked.offices[2], at=TUESDAY)

    given = return_result.hand_over(
        dossier=leg_dossier(application, 2), officer=reception, received_by="Mỷ", at=TUESDAY + 5 * HOUR
    )

    application = follow(given, TUESDAY + 5 * HOUR)
    stages = {row.stage for row in Dossier.objects.filter(linked_application=application)}
    assert stages == {Status.RETURNED}
    assert application.closed_at == TUESDAY + 5 * HOUR
    assert application.stage is WholeState.GRANTED
    assert EventRecord.objects.filter(kind="ResultReturned").count() == 1
    assert EventRecord.objects.filter(kind="LinkedResultReturned").count() == 2
    assert {row.result.received_by for row in Dossier.objects.filter(linked_application=application)} == {"Mỷ"}


def test_each_result_goes_out_on_its_own_where_the_group_says_so() -> None:
    linked = make_group(returns_together=False)
    application = granted_lead(linked)

    given = return_result.hand_over(
        dossier=leg_dossier(application, 1), officer=linked.lead.reception, received_by="Mỷ", at=TUESDAY
    )

    assert given.stage is Status.RETURNED
    assert follow(given, TUESDAY).closed_at is None


def test_taking_back_the_whole_ends_every_leg_not_decided() -> None:
    application = granted_lead(make_group())
    lead = leg_dossier(application, 1)
    assert may_be_withdrawn(lead)

    withdraw(dossier=lead, actor=None, at=TUESDAY)
    withdraw(dossier=lead, actor=None, at=TUESDAY)

    application = follow(lead, TUESDAY)
    stages = [leg_dossier(application, number).stage for number in (1, 2, 3)]
    assert stages == [Status.DONE, Status.WITHDRAWN, Status.WITHDRAWN]
    assert application.stage is WholeState.PARTLY_GRANTED
    assert EventRecord.objects.filter(kind="LinkedApplicationWithdrawn").count() == 1
    assert not may_be_withdrawn(lead)


def test_what_is_decided_throughout_cannot_be_taken_back() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")

    with pytest.raises(TransitionRefused):
        withdraw(dossier=leg_dossier(application, 1), actor=None, at=TUESDAY)


def test_taking_it_back_before_acceptance_closes_the_whole() -> None:
    dossier = submit(dossier=make_linked_draft(make_group()), actor=None, at=MONDAY)

    withdraw(dossier=dossier, actor=None, at=MONDAY + HOUR)

    assert follow(dossier, MONDAY + HOUR).closed_at == MONDAY + HOUR


def test_a_stopped_leg_counts_as_not_granted() -> None:
    linked = make_group()
    application = granted_lead(linked)
    ground = end.EndGround("Tranh chấp", "Điều 19")
    dossier = leg_dossier(application, 3)

    end.stop(dossier=dossier, officer=linked.offices[2].signer, ground=ground, at=TUESDAY)

    follow(dossier, TUESDAY)
    assert states(application) == [GRANTED, OPEN, LegState.NOT_GRANTED]


def test_a_rollback_leaves_no_leg() -> None:
    linked = make_group()
    application = make_accepted(linked)
    linked.offices[2].offering.receiving_unit.identifiers.all().delete()
    dossiers = Dossier.objects.count()

    with pytest.raises(NoAgencyIdentifier):
        settle(application, 1, linked.lead, at=MONDAY + 2 * HOUR)

    assert Dossier.objects.count() == dossiers


def test_checks_of_every_leg_s_papers_are_made_once() -> None:
    linked = make_group()
    dossier = submit(dossier=make_linked_draft(linked), actor=None, at=MONDAY)
    checks = checks_of(dossier)
    del checks[2001]

    with pytest.raises(intake.PapersInTheWay) as refused:
        intake.accept(dossier=dossier, officer=linked.lead.reception, checks=checks, at=MONDAY + HOUR)

    assert refused.value.positions == (2001,)
