"""Linked applications under many hands at once, on real connections."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from motcua.dossiers.commands import process, return_result
from motcua.dossiers.commands.linked_course import follow_linked
from motcua.dossiers.commands.linked_whole import LegsUnderWay
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.models import Dossier, LinkedApplication, LinkedLeg
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.rules.linked import ENDED, LegState
from motcua.rules.transitions import Status, TransitionRefused
from tests.linked import HOUR, Linked, leg_dossier, make_accepted, make_group, settle
from tests.make import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = MONDAY + timedelta(days=1)


def at_once(*acts: Callable[[], object]) -> None:
    start = Barrier(len(acts), timeout=60)

    def act(one: Callable[[], object]) -> None:
        connection.ensure_connection()
        start.wait()
        try:
            one()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as hands:
        list(hands.map(act, acts))


def issued(application: LinkedApplication, number: int, linked: Linked, at: datetime) -> Callable[[], object]:
    """Bring leg `number` to its last act, and return that act with the job that follows it."""
    office, dossier = linked.offices[number - 1], leg_dossier(application, number)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=at)
    proposal = process.Proposal("Được.", "Kết quả", office.result_file, "")
    process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at + HOUR)
    process.sign(dossier=dossier, officer=office.signer, note="", at=at + 2 * HOUR)

    def last() -> object:
        numbering = process.Numbering(f"{number}/KQ", office.result_file)
        process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=at + 3 * HOUR)
        return follow_linked(application_id=application.pk, at=at + 3 * HOUR)

    return last


def test_two_legs_that_end_at_once_open_the_next_once() -> None:
    linked = make_group(needs=((), (), (1, 2)))
    application = make_accepted(linked)
    first = issued(application, 1, linked, MONDAY + 2 * HOUR)
    second = issued(application, 2, linked, MONDAY + 2 * HOUR)

    at_once(first, second)

    legs = LinkedLeg.objects.filter(application=application).order_by("number")
    assert list(legs.values_list("state", flat=True)) == [LegState.GRANTED, LegState.GRANTED, LegState.OPEN]
    assert Dossier.objects.filter(linked_application=application).count() == 3
    assert EventRecord.objects.filter(kind="LinkedLegOpened", payload__leg=3).count() == 1
    assert verify_record().first_broken is None


def test_many_jobs_at_once_open_each_leg_once() -> None:
    linked = make_group()
    application = make_accepted(linked)
    issued(application, 1, linked, MONDAY + 2 * HOUR)
    office, dossier = linked.lead, leg_dossier(application, 1)
    numbering = process.Numbering("1/KQ", office.result_file)
    process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=MONDAY + 5 * HOUR)

    at_once(*[lambda: follow_linked(application_id=application.pk, at=MONDAY + 6 * HOUR)] * 6)

    assert Dossier.objects.filter(linked_application=application).count() == 3
    assert EventRecord.objects.filter(kind="LinkedLegOpened").count() == 2


def test_taking_the_whole_back_while_a_leg_ends_leaves_no_leg_open() -> None:
    linked = make_group(needs=((), (), (1, 2)))
    application = make_accepted(linked)
    settle(application, 1, linked.lead, at=MONDAY + 2 * HOUR)
    ends = issued(application, 2, linked, MONDAY + 2 * HOUR)

    def takes_back() -> None:
        with contextlib.suppress(TransitionRefused):
            withdraw(dossier=leg_dossier(application, 1), actor=None, at=MONDAY + 5 * HOUR)

    at_once(ends, takes_back)
    takes_back()

    whole = follow_linked(application_id=application.pk, at=TUESDAY)
    assert {leg.stage for leg in whole.legs.all()} <= ENDED


def test_results_asked_for_at_two_windows_are_given_out_once() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    for number in (2, 3):
        settle(application, number, linked.offices[number - 1], at=TUESDAY)

    def give_out(number: int) -> Callable[[], None]:
        def act() -> None:
            with contextlib.suppress(TransitionRefused, LegsUnderWay):
                return_result.hand_over(
                    dossier=leg_dossier(application, number),
                    officer=linked.lead.reception,
                    received_by="Mỷ",
                    at=TUESDAY + 5 * HOUR,
                )

        return act

    at_once(*(give_out(number) for number in (1, 2, 3)))

    rows = Dossier.objects.filter(linked_application=application)
    assert set(rows.values_list("status", flat=True)) == {Status.RETURNED}
    given = EventRecord.objects.filter(kind__in=["ResultReturned", "LinkedResultReturned"])
    assert given.count() == 3
    assert given.values("subject").distinct().count() == 3
