"""What the job makes of legs that ended while it slept, and of results put right (B-21, B-23)."""

import logging
from datetime import datetime, timedelta

import pytest

from motcua.dossiers.commands import correct, return_result
from motcua.dossiers.commands.linked_course import follow_open_applications
from motcua.dossiers.models import Dossier, LinkedApplication, LinkedLeg, Paper
from motcua.dossiers.queries.linked import LinkedView, whole_of
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.kernel.models import EventRecord
from motcua.rules.linked import LegState, WholeState
from motcua.rules.settlement import Period
from motcua.rules.transitions import Status
from tests.linked import (
    HOUR,
    Linked,
    decide,
    follow,
    leg_dossier,
    make_accepted,
    make_group,
    settle,
)
from tests.make import HANOI, MONDAY, make_file

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY, THURSDAY = MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)
RIGHT = b"%PDF-1.4 right"


def states(application: LinkedApplication) -> list[str]:
    return list(LinkedLeg.objects.filter(application=application).order_by("number").values_list("state", flat=True))


def put_right(application: LinkedApplication, linked: Linked, at: datetime) -> correct.RightResult:
    """Correct the result of leg 1."""
    lead = leg_dossier(application, 1)
    correct.report_error(dossier=lead, officer=linked.lead.reception, error="Sai năm sinh", at=at)
    right = correct.RightResult("13/GKS", make_file(content=RIGHT))
    correct.correct(dossier=lead, officer=linked.lead.signer, right=right, at=at + HOUR)
    return right


