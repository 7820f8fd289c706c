"""What the job makes of legs that ended while it slept, and of results put right (B-21, B-23)."""

import logging
from datetime import datetime, timedelta

import pytest

from motcua.dossiers.commands import correct, return_result
from motcua.dossiers.commands.linked_course import follow_open_applications
from motcua.dossiers.models import LinkedApplication, LinkedLeg, Paper
from motcua.kernel.models import EventRecord
from motcua.rules.linked import LegState, WholeState
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
from tests.make import MONDAY, make_file

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
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
