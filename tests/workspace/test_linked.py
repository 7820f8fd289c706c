"""Officials see the whole of a linked application: at each leg, and who answers for it the legs that are late."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.rules.transitions import Status
from tests.linked import HOUR, Linked, follow, leg_dossier, make_accepted, make_group, make_linked_draft, settle
from tests.make import HANOI, MONDAY

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]
LATE = datetime(2026, 3, 16, 9, 0, tzinfo=HANOI)


@pytest.fixture
def linked() -> Linked:
    return make_group()


@pytest.fixture
def application(linked: Linked) -> LinkedApplication:
    """The lead has granted; the two legs beside each other are open."""
    return settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)


def test_the_desk_checks_the_papers_of_all_legs_once(linked: Linked, at_work: AtWork) -> None:
    dossier = submit(dossier=make_linked_draft(linked), actor=None, at=MONDAY)
    desk = at_work(linked.lead.reception)

    page = desk.get(f"/xu-ly/ho-so/{dossier.reference}/").content.decode()
    form = desk.get(f"/xu-ly/ho-so/{dossier.reference}/tiep-nhan/").content.decode()

    assert linked.group.name in page
    assert all(one.offering.procedure.title in page for one in linked.offices)
    assert "2001" in form


def test_the_page_of_a_leg_shows_all_of_them(linked: Linked, application: LinkedApplication, at_work: AtWork) -> None:
    second = leg_dossier(application, 2)

    page = at_work(linked.offices[1].dispatcher).get(f"/xu-ly/ho-so/{second.code}/").content.decode()

    assert linked.group.name in page
    assert "Đã xong 1 trên 3 việc" in page
    assert leg_dossier(application, 3).public_code in page
    assert "Hạn của việc này" in page


def test_who_answers_for_the_whole_sees_which_leg_is_late_in_whose_hands(
    linked: Linked, application: LinkedApplication, at_work: AtWork
) -> None:
    settle(application, 3, linked.offices[2], at=MONDAY + timedelta(days=1))

    with time_machine.travel(LATE, tick=False):
        pages = [
            at_work(who).get("/xu-ly/lien-thong/").content.decode()
            for who in (linked.lead.dispatcher, linked.lead.reception)
        ]

    for page in pages:
        assert leg_dossier(application, 1).public_code in page
        assert "1 hồ sơ có việc quá hạn" in page
        assert page.count("Quá hạn</span>") == 1
        assert linked.offices[1].offering.competent_unit.authority_name in page


def test_other_agencies_do_not_answer_for_the_whole(
    linked: Linked, application: LinkedApplication, at_work: AtWork
) -> None:
    page = at_work(linked.offices[1].dispatcher).get("/xu-ly/lien-thong/").content.decode()

    assert leg_dossier(application, 1).public_code not in page
    assert "Không có hồ sơ liên thông nào" in page
    assert at_work(linked.lead.officer).get("/xu-ly/lien-thong/").status_code == 403


def test_the_results_wait_for_each_other(linked: Linked, application: LinkedApplication, at_work: AtWork) -> None:
    desk, lead = at_work(linked.lead.reception), leg_dossier(application, 1)
    hand_over = f"/xu-ly/ho-so/{lead.code}/tra-ket-qua/"

    page = desk.get(f"/xu-ly/ho-so/{lead.code}/").content.decode()
    refused = desk.post(hand_over, {"version": lead.version, "received_by": "Mỷ"})

    assert hand_over not in page
    assert refused.status_code == 422
    assert "Việc số 2, 3 còn đang giải quyết" in refused.content.decode()
    for number in (2, 3):
        settle(application, number, linked.offices[number - 1], at=MONDAY + timedelta(days=1))
    lead.refresh_from_db()
    assert hand_over in desk.get(f"/xu-ly/ho-so/{lead.code}/").content.decode()
    desk.post(hand_over, {"version": lead.version, "received_by": "Mỷ"})
    rows = Dossier.objects.filter(linked_application=application)
    assert set(rows.values_list("status", flat=True)) == {Status.RETURNED}


def test_the_desk_takes_back_the_whole_for_its_applicant(at_work: AtWork) -> None:
    linked = make_group(needs=((), (), ()))
    application = make_accepted(linked)
    lead = leg_dossier(application, 1)

    at_work(linked.lead.reception).post(f"/xu-ly/ho-so/{lead.code}/rut/", {"version": lead.version, "reason": "Đổi ý"})

    follow(lead, MONDAY + 5 * HOUR)
    rows = Dossier.objects.filter(linked_application=application)
    assert set(rows.values_list("status", flat=True)) == {Status.WITHDRAWN}


def test_the_list_asks_as_often_for_three_as_for_one(linked: Linked, at_work: AtWork) -> None:
    make_accepted(linked)
    leader = at_work(linked.lead.dispatcher)
    leader.get("/xu-ly/lien-thong/")
    with CaptureQueriesContext(connection) as one:
        leader.get("/xu-ly/lien-thong/")
    make_accepted(linked, at=MONDAY + timedelta(hours=2))
    make_accepted(linked, at=MONDAY + timedelta(hours=2))

    with CaptureQueriesContext(connection) as three:
        leader.get("/xu-ly/lien-thong/")

    assert len(three) == len(one)


def test_the_desk_takes_back_what_is_left_from_the_page_of_a_decided_lead(
    linked: Linked, application: LinkedApplication, at_work: AtWork
) -> None:
    desk, lead = at_work(linked.lead.reception), leg_dossier(application, 1)
    address, said = f"/xu-ly/ho-so/{lead.code}/rut/", {"version": lead.version, "reason": "Gia đình chuyển đi"}
    page = desk.get(f"/xu-ly/ho-so/{lead.code}/").content.decode()

    form = desk.get(address)
    done = [desk.post(address, said, follow=True).content.decode() for _ in "12"]

    assert address in page
    assert form.status_code == 200
    assert all("Gia đình chuyển đi" in after for after in done), "pressed twice it stays done"
    assert all(address not in after for after in done)
    rows = Dossier.objects.filter(linked_application=application).order_by("leg_number")
    assert [row.stage for row in rows] == [Status.DONE, Status.WITHDRAWN, Status.WITHDRAWN]
    assert at_work(linked.lead.dispatcher).post(address, said).status_code == 403