def test_a_whole_is_not_late_because_the_worker_slept() -> None:
    linked = make_group(needs=((), (1,), (2,)))
    application = make_accepted(linked)
    lead = decide(application, 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")

    application = follow(lead, MONDAY + timedelta(days=60))

    ended = list(application.legs.order_by("number").values_list("ended_at", flat=True))
    assert ended == [MONDAY + 5 * HOUR] * 3
    assert application.finished_at == MONDAY + 5 * HOUR
    assert EventRecord.objects.get(kind="LinkedApplicationEnded").payload["outcome"] == "EARLY"


def test_one_that_cannot_be_followed_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    stuck, goes_on = make_group(), make_group()
    first, second = make_accepted(stuck), make_accepted(goes_on)
    for linked, application in ((stuck, first), (goes_on, second)):
        decide(application, 1, linked.lead, at=MONDAY + 2 * HOUR)
    stuck.lead.offering.receiving_unit.identifiers.all().delete()

    with caplog.at_level(logging.WARNING, "motcua"):
        followed = follow_open_applications(TUESDAY)

    assert followed == 1
    assert states(first) == [LegState.OPEN, LegState.WAITING, LegState.WAITING]
    assert states(second) == [LegState.GRANTED, LegState.OPEN, LegState.OPEN]
    assert "linked_application.not_followed" in caplog.text
    assert f"'application_id': {first.pk}, 'fault': 'NoAgencyIdentifier'" in caplog.text
    assert leg_dossier(first, 1).reference not in caplog.text


def test_a_refusal_put_right_is_a_refusal_still() -> None:
    linked = make_group(needs=((), (), (1,)), returns_together=False)
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")
    lead = leg_dossier(application, 1)
    return_result.hand_over(dossier=lead, officer=linked.lead.reception, received_by="Mỷ", at=TUESDAY)

    put_right(application, linked, TUESDAY + HOUR)

    assert leg_dossier(application, 1).stage is Status.DONE
    application = follow(lead, TUESDAY + 3 * HOUR)
    assert states(application) == [LegState.NOT_GRANTED, LegState.OPEN, LegState.NOT_NEEDED]
    assert settle(application, 2, linked.offices[1], at=TUESDAY + 3 * HOUR).stage is WholeState.PARTLY_GRANTED


def test_a_result_put_right_reaches_the_leg_that_was_given_it() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    second, version = leg_dossier(application, 2), leg_dossier(application, 2).version
    third = leg_dossier(application, 3).version

    right = put_right(application, linked, TUESDAY)

    own, given = Paper.objects.filter(dossier=second).order_by("position")
    assert (given.file, given.note) == (right.file, "13/GKS")
    assert own.file != right.file
    told = EventRecord.objects.get(kind="LinkedPaperRenewed")
    assert (told.subject, told.actor) == (second.reference, linked.lead.signer)
    assert told.payload == {"from_leg": 1, "file_sha256": right.file.sha256}
    assert leg_dossier(application, 2).version == version + 1, "an officer who had it open is told"
    assert leg_dossier(application, 3).version == third


def test_a_leg_that_is_decided_keeps_the_paper_it_was_decided_by() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    settle(application, 2, linked.offices[1], at=TUESDAY)

    right = put_right(application, linked, TUESDAY + 4 * HOUR)

    assert not Paper.objects.filter(dossier=leg_dossier(application, 2), file=right.file).exists()
    assert not EventRecord.objects.filter(kind="LinkedPaperRenewed").exists()


@pytest.fixture
def given_out() -> tuple[Linked, LinkedApplication]:
    """All three legs granted on Tuesday and given out at once at 13:00."""
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    for number in (2, 3):
        application = settle(application, number, linked.offices[number - 1], at=TUESDAY)
    given = give_out(application, 1, linked, TUESDAY + 5 * HOUR)
    return linked, follow(given, TUESDAY + 5 * HOUR)


def give_out(application: LinkedApplication, number: int, linked: Linked, at: datetime) -> Dossier:
    dossier = leg_dossier(application, number)
    return return_result.hand_over(dossier=dossier, officer=linked.lead.reception, received_by="Mỷ", at=at)


def wrong(application: LinkedApplication, number: int, linked: Linked, at: datetime) -> Dossier:
    dossier = leg_dossier(application, number)
    return correct.report_error(dossier=dossier, officer=linked.lead.reception, error="Sai năm sinh", at=at)


def right(application: LinkedApplication, number: int, linked: Linked, at: datetime) -> Dossier:
    result = correct.RightResult("13/GKS", make_file(content=RIGHT))
    signer = linked.offices[number - 1].signer
    return correct.correct(dossier=leg_dossier(application, number), officer=signer, right=result, at=at)


def view(application: LinkedApplication, at: datetime) -> LinkedView:
    whole = whole_of(leg_dossier(application, 1), at=at)
    assert whole is not None
    return whole


def test_a_wrong_result_reopens_leg_and_whole_until_the_right_one_is_given_out(
    given_out: tuple[Linked, LinkedApplication],
) -> None:
    linked, application = given_out
    assert application.closed_at == TUESDAY + 5 * HOUR
    ended = list(application.legs.order_by("number").values_list("ended_at", flat=True))

    application = follow(wrong(application, 2, linked, WEDNESDAY), WEDNESDAY)

    assert (application.stage, application.closed_at) == (WholeState.UNDER_WAY, None)
    assert states(application) == [LegState.GRANTED, LegState.OPEN, LegState.GRANTED]
    assert application.finished_at == TUESDAY + 3 * HOUR, "the report counts it as it ended first"
    assert LinkedApplication.objects.under_way().get() == application, "its lead answers for it again"
    reopened = EventRecord.objects.get(kind="LinkedApplicationReopened")
    assert reopened.payload == {"legs": [2]}
    seen = view(application, WEDNESDAY)
    assert seen.is_put_right
    assert [leg.is_late for leg in seen.legs] == [False] * 3
    due = datetime(2026, 3, 9, 17, 0, tzinfo=HANOI)
    assert [leg.right_due_at for leg in seen.legs] == [None, due, None], "three working days, over the week-end"

    application = follow(right(application, 2, linked, THURSDAY), THURSDAY)
    assert (application.stage, application.closed_at) == (WholeState.GRANTED, None), "it waits to be given out"
    application = follow(give_out(application, 2, linked, THURSDAY + HOUR), THURSDAY + HOUR)

    assert (application.stage, application.closed_at) == (WholeState.GRANTED, THURSDAY + HOUR)
    assert list(application.legs.order_by("number").values_list("ended_at", flat=True)) == ended
    assert EventRecord.objects.filter(kind="LinkedApplicationEnded").count() == 1
    assert EventRecord.objects.filter(kind="LinkedApplicationReopened").count() == 1


def test_a_result_put_right_after_all_were_given_out_waits_for_none(
    given_out: tuple[Linked, LinkedApplication],
) -> None:
    linked, application = given_out
    for number in (2, 3):
        follow(wrong(application, number, linked, WEDNESDAY), WEDNESDAY)
    follow(right(application, 2, linked, THURSDAY), THURSDAY)
    seen = view(application, THURSDAY)

    given = give_out(application, 2, linked, THURSDAY + HOUR)

    assert given.stage is Status.RETURNED
    assert (seen.goes_out_together, seen.waits_for_others) == (False, False)
    assert leg_dossier(application, 3).stage is Status.CORRECTING


def test_of_two_results_put_right_each_goes_out_on_its_own(given_out: tuple[Linked, LinkedApplication]) -> None:
    linked, application = given_out
    for number in (1, 2):
        wrong(application, number, linked, WEDNESDAY)
        right(application, number, linked, THURSDAY)

    give_out(application, 1, linked, THURSDAY + HOUR)

    assert leg_dossier(application, 1).stage is Status.RETURNED
    assert leg_dossier(application, 2).stage is Status.DONE
    assert leg_dossier(application, 2).result.received_by == ""


def test_results_that_are_all_put_right_do_not_wait_for_each_other(given_out: tuple[Linked, LinkedApplication]) -> None:
    linked, application = given_out
    for number in (1, 2, 3):
        wrong(application, number, linked, WEDNESDAY)
    follow(right(application, 2, linked, THURSDAY), THURSDAY)
    seen = view(application, THURSDAY)

    given = give_out(application, 2, linked, THURSDAY + HOUR)

    assert given.stage is Status.RETURNED
    assert (seen.goes_out_together, seen.waits_for_others) == (False, False)
    assert follow(given, THURSDAY + HOUR).given_out_at == TUESDAY + 5 * HOUR


def test_a_late_result_goes_out_apart_from_one_put_right() -> None:
    linked = make_group(waits_days=0)
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    application = settle(application, 3, linked.offices[2], at=TUESDAY)
    later = MONDAY + timedelta(days=30)
    follow(give_out(application, 1, linked, later), later)
    settle(application, 2, linked.offices[1], at=later)
    wrong(application, 1, linked, later + 4 * HOUR)
    right(application, 1, linked, later + 5 * HOUR)

    give_out(application, 2, linked, later + 6 * HOUR)

    stages = [leg_dossier(application, number).stage for number in (1, 2, 3)]
    assert stages == [Status.DONE, Status.RETURNED, Status.RETURNED]


def test_a_wrong_result_not_yet_given_out_keeps_the_others_waiting() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    for number in (2, 3):
        application = settle(application, number, linked.offices[number - 1], at=TUESDAY)
    follow(wrong(application, 2, linked, WEDNESDAY), WEDNESDAY)

    with pytest.raises(return_result.LegsUnderWay) as refused:
        give_out(application, 1, linked, WEDNESDAY)

    assert refused.value.numbers == (2,)
    assert view(application, WEDNESDAY).waits_for_others


def test_the_sweep_finds_a_wrong_result_whose_job_was_lost(given_out: tuple[Linked, LinkedApplication]) -> None:
    linked, application = given_out
    assert follow_open_applications(WEDNESDAY) == 0
    wrong(application, 1, linked, WEDNESDAY)

    assert follow_open_applications(WEDNESDAY + HOUR) == 1

    application.refresh_from_db()
    assert application.stage is WholeState.UNDER_WAY
    assert follow_open_applications(WEDNESDAY + 2 * HOUR) == 1
    assert EventRecord.objects.filter(kind="LinkedApplicationReopened").count() == 1


def test_a_wrong_result_put_right_counts_in_the_report_as_it_ended_first(
    given_out: tuple[Linked, LinkedApplication],
) -> None:
    linked, application = given_out
    week = Period(MONDAY - HOUR, WEDNESDAY)
    before = settlement_by_line([week], Dossier.objects.all())

    follow(wrong(application, 1, linked, WEDNESDAY), WEDNESDAY)

    assert settlement_by_line([week], Dossier.objects.all()) == before


def test_a_whole_whose_last_leg_ended_while_another_was_put_right_ended_with_it() -> None:
    linked = make_group(needs=((), ()), days=("1", "7"))
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    wrong(application, 1, linked, TUESDAY)
    application = settle(application, 2, linked.offices[1], at=TUESDAY)
    assert (application.stage, application.finished_at) == (WholeState.UNDER_WAY, TUESDAY + 3 * HOUR)
    week = Period(MONDAY - HOUR, WEDNESDAY)
    before = settlement_by_line([week], Dossier.objects.all())

    application = follow(right(application, 1, linked, THURSDAY), THURSDAY)

    assert (application.stage, application.finished_at) == (WholeState.GRANTED, TUESDAY + 3 * HOUR)
    assert settlement_by_line([week], Dossier.objects.all()) == before
    ended = EventRecord.objects.get(kind="LinkedApplicationEnded")
    assert (ended.at, ended.payload["state"], ended.payload["outcome"]) == (THURSDAY, "GRANTED", "EARLY")
